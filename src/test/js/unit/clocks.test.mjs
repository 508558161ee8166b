/** When it comes back, and how it notices that it has to: the times a server tells, hiccups, sleep, clocks that jump. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { onStage } from './fake-websocket.mjs';

for (const [code, reason] of [[1012, 'come back in 1500 ms'], [3001, 'shutdown, 1500 ms']]) {
  test(`close ${code} with a time is obeyed to the millisecond`, async t => {
    const { connected, socket, pass, sockets } = await onStage(t, { chance: 0.999 });
    connected();

    socket().hangUp(code, reason);

    pass(1_499);
    assert.equal(sockets(), 1);
    pass(1);
    assert.equal(sockets(), 2);
  });
}

test('a server that always says "at once" is asked ever more slowly all the same', async t => {
  const { connected, socket, pass, sockets } = await onStage(t, { chance: 0.999 });
  const sb = connected(), waits = [];
  sb.on('state', e => e.retryIn === undefined || waits.push(e.retryIn));

  for (let n = 1; n <= 7; n++) { socket().hangUp(1012, '0 ms'); pass(waits.at(-1)); assert.equal(sockets(), n + 1); }

  assert.ok(waits[0] < 63, `${waits[0]}`);
  assert.ok(waits[6] > 3_000, `${waits[6]}`);
});

test('a network that hiccups is tried again within a tenth of a second, but only once', async t => {
  const { connected, socket, pass } = await onStage(t, { chance: 0.999 });
  const sb = connected(), waits = [];
  sb.on('state', e => e.retryIn === undefined || waits.push(Math.round(e.retryIn)));
  socket().say({});

  for (let n = 0; n < 3; n++) { socket().hangUp(1006, ''); pass(waits.at(-1) + 1); }

  assert.deepEqual(waits, [100, 500, 999]);
});

for (const event of ['visibilitychange', 'online', 'pageshow']) {
  test(`a machine that slept notices at ${event}, without waiting for a timer`, async t => {
    const { connected, socket, page, pass, sockets } = await onStage(t);
    const sb = connected(), silent = socket();

    t.mock.method(Date, 'now', () => 3_600_000);
    page(event);

    assert.equal(silent.closed, true);
    assert.equal(sb.state, 'connecting');
    pass(500);
    assert.equal(sockets(), 2);
  });
}

test('a page that is looked at in time stays connected', async t => {
  const { connected, socket, page, pass } = await onStage(t);
  connected();

  pass(34_000);
  for (const event of ['visibilitychange', 'online', 'pageshow']) page(event);

  assert.equal(socket().closed, false);
});

test('a clock that was put back does not hide a dead line', async t => {
  const { connected, socket, pass } = await onStage(t);
  connected();

  const { now } = Date;
  t.mock.method(Date, 'now', () => now() - 7_200_000);
  pass(35_000);
  pass(35_000);

  assert.equal(socket().closed, true);
});

test('a timer that comes late does not end a line on which something was heard', async t => {
  const { connected, socket, pass } = await onStage(t);
  connected();

  pass(30_000);
  socket().say({});
  pass(30_000);
  socket().say({});
  pass(34_000);

  assert.equal(socket().closed, false);
});
