/** The three ways without a socket, over real connections to an exchange that is made for breaking them. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { client } from './client.mjs';
import { fakeExchange, until } from './fake-exchange.mjs';

const WAYS = ['stream', 'sse', 'longpoll'];

async function connected(t, way, faults) {
  const exchange = await fakeExchange(t, faults);
  const { Switchboard } = await client();
  const sb = new Switchboard({ url: exchange.url, transports: [way] });
  const states = [];
  sb.on('state', e => states.push(e));
  t.after(() => sb.disconnect());
  const heard = [], room = sb.subscribe('chat:a', data => heard.push(data));
  const joined = new Promise(resolve => room.on('subscribed', resolve));
  await joined;
  return { exchange, sb, room, heard, states };
}

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

for (const way of WAYS) {
  test(`${way}: connects, hears in order, speaks, and says by which way`, async t => {
    const { exchange, sb, room, heard, states } = await connected(t, way);

    assert.deepEqual(await sb.call('sum', [1, 2]), { method: 'sum', data: [1, 2] });
    await Promise.all(numbers(1, 200).map(n => room.publish(n)));
    await until(() => heard.length === 200);

    assert.deepEqual(heard, numbers(1, 200));
    assert.equal(sb.transport, way);
    assert.deepEqual(states.at(-1), { state: 'open', transport: way });
    assert.equal(exchange.sessions.size, 1);
  });

  test(`${way}: connect and the first subscribe go out in one request`, async t => {
    const { exchange } = await connected(t, way);

    const [first] = exchange.log;
    assert.deepEqual(first.body.split('\n').map(line => Object.keys(JSON.parse(line))[0]), ['connect', 'subscribe']);
  });

  test(`${way}: comes back when the exchange lost the session, and misses nothing`, async t => {
    const { exchange, heard } = await connected(t, way);
    exchange.publish('chat:a', 1);
    await until(() => heard.length === 1);

    exchange.only().end();
    exchange.publish('chat:a', 2);
    await until(() => heard.length === 2);
    exchange.publish('chat:a', 3);
    await until(() => heard.length === 3);

    assert.deepEqual(heard, [1, 2, 3]);
  });

  test(`${way}: a disconnect push is obeyed`, async t => {
    const { exchange, sb } = await connected(t, way);

    exchange.only().say({ push: { disconnect: { code: 3503, reason: 'force disconnect' } } });

    await until(() => sb.state === 'closed');
  });

  test(`${way}: every ping is answered`, async t => {
    const { exchange } = await connected(t, way);
    const session = exchange.only(), before = session.pongs;

    session.say({});

    await until(() => session.pongs > before);
  });

  test(`${way}: what is too large is not tried again for ever`, async t => {
    const { sb, room } = await connected(t, way);

    await assert.rejects(room.publish('x'.repeat(70_000)), { code: 2 });

    await until(() => sb.state === 'closed');
  });

  test(`${way}: a session that is gone is noticed when speaking`, async t => {
    const { exchange, room, heard } = await connected(t, way);
    exchange.sessions.clear();

    await assert.rejects(room.publish('lost'), { code: 2, temporary: true });
    await until(() => exchange.sessions.size === 1);
    exchange.publish('chat:a', 'after');
    await until(() => heard.length);

    assert.deepEqual(heard, ['after']);
  });
}

for (const way of ['stream', 'sse']) {
  test(`${way}: network packets end anywhere, inside of a line and inside of a letter`, async t => {
    const bytes = [];
    // One byte at a time: no worse way to cut exists.
    const write = (response, text) => { for (const byte of Buffer.from(text)) bytes.push(byte); response.bytes ??= setInterval(() => {
      for (let n = 0; n < 7 && bytes.length; n++) response.write(Buffer.from([bytes.shift()]));
    }, 1); t.after(() => clearInterval(response.bytes)); };
    const { exchange, heard } = await connected(t, way, { write });

    exchange.publish('chat:a', '你好, 😀 data: {"x":1}');
    exchange.publish('chat:a', 'second');
    await until(() => heard.length === 2);

    assert.deepEqual(heard, ['你好, 😀 data: {"x":1}', 'second']);
  });
}

test('what is said at once goes in few requests, never two at a time', async t => {
  let under = 0, most = 0;
  const { exchange, room } = await connected(t, 'stream', {
    before(request, response) {
      if (!request.url.endsWith('emulation')) return;
      most = Math.max(most, ++under);
      response.on('close', () => under--);
    },
  });

  await Promise.all(numbers(1, 500).map(n => room.publish({ n, text: '你'.repeat(100) })));

  assert.equal(most, 1);
  const requests = exchange.log.filter(({ path }) => path === 'emulation');
  assert.ok(requests.length < 20, `${requests.length} requests`);
  for (const { body } of requests) assert.ok(Buffer.byteLength(body) < 65_536, 'a request is too large');
});

test('a request whose fate is unknown is not repeated', async t => {
  let cut = true;
  const { exchange, sb, room, heard } = await connected(t, 'stream', {
    before(request, response, body) {
      if (!cut || !request.url.endsWith('emulation')) return;
      cut = false;
      exchange.publish('chat:a', 'arrived'); // it was obeyed, and only the answer is lost
      response.destroy();
      return true;
    },
  });

  await assert.rejects(room.publish('arrived'), { code: 2, temporary: true });
  await until(() => sb.state === 'open');
  await room.publish('later');
  await until(() => heard.length === 2);

  assert.deepEqual(heard, ['arrived', 'later']);
});

test('longpoll: a poll whose answer was lost is repeated at once and gives the same batch, heard once', async t => {
  let losses = 2;
  const { exchange, heard, states } = await connected(t, 'longpoll', { lose: session => session.number > 1 && losses-- > 0 });

  for (const n of numbers(1, 5)) {
    exchange.publish('chat:a', n);
    await until(() => heard.length === n);
  }

  assert.deepEqual(heard, numbers(1, 5));
  assert.equal(losses < 0, true, 'answers were lost');
  assert.equal(states.filter(e => e.retryIn !== undefined).length, 0, 'the connection was not');
});

test('longpoll: a batch that comes twice is heard once', async t => {
  let twice = 3;
  const { exchange, heard } = await connected(t, 'longpoll', { twice: session => session.number > 1 && twice-- > 0 });

  for (const n of numbers(1, 4)) exchange.sessions.forEach(session => session.say({ push: { channel: 'chat:a', pub: { data: n } } }));
  await until(() => heard.length >= 4 && twice < 0);
  exchange.publish('chat:a', 'last');
  await until(() => heard.includes('last'));

  assert.deepEqual(heard, [1, 2, 3, 4, 'last']);
});

test('longpoll: after three failures the connection counts as lost, and another one recovers', async t => {
  let failures = 0;
  const { exchange, heard, states } = await connected(t, 'longpoll', {
    before(request, response, body) {
      if (!body.includes('"poll"') || failures === 3 || !exchange?.armed) return;
      failures++;
      response.writeHead(502).end();
      return true;
    },
  });
  exchange.armed = true;
  exchange.publish('chat:a', 1);

  await until(() => failures === 3);
  exchange.publish('chat:a', 2);
  await until(() => heard.length === 2);

  assert.deepEqual(heard, [1, 2]);
  assert.equal(states.filter(e => e.retryIn !== undefined).length, 1);
});
