import assert from 'node:assert/strict';
import test from 'node:test';
import { onStage, subscribed } from './fake-websocket.mjs';

test('a publish resolves with the answer and rejects with the error of the server', async t => {
  const { connected, socket, SwitchboardError } = await onStage(t);
  const room = connected().subscribe('chat:a', () => {});

  const good = room.publish({ text: 'x' });
  socket().answer('publish');
  assert.deepEqual(await good, {});

  const bad = room.publish({ text: 'y' });
  socket().refuse('publish', { code: 111, message: 'too many requests', temporary: true });
  await assert.rejects(bad, e => e instanceof SwitchboardError && e.code === 111 && e.temporary === true);
});

test('answers find their commands in any order', async t => {
  const { connected, socket } = await onStage(t);
  const room = connected().subscribe('chat:a', () => {});
  const history = room.history({ limit: 2, since: { offset: 9, epoch: 'e' }, reverse: true });
  const members = room.members();

  socket().answer('presence', { presence: { c1: { user: 'u', client: 'c1', conn_info: { name: 'Ann' } } } });
  socket().answer('history', { publications: [{ data: 1, offset: 8, info: { user: '', client: 'c2' } }], offset: 9, epoch: 'e' });

  assert.deepEqual(socket().commands('history')[0].history,
    { channel: 'chat:a', limit: 2, since: { offset: 9, epoch: 'e' }, reverse: true });
  assert.deepEqual(await members, [{ client: 'c1', user: 'u', info: { name: 'Ann' }, channelInfo: undefined }]);
  const { publications, offset } = await history;
  assert.equal(offset, 9);
  assert.equal(publications[0].data, 1);
  assert.equal(publications[0].meta.from.client, 'c2');
});

test('a command without an answer rejects after ten seconds as temporary', async t => {
  const { connected, socket, pass } = await onStage(t);
  const room = connected().subscribe('chat:a', () => {});
  socket().answer('subscribe', subscribed(0));
  const call = room.publish(1);
  const told = assert.rejects(call, { code: 1, temporary: true });

  pass(10_000);

  await told;
});

test('a command on the wire when the connection is lost rejects, because nobody knows what became of it', async t => {
  const { connected, socket } = await onStage(t);
  const call = connected().subscribe('chat:a', () => {}).publish(1);

  socket().hangUp(1006);

  await assert.rejects(call, { code: 2, temporary: true });
});

test('commands wait for the connection, in order, behind connect and subscribe', async t => {
  const { Switchboard, socket } = await onStage(t);
  const room = new Switchboard({ url: 'http://exchange.test/' }).subscribe('chat:a', () => {});
  const calls = [room.publish(1), room.publish(2)];

  socket().accept();
  assert.equal(socket().commands('publish').length, 0);
  socket().answer('connect', { client: 'me' });

  assert.deepEqual(socket().sent.map(c => Object.keys(c)[0]), ['connect', 'subscribe', 'publish', 'publish']);
  assert.deepEqual(socket().commands('publish').map(c => c.publish.data), [1, 2]);
  socket().answer('publish', {}, 0);
  socket().answer('publish', {}, 1);
  await Promise.all(calls);
});

test('the 257th waiting command rejects at once, the 256 before it are sent', async t => {
  const { Switchboard, socket } = await onStage(t);
  const room = new Switchboard({ url: 'http://exchange.test/' }).subscribe('chat:a', () => {});
  const waiting = Array.from({ length: 256 }, (_, i) => room.publish(i));

  await assert.rejects(room.publish(256), { code: 50, temporary: true });

  socket().welcome();
  assert.equal(socket().commands('publish').length, 256);
  for (let i = 0; i < 256; i++) socket().answer('publish', {}, i);
  await Promise.all(waiting);
});

test('a closed connection rejects what waits and what comes', async t => {
  const { Switchboard, socket } = await onStage(t);
  const room = new Switchboard({ url: 'http://exchange.test/' }).subscribe('chat:a', () => {});
  const waiting = room.publish(1);

  socket().hangUp(3503, 'force disconnect');

  await assert.rejects(waiting, { code: 3503 });
  await assert.rejects(room.publish(2), { code: 3 });
});

test('unsubscribe resolves with the answer, and also when the connection is lost on the way', async t => {
  const { connected, socket } = await onStage(t);
  const sb = connected();
  const a = sb.subscribe('chat:a', () => {}), b = sb.subscribe('chat:b', () => {});

  const first = a.unsubscribe();
  socket().answer('unsubscribe');
  await first;
  const second = b.unsubscribe();
  socket().hangUp(1006);
  await second;
});
