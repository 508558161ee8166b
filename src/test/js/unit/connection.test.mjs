import assert from 'node:assert/strict';
import test from 'node:test';
import { onStage } from './fake-websocket.mjs';

test('the address defaults to the exchange that served the module', async t => {
  const { Switchboard, socket } = await onStage(t);

  new Switchboard();

  assert.match(socket().url, /\/webapp\/connection\/websocket$/);
});

test('an http address becomes a WebSocket address', async t => {
  const { connected, socket } = await onStage(t);

  connected();

  assert.equal(socket().url, 'ws://exchange.test/sb/connection/websocket');
});

test('states go from connecting to open and the client id is known', async t => {
  const { Switchboard, socket } = await onStage(t);
  const sb = new Switchboard({ url: 'http://exchange.test/', name: 'mine' });
  const states = [sb.state];
  sb.on('state', e => states.push(e.state));

  socket().welcome();

  assert.deepEqual(states, ['connecting', 'open']);
  assert.equal(sb.client, 'me');
  assert.deepEqual(socket().sent[0], { connect: { name: 'mine' }, id: 1 });
});

test('every ping is answered', async t => {
  const { connected, socket } = await onStage(t);
  connected();

  socket().say({}, {});

  assert.deepEqual(socket().sent.slice(-2), [{}, {}]);
});

test('a server that wants no pong gets none', async t => {
  const { Switchboard, socket } = await onStage(t);
  new Switchboard({ url: 'http://exchange.test/' });
  socket().welcome({ client: 'me', ping: 25 });

  socket().say({});

  assert.equal(socket().sent.length, 1);
});

test('silence of a ping and ten seconds ends the connection, anything heard in time does not', async t => {
  const { connected, socket, pass, sockets } = await onStage(t);
  const sb = connected();

  pass(34_999);
  socket().say({});
  pass(34_999);
  assert.equal(sb.state, 'open');

  const silent = socket();
  pass(1);
  assert.equal(sb.state, 'connecting');
  assert.equal(silent.closed, true);
  pass(500);
  assert.equal(sockets(), 2);
});

test('a handshake that hangs is given up', async t => {
  const { Switchboard, pass, sockets } = await onStage(t);
  new Switchboard({ url: 'http://exchange.test/' });

  pass(10_000);
  pass(500);

  assert.equal(sockets(), 2);
});

for (const chance of [0, 0.5, 0.999]) {
  test(`back-off is full jitter from half a second to twenty (chance ${chance})`, async t => {
    const { Switchboard, socket, pass, sockets } = await onStage(t, { chance });
    const sb = new Switchboard({ url: 'http://exchange.test/' });
    const waits = [];
    sb.on('state', e => e.retryIn === undefined || waits.push(e.retryIn));

    for (let i = 0; i < 9; i++) {
      socket().hangUp(1006, '');
      const wait = waits.at(-1);
      if (wait > 1) { pass(wait - 1); assert.equal(sockets(), i + 1, 'not before its time'); }
      pass(2);
      assert.equal(sockets(), i + 2);
    }

    const caps = [500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000, 20_000];
    assert.deepEqual(waits, caps.map(cap => chance * cap));
  });
}

test('failures are forgiven at the first ping, not at the connect answer', async t => {
  const { connected, socket, pass } = await onStage(t);
  const sb = connected();
  const waits = [];
  sb.on('state', e => e.retryIn === undefined || waits.push(e.retryIn));

  for (let i = 0; i < 3; i++) { socket().hangUp(3001); pass(waits.at(-1)); socket().welcome(); }
  socket().say({});
  socket().hangUp(3001);

  assert.deepEqual(waits, [250, 500, 1000, 250]);
});

for (const code of [1000, 1001, 1006, 1011, 1013, 3000, 3001, 3012, 3499, 4000, 4499]) {
  test(`comes back after close ${code}`, async t => {
    const { connected, socket, pass, sockets } = await onStage(t);
    const sb = connected();

    socket().hangUp(code);
    pass(500);

    assert.equal(sb.state, 'connecting');
    assert.equal(sockets(), 2);
  });
}

for (const code of [1009, 3500, 3501, 3503, 3999, 4500, 4999]) {
  test(`stays away after close ${code}, until told to connect`, async t => {
    const { connected, socket, pass, sockets, page } = await onStage(t);
    const sb = connected();
    const states = [];
    sb.on('state', e => states.push(e));

    socket().hangUp(code, 'go away');
    pass(60_000);
    page('online');
    assert.deepEqual(states, [{ state: 'closed', code, reason: 'go away' }]);
    assert.equal(sockets(), 1);

    sb.connect();
    assert.equal(sockets(), 2);
  });
}

test('a refused connect is final, a temporary refusal and an expired token are not', async t => {
  const { Switchboard, socket, pass } = await onStage(t);
  const sb = new Switchboard({ url: 'http://exchange.test/' });

  socket().accept().refuse('connect', { code: 100, message: 'internal', temporary: true });
  assert.equal(sb.state, 'connecting');
  pass(500);
  socket().accept().refuse('connect', { code: 109, message: 'token expired' });
  assert.equal(sb.state, 'connecting');
  pass(1000);
  socket().accept().refuse('connect', { code: 101, message: 'unauthorized' });
  assert.equal(sb.state, 'closed');
});

for (const event of ['online', 'pageshow']) {
  test(`${event} ends the wait at once`, async t => {
    const { connected, socket, page, sockets } = await onStage(t);
    connected();
    socket().hangUp(1006);

    page(event);

    assert.equal(sockets(), 2);
  });
}

test('a page put into the back/forward cache lets go of its socket and takes up again when shown', async t => {
  const { connected, socket, page, pass, sockets } = await onStage(t);
  const sb = connected();
  const first = socket();

  page('pagehide', { persisted: true });
  assert.equal(first.closed, true);
  pass(60_000);
  assert.equal(sockets(), 1);

  page('pageshow', { persisted: true });
  socket().welcome();
  assert.equal(sb.state, 'open');
});

test('a page that is merely left keeps its socket to the end', async t => {
  const { connected, socket, page } = await onStage(t);
  connected();

  page('pagehide', { persisted: false });

  assert.equal(socket().closed, false);
});

test('a frame that is not JSON ends the connection, not the client', async t => {
  const { connected, socket, pass, sockets } = await onStage(t);
  connected();

  socket().onmessage({ data: '{"push":' });
  pass(500);

  assert.equal(sockets(), 2);
});

test('disconnect drops the socket, connect brings it back', async t => {
  const { connected, socket, pass, sockets } = await onStage(t);
  const sb = connected();

  sb.disconnect();
  pass(60_000);
  assert.equal(sb.state, 'closed');
  assert.equal(sockets(), 1);

  sb.connect();
  socket().welcome();
  assert.equal(sb.state, 'open');
});
