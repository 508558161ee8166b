import assert from 'node:assert/strict';
import test from 'node:test';
import { onStage, pub, subscribed } from './fake-websocket.mjs';

/** A connected client that follows chat:a from offset 3 and notes all it hears. */
async function following(t, options) {
  const stage = await onStage(t);
  const sb = stage.connected();
  const heard = [], events = [];
  const room = sb.subscribe('chat:a', (data, meta) => heard.push([data, meta.recovered]), options);
  for (const name of ['subscribed', 'gap', 'join', 'leave', 'error']) room.on(name, e => events.push([name, e]));
  stage.socket().answer('subscribe', subscribed(3));
  events.length = 0;
  const comeBack = () => { stage.socket().hangUp(3001); stage.pass(20_000); stage.socket().welcome(); };
  return { ...stage, sb, room, heard, events, comeBack, asked: () => stage.socket().commands('subscribe').at(-1).subscribe };
}

test('publications in the frame of the subscribe answer are heard', async t => {
  const { connected, socket } = await onStage(t);
  const heard = [];
  connected().subscribe('chat:a', data => heard.push(data));
  const { id } = socket().commands('subscribe')[0];

  socket().say({ id, subscribe: subscribed(0) }, { push: { channel: 'chat:a', ...pub(1) } });

  assert.deepEqual(heard, [1]);
});

test('handlers learn channel, offset, sender and tags', async t => {
  const { connected, socket } = await onStage(t);
  const metas = [];
  connected().subscribe('chat:a', (_, meta) => metas.push(meta));
  socket().answer('subscribe', subscribed(0));

  socket().push('chat:a', { pub: { data: 1, offset: 1, tags: { k: 'v' }, info: { user: '42', client: 'c', conn_info: { n: 1 } } } });

  assert.deepEqual(metas, [{ channel: 'chat:a', offset: 1, tags: { k: 'v' }, recovered: false,
    from: { client: 'c', user: '42', info: { n: 1 }, channelInfo: undefined } }]);
});

test('after a break it asks from the last publication heard and gets what was missed, once', async t => {
  const { socket, heard, events, comeBack, asked, room } = await following(t);
  socket().push('chat:a', pub(4));

  comeBack();
  assert.deepEqual([asked().recover, asked().offset, asked().epoch], [true, 4, 'e']);
  socket().answer('subscribe', subscribed(4, { was_recovering: true, recovered: true, publications: [4, 5, 6].map(o => pub(o).pub) }));
  socket().push('chat:a', pub(6));
  socket().push('chat:a', pub(7));

  assert.deepEqual(heard, [[4, false], [5, true], [6, true], [7, false]]);
  assert.deepEqual(events, [['subscribed', { wasRecovering: true, recovered: true, missed: 2 }]]);
  assert.deepEqual(room.position, { offset: 7, epoch: 'e' });
});

test('two breaks without traffic repeat nothing', async t => {
  const { socket, heard, comeBack, asked } = await following(t);

  comeBack();
  socket().answer('subscribe', subscribed(3, { was_recovering: true, recovered: true, publications: [pub(4).pub] }));
  comeBack();
  assert.equal(asked().offset, 4);
  socket().answer('subscribe', subscribed(4, { was_recovering: true, recovered: true }));

  assert.deepEqual(heard, [[4, true]]);
});

test('a repeated offset is dropped', async t => {
  const { socket, heard } = await following(t);

  for (const offset of [4, 4, 3, 5]) socket().push('chat:a', pub(offset));

  assert.deepEqual(heard.map(([data]) => data), [4, 5]);
});

test('publications without offset are all heard', async t => {
  const { socket, heard } = await following(t);

  socket().push('chat:a', { pub: { data: 'x' } });
  socket().push('chat:a', { pub: { data: 'x' } });

  assert.equal(heard.length, 2);
});

test('what could not be recovered is a gap, told before anything new', async t => {
  const { socket, heard, events, comeBack } = await following(t);

  comeBack();
  socket().answer('subscribe', subscribed(90, { was_recovering: true }));
  socket().push('chat:a', pub(91));

  assert.deepEqual(events[0], ['gap', { reason: 'unrecovered', before: { offset: 3, epoch: 'e' }, now: { offset: 90, epoch: 'e' } }]);
  assert.equal(events[1][0], 'subscribed');
  assert.deepEqual(heard, [[91, false]]);
});

test('lower offsets of a new epoch are news', async t => {
  const { socket, heard, comeBack } = await following(t);

  comeBack();
  socket().answer('subscribe', subscribed(1, { was_recovering: true, epoch: 'f' }));
  socket().push('chat:a', pub(2));

  assert.deepEqual(heard, [[2, false]]);
});

test('an epoch that changes while live is a gap', async t => {
  const { socket, heard, events } = await following(t);

  socket().push('chat:a', { pub: { data: 'new', offset: 1, epoch: 'f' } });

  assert.equal(events[0][0], 'gap');
  assert.equal(events[0][1].reason, 'epoch');
  assert.deepEqual(heard, [['new', false]]);
});

test('a reader who was skipped ahead is told how much it missed', async t => {
  const { socket, events } = await following(t);

  socket().say({ push: { message: { data: { sb: 'missed', channel: 'chat:a', count: 17 } } } });

  assert.deepEqual(events, [['gap', { reason: 'skipped', count: 17 }]]);
});

test('since asks from there at the first subscribe', async t => {
  const { connected, socket } = await onStage(t);
  const sb = connected();

  sb.subscribe('chat:n', () => {}, { since: 7 });
  sb.subscribe('chat:p', () => {}, { since: { offset: 8, epoch: 'e' } });

  const asked = socket().commands('subscribe').map(c => c.subscribe);
  assert.deepEqual(asked.map(s => [s.recover, s.offset, s.epoch]), [[true, 7, ''], [true, 8, 'e']]);
});

test('join and leave are asked for and handed on', async t => {
  const { socket, events, asked } = await following(t, { presence: true });

  assert.equal(asked().join_leave, true);
  socket().push('chat:a', { join: { info: { user: '', client: 'c9' } } });
  socket().push('chat:a', { leave: { info: { user: '', client: 'c9' } } });

  assert.deepEqual(events.map(([name, who]) => [name, who.client]), [['join', 'c9'], ['leave', 'c9']]);
});

test('an unsubscribe push below 2500 is final and told', async t => {
  const { socket, events, pass, comeBack, sb } = await following(t);

  socket().push('chat:a', { unsubscribe: { code: 2000, reason: 'server unsubscribe' } });
  pass(60_000);
  comeBack();

  assert.deepEqual([events[0][0], events[0][1].code], ['error', 2000]);
  assert.equal(socket().commands('subscribe').length, 0);
  sb.subscribe('chat:a', () => {});
});

test('an unsubscribe push from 2500 resubscribes at once with its position, and slower when it repeats', async t => {
  const { socket, asked, pass } = await following(t);
  const times = () => socket().commands('subscribe').length;
  const expel = () => socket().push('chat:a', { unsubscribe: { code: 2500, reason: 'insufficient state' } });
  socket().push('chat:a', pub(4));

  expel();
  pass(0);
  assert.equal(times(), 2);
  assert.deepEqual([asked().recover, asked().offset], [true, 4]);

  socket().answer('subscribe', subscribed(4, { was_recovering: true, recovered: true }));
  expel();
  pass(0);
  assert.equal(times(), 2, 'not at once again');
  pass(20_000);
  assert.equal(times(), 3);
});

test('a refused subscribe is told and final, a temporary one is repeated', async t => {
  const { connected, socket, pass } = await onStage(t);
  const sb = connected();
  const errors = [];
  const add = channel => sb.subscribe(channel, () => {}).on('error', e => errors.push([channel, e.code]));

  add('nowhere:a');
  socket().refuse('subscribe', { code: 102, message: 'unknown channel' });
  add('chat:b');
  socket().refuse('subscribe', { code: 111, message: 'too many requests', temporary: true });
  pass(20_000);

  assert.deepEqual(errors, [['nowhere:a', 102], ['chat:b', 111]]);
  assert.deepEqual(socket().commands('subscribe').map(c => c.subscribe.channel), ['nowhere:a', 'chat:b', 'chat:b']);
});

test('subscribe without an answer starts the connection anew', async t => {
  const { connected, socket, pass, sockets } = await onStage(t);
  connected().subscribe('chat:a', () => {}).on('error', () => {});

  pass(5_000);
  socket().say({});
  pass(5_000);
  pass(500);

  assert.equal(sockets(), 2);
});

test('nothing is handed out after unsubscribe, not even what was recovered in between', async t => {
  const { connected, socket } = await onStage(t);
  const heard = [];
  const sb = connected();
  const room = sb.subscribe('chat:a', data => heard.push(data), { since: 0 });

  const left = room.unsubscribe();
  socket().answer('subscribe', subscribed(0, { was_recovering: true, recovered: true, publications: [pub(1).pub] }));
  socket().push('chat:a', pub(2));
  socket().answer('unsubscribe');
  await left;

  assert.deepEqual(heard, []);
  assert.deepEqual(socket().sent.map(c => Object.keys(c)[0]), ['connect', 'subscribe', 'unsubscribe']);
});

test('what an earlier subscription left on the wire is not handed to its successor', async t => {
  const { sb, room, socket } = await following(t);
  const heard = [];

  const left = room.unsubscribe();
  sb.subscribe('chat:a', data => heard.push(data));
  socket().push('chat:a', pub(4, 'stray'));
  socket().answer('unsubscribe');
  await left;
  socket().answer('subscribe', subscribed(4));
  socket().push('chat:a', pub(5, 'live'));

  assert.deepEqual(heard, ['live']);
});

test('unsubscribe before the connect answer takes back the subscribe that is already on the wire', async t => {
  const { Switchboard, socket } = await onStage(t);
  const room = new Switchboard({ url: 'http://exchange.test/' }).subscribe('chat:a', () => {});
  socket().accept();

  const left = room.unsubscribe();
  assert.deepEqual(socket().sent.map(c => Object.keys(c)[0]), ['connect', 'subscribe', 'unsubscribe']);
  socket().answer('unsubscribe');
  await left;
});

test('a channel subscribed before the connect answer is asked for at once', async t => {
  const { Switchboard, socket } = await onStage(t);
  const sb = new Switchboard({ url: 'http://exchange.test/' });
  socket().accept();

  sb.subscribe('chat:a', () => {});

  assert.deepEqual(socket().sent.map(c => Object.keys(c)[0]), ['connect', 'subscribe']);
});

test('a second subscription to a channel is refused before anything is sent', async t => {
  const { sb, socket } = await following(t);

  assert.throws(() => sb.subscribe('chat:a', () => {}), { code: 105 });
  assert.equal(socket().commands('subscribe').length, 1);
});

test('a handler that throws does not cost the publications behind it', async t => {
  const { connected, socket, settled } = await onStage(t);
  const heard = [];
  const uncaught = [];
  const note = e => uncaught.push(e.message);
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', note);
  t.after(() => { process.off('uncaughtException', note); others.forEach(o => process.on('uncaughtException', o)); });
  connected().subscribe('chat:a', data => { heard.push(data); if (data === 1) throw new Error('mine'); });
  const { id } = socket().commands('subscribe')[0];

  socket().say({ id, subscribe: subscribed(0) }, { push: { channel: 'chat:a', ...pub(1) } }, { push: { channel: 'chat:a', ...pub(2) } });
  await settled();

  assert.deepEqual(heard, [1, 2]);
  assert.deepEqual(uncaught, ['mine']);
});
