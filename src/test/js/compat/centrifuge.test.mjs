/** The official Centrifuge SDK, unchanged, against a deployment of Switchboard: what applications do every day. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { client, event, follow, fresh, until } from './exchange.mjs';

test('connects', async t => {
  const centrifuge = await client(t);

  assert.equal(centrifuge.state, 'connected');
  assert.ok(centrifuge.id);
});

test('what one client publishes, the other hears, and the publisher too', async t => {
  const [ann, bob] = [await client(t), await client(t)];
  const channel = fresh('chat');
  const [a, b] = [await follow(ann, channel), await follow(bob, channel)];
  const data = { text: '你好, "exchange"\n \u2028 🙂', n: 1.5, list: [null, true, {}] };

  assert.deepEqual(await a.publish(data), {});

  await until(() => a.heard.length && b.heard.length, 'both heard');
  for (const { heard: [publication] } of [a, b]) {
    assert.deepEqual(publication.data, data);
    assert.equal(publication.offset, 1);
    assert.equal(publication.info.client, ann.id);
  }
});

test('data of any JSON type comes through', async t => {
  const sub = await follow(await client(t), fresh('big'));
  const values = ['text', 42, -0.5, true, [], {}, ''];

  for (const value of values) await sub.publish(value);

  await until(() => sub.heard.length === values.length, 'all heard');
  assert.deepEqual(sub.heard.map(p => p.data), values);
});

test('nothing is heard after unsubscribe', async t => {
  const [ann, bob] = [await client(t), await client(t)];
  const channel = fresh('chat');
  const [a, b] = [await follow(ann, channel, { joinLeave: true }), await follow(bob, channel)];
  const gone = event(a, 'leave');

  b.unsubscribe();
  await gone;
  await a.publish(1);

  await until(() => a.heard.length, 'the remaining one heard');
  await bob.history(channel, { limit: 0 }); // answered behind anything the server could still have sent
  assert.equal(b.heard.length, 0);
  assert.equal(bob.state, 'connected');
});

test('presence and its numbers show who is there', async t => {
  const [ann, bob] = [await client(t), await client(t)];
  const channel = fresh('big');
  const a = await follow(ann, channel);
  await follow(bob, channel);

  const { clients } = await a.presence();
  assert.deepEqual(Object.keys(clients).sort(), [ann.id, bob.id].sort());
  assert.equal(clients[ann.id].client, ann.id);
  assert.deepEqual(await a.presenceStats(), { numClients: 2, numUsers: 1 });

  bob.disconnect();
  await until(async () => (await a.presenceStats()).numClients === 1, 'the other is gone');
});

test('join and leave are heard, the own join too', async t => {
  const [ann, bob] = [await client(t), await client(t)];
  const channel = fresh('chat');
  const a = ann.newSubscription(channel, { joinLeave: true });
  const own = event(a, 'join', e => e.info.client === ann.id);
  a.subscribe();
  await own;

  const joined = event(a, 'join', e => e.info.client === bob.id), left = event(a, 'leave', e => e.info.client === bob.id);
  const b = await follow(bob, channel);
  await joined;
  b.unsubscribe();
  await left;
});

test('history by limit, since and reverse', async t => {
  const sub = await follow(await client(t), fresh('big'));
  for (let n = 1; n <= 10; n++) await sub.publish(n);
  const read = async options => (await sub.history(options)).publications.map(p => p.offset);

  const top = await sub.history();
  assert.equal(top.offset, 10);
  assert.deepEqual(top.publications, []);
  const { epoch } = top;
  assert.deepEqual(await read({ limit: 3 }), [1, 2, 3]);
  assert.deepEqual(await read({ limit: 3, reverse: true }), [10, 9, 8]);
  assert.deepEqual(await read({ limit: 3, since: { offset: 4, epoch } }), [5, 6, 7]);
  assert.deepEqual(await read({ limit: 3, since: { offset: 4, epoch }, reverse: true }), [3, 2, 1]);
  assert.deepEqual(await read({ limit: -1 }), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(await read({ limit: 3, since: { offset: 10, epoch } }), []);
  await assert.rejects(sub.history({ limit: 3, since: { offset: 4, epoch: 'other' } }), { code: 112 });
});

test('an unknown namespace is refused for good', async t => {
  const sub = (await client(t)).newSubscription('nowhere:x');
  const out = event(sub, 'unsubscribed');

  sub.subscribe();

  assert.equal((await out).code, 102);
});

test('an rpc that nobody offers is refused', async t => {
  const centrifuge = await client(t);

  await assert.rejects(centrifuge.rpc('nothing', {}), e => e.code === 104 || e.code === 108);
  assert.equal(centrifuge.state, 'connected');
});

test('a command that expects no answer costs nothing', async t => {
  const centrifuge = await client(t);

  await centrifuge.send({ anything: true });

  await assert.rejects(centrifuge.rpc('nothing', {}), e => e.code >= 100); // answered: the line is still the same
  assert.equal(centrifuge.state, 'connected');
});

test('a channel that keeps only the latest value gives it to whoever comes', async t => {
  const channel = fresh('last');
  const publisher = await client(t);
  for (const n of [1, 2, 3]) await publisher.publish(channel, { n });

  const sub = await follow(await client(t), channel);

  await until(() => sub.heard.length, 'the value came');
  assert.deepEqual(sub.heard.map(p => p.data), [{ n: 3 }]);
  await publisher.publish(channel, { n: 4 });
  await until(() => sub.heard.length > 1, 'the next value came');
  assert.deepEqual(sub.heard.map(p => p.data), [{ n: 3 }, { n: 4 }]);
});
