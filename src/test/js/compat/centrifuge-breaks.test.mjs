/** The official Centrifuge SDK when lines break, fall silent, or the server ends things. */
import assert from 'node:assert/strict';
import test from 'node:test';
import WebSocket from 'ws';
import { client, closing, event, follow, fresh, line, probe, until, wsUrl } from './exchange.mjs';

const QUICK = { minReconnectDelay: 20, maxReconnectDelay: 200 };

/** One client behind a line that can be cut, another one that talks; cut while `count` are published. */
async function away(t, namespace, count) {
  const wire = await line(t), channel = fresh(namespace);
  const [cut, talker] = [await client(t, { base: wire.base, ...QUICK }), await client(t)];
  const sub = await follow(cut, channel);
  await talker.publish(channel, 0);
  await until(() => sub.heard.length === 1, 'heard before the cut');

  const lost = event(sub, 'subscribing');
  wire.cut();
  await lost;
  for (let n = 1; n <= count; n++) await talker.publish(channel, n);
  const back = event(sub, 'subscribed');
  wire.mend();
  return { sub, talker, channel, back: await back };
}

test('500 publications missed during a cut come back: none missing, none twice, in order', async t => {
  const { sub, talker, channel, back } = await away(t, 'big', 500);

  assert.equal(back.wasRecovering, true);
  assert.equal(back.recovered, true);
  await talker.publish(channel, 501);
  await until(() => sub.heard.at(-1).data === 501, 'the last one heard');
  assert.deepEqual(sub.heard.map(p => p.data), Array.from({ length: 502 }, (_, n) => n));
  assert.deepEqual(sub.heard.map(p => p.offset), Array.from({ length: 502 }, (_, n) => n + 1));
});

test('a second cut without traffic repeats nothing', async t => {
  const wire = await line(t), channel = fresh('big');
  const [cut, talker] = [await client(t, { base: wire.base, ...QUICK }), await client(t)];
  const sub = await follow(cut, channel);

  for (let n = 1; n <= 3; n++) {
    const back = event(sub, 'subscribed');
    wire.cut();
    await until(() => cut.state !== 'connected', 'noticed');
    if (n === 1) await talker.publish(channel, 'once');
    wire.mend();
    assert.equal((await back).recovered, true);
  }

  await talker.publish(channel, 'end');
  await until(() => sub.heard.at(-1)?.data === 'end', 'the last one heard');
  assert.deepEqual(sub.heard.map(p => p.data), ['once', 'end']);
});

test('what history could not cover is told as not recovered, and nothing of it is handed out', async t => {
  const { sub, talker, channel, back } = await away(t, 'small', 50);

  assert.equal(back.wasRecovering, true);
  assert.equal(back.recovered, false);
  await talker.publish(channel, 'live');
  await until(() => sub.heard.at(-1).data === 'live', 'live again');
  assert.deepEqual(sub.heard.map(p => p.data), [0, 'live']);
});

test('the client notices that pings stopped, and comes back', async t => {
  const wire = await line(t);
  const centrifuge = await client(t, { base: wire.base, maxServerPingDelay: 1000, ...QUICK });
  const sub = await follow(centrifuge, fresh('big'));

  const lost = event(centrifuge, 'connecting'), back = event(sub, 'subscribed');
  wire.mute();

  assert.equal((await lost).code, 2);
  assert.equal((await back).recovered, true);
});

test('an idle client that answers pings stays', async t => {
  const centrifuge = await client(t, { maxServerPingDelay: 2000 });
  const socket = new WebSocket(wsUrl('/connection/websocket'));
  t.after(() => socket.terminate());
  let pings = 0;
  socket.on('message', text => {
    const replies = String(text).split('\n').filter(Boolean);
    for (const reply of replies) if (reply === '{}') { pings++; socket.send('{}'); }
  });
  socket.on('open', () => socket.send('{"connect":{},"id":1}'));

  await until(() => pings >= 3, 'three pings answered');

  assert.equal(socket.readyState, WebSocket.OPEN);
  assert.equal(centrifuge.state, 'connected');
});

test('a client that never answers a ping is closed with 3012', async t => {
  const socket = new WebSocket(wsUrl('/connection/websocket'));
  t.after(() => socket.terminate());
  socket.on('open', () => socket.send('{"connect":{},"id":1}'));

  const { code, reason } = await closing(socket);

  assert.equal(code, 3012);
  assert.notEqual(reason, '', 'an empty reason makes the SDK ignore the code');
});

for (const [code, command] of [[3501, '{"subscribe":{"channel":"chat:a"},"id":1}'], [3501, '{"connect":'], [3501, '']]) {
  test(`a client that begins with ${command || 'an empty frame'} is closed with ${code}`, async t => {
    const socket = new WebSocket(wsUrl('/connection/websocket'));
    t.after(() => socket.terminate());

    socket.on('open', () => socket.send(command));

    assert.equal((await closing(socket)).code, code);
  });
}

test('a final disconnect is obeyed', async t => {
  const centrifuge = await client(t, QUICK);
  const sub = await follow(centrifuge, fresh('chat'));
  const over = event(centrifuge, 'disconnected');

  await probe({ do: 'disconnect', client: centrifuge.id, code: 3503, reason: 'force disconnect' });

  const { code, reason } = await over;
  assert.deepEqual([code, reason], [3503, 'force disconnect']);
  assert.equal(centrifuge.state, 'disconnected');
  assert.equal(sub.state, 'subscribing');
});

test('a disconnect that invites back is followed by a reconnect', async t => {
  const centrifuge = await client(t, QUICK);
  const sub = await follow(centrifuge, fresh('big'));
  const lost = event(centrifuge, 'connecting'), again = event(centrifuge, 'connected'), back = event(sub, 'subscribed');

  await probe({ do: 'disconnect', client: centrifuge.id, code: 3001, reason: 'shutdown' });

  assert.equal((await lost).code, 3001);
  assert.notEqual((await again).client, centrifuge.id);
  assert.equal((await back).recovered, true);
});

test('an unsubscribe by the server below 2500 is final', async t => {
  const centrifuge = await client(t), channel = fresh('chat');
  const sub = await follow(centrifuge, channel);
  const out = event(sub, 'unsubscribed');

  await probe({ do: 'unsubscribe', client: centrifuge.id, channel, code: 2000 });

  assert.equal((await out).code, 2000);
  assert.deepEqual(Object.keys((await centrifuge.presence(channel)).clients), []);
  assert.equal(sub.state, 'unsubscribed');
});

test('an unsubscribe by the server from 2500 is followed by a subscribe that recovers', async t => {
  const centrifuge = await client(t), channel = fresh('big');
  const sub = await follow(centrifuge, channel);
  await sub.publish('before');
  const out = event(sub, 'subscribing'), back = event(sub, 'subscribed');

  await probe({ do: 'unsubscribe', client: centrifuge.id, channel, code: 2500 });

  assert.equal((await out).code, 2500);
  assert.equal((await back).recovered, true);
  await sub.publish('after');
  await until(() => sub.heard.at(-1)?.data === 'after', 'live again');
  assert.deepEqual(sub.heard.map(p => p.data), ['before', 'after']);
});
