/** Loops over a channel, and signals that end what is under way. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { onStage, pub, subscribed } from './fake-websocket.mjs';

/** A loop over chat:a that notes what it gets and how it ends. */
async function looping(t, options) {
  const stage = await onStage(t);
  const sb = stage.connected(), room = sb.channel('chat:a', options), seen = [];
  let fate;
  const over = (async () => {
    try {
      for await (const { data, meta } of room) {
        seen.push([data, meta.offset]);
        if (data === 'stop') break;
      }
      fate = 'ended';
    } catch (error) { fate = error; }
  })();
  stage.socket().answer('subscribe', subscribed(0));
  return { ...stage, sb, room, seen, over, fate: () => fate };
}

test('a loop gets every publication, in order', async t => {
  const { socket, seen, over, fate } = await looping(t);

  for (const offset of [1, 2, 3]) socket().push('chat:a', pub(offset));
  socket().push('chat:a', pub(4, 'stop'));
  await over;

  assert.deepEqual(seen, [[1, 1], [2, 2], [3, 3], ['stop', 4]]);
  assert.equal(fate(), 'ended');
});

test('a loop goes on over a break of the connection', async t => {
  const { socket, seen, over, pass } = await looping(t);
  socket().push('chat:a', pub(1));

  socket().hangUp(3001);
  pass(500);
  socket().welcome();
  socket().answer('subscribe', subscribed(1, { was_recovering: true, recovered: true, publications: [pub(2).pub, pub(3, 'stop').pub] }));
  await over;

  assert.deepEqual(seen, [[1, 1], [2, 2], ['stop', 3]]);
});

test('unsubscribe ends the loop', async t => {
  const { room, over, fate, socket } = await looping(t);

  const left = room.unsubscribe();
  socket().answer('unsubscribe');
  await Promise.all([left, over]);

  assert.equal(fate(), 'ended');
});

test('a signal ends the loop and the subscription', async t => {
  const end = new AbortController();
  const { over, fate, socket, sb } = await looping(t, { signal: end.signal });

  end.abort();
  await over;

  assert.equal(fate(), 'ended');
  assert.equal(socket().commands('unsubscribe').length, 1);
  socket().answer('unsubscribe');
  sb.subscribe('chat:a', () => {});
});

test('a signal that has gone off already ends the loop', async t => {
  const { over, fate } = await looping(t, { signal: AbortSignal.abort() });

  await over;

  assert.equal(fate(), 'ended');
});

test('a subscription that the server ends makes the loop throw its error', async t => {
  const { over, fate, socket, room } = await looping(t);
  room.on('error', () => {});

  socket().push('chat:a', { unsubscribe: { code: 2103, reason: 'permission denied' } });
  await over;

  assert.equal(fate().code, 2103);
});

test('a loop that cannot follow is told so, after as many as it may keep', async t => {
  const { over, fate, socket, seen } = await looping(t, { buffer: 3 });

  for (let offset = 1; offset <= 5; offset++) socket().push('chat:a', pub(offset));
  await over;

  assert.equal(fate().code, 51);
  assert.deepEqual(seen, []);
});

test('two loops and a handler each get everything', async t => {
  const { connected, socket, settled } = await onStage(t);
  const heard = [], room = connected().subscribe('chat:a', data => heard.push(data));
  const loops = [[], []];
  for (const loop of loops) (async () => { for await (const { data } of room) loop.push(data); })();
  socket().answer('subscribe', subscribed(0));

  socket().push('chat:a', pub(1));
  await settled();
  socket().push('chat:a', pub(2));
  await settled();

  assert.deepEqual([heard, ...loops], [[1, 2], [1, 2], [1, 2]]);
});

test('channel gives the one that is there', async t => {
  const { connected, socket } = await onStage(t);
  const sb = connected(), room = sb.subscribe('chat:a', () => {});

  assert.equal(sb.channel('chat:a'), room);
  assert.equal(socket().commands('subscribe').length, 1);
});

test('a signal rejects what waits for an answer, and takes back what waits for a connection', async t => {
  const { Switchboard, socket } = await onStage(t);
  const room = new Switchboard({ url: 'http://exchange.test/' }).channel('chat:a');
  const one = new AbortController(), two = new AbortController();
  const waiting = room.publish(1, { signal: one.signal });
  one.abort(new Error('changed my mind'));
  await assert.rejects(waiting, { message: 'changed my mind' });

  socket().welcome();
  assert.equal(socket().commands('publish').length, 0);
  const { signal } = two;
  const asked = [room.publish(2, { signal }), room.history({ signal }), room.members({ signal })].map(call => assert.rejects(call, { name: 'AbortError' }));
  two.abort();
  await Promise.all(asked);
  await assert.rejects(room.publish(3, { signal }), { name: 'AbortError' });

  assert.deepEqual(socket().commands('publish').map(c => c.publish.data), [2]);
});

test('a signal ends listening to an event', async t => {
  const { connected, socket } = await onStage(t);
  const room = connected().channel('chat:a', { presence: true }), end = new AbortController(), joined = [];
  room.on('join', who => joined.push(who.client), { signal: end.signal });
  socket().answer('subscribe', subscribed(0));

  socket().push('chat:a', { join: { info: { client: 'a', user: '' } } });
  end.abort();
  socket().push('chat:a', { join: { info: { client: 'b', user: '' } } });

  assert.deepEqual(joined, ['a']);
});

test('call resolves with what the method returned', async t => {
  const { connected, socket } = await onStage(t);
  const result = connected().call('orders.cancel', { id: 7 });

  assert.deepEqual(socket().commands('rpc')[0].rpc, { method: 'orders.cancel', data: { id: 7 } });
  socket().answer('rpc', { data: { cancelled: true } });

  assert.deepEqual(await result, { cancelled: true });
});

test('publish can say what it is the latest value of', async t => {
  const { connected, socket } = await onStage(t);

  connected().channel('chat:a').publish(1, { key: 'k' }).catch(() => {});

  assert.deepEqual(socket().commands('publish')[0].publish, { channel: 'chat:a', data: 1, sb_key: 'k' });
});
