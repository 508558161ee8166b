/** Which way is tried, in which order, and what is remembered of it. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { onStage } from './fake-websocket.mjs';

const DAY = 24 * 3600 * 1000;

/** A stage where requests wait until the test answers them, and where the browser's memory is a map. */
async function crossroads(t) {
  const before = globalThis.fetch, calls = [], kept = new Map();
  globalThis.fetch = (url, { body, signal }) => new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    calls.push({
      path: url.replace(/.*connection\//, ''), body, signal,
      refuse: (status, headers) => resolve(new Response('', { status, headers })),
      fail: () => reject(new TypeError('fetch failed')),
      /** Answers 200 and a body that the returned function goes on with. */
      flow() {
        let out;
        resolve(new Response(new ReadableStream({ start(controller) { out = controller; } })));
        return text => out.enqueue(new TextEncoder().encode(text));
      },
    });
  });
  globalThis.localStorage = { getItem: key => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  t.after(() => { globalThis.fetch = before; delete globalThis.localStorage; });
  const stage = await onStage(t);
  const tick = async () => { for (let n = 0; n < 5; n++) await stage.settled(); };
  const asked = () => calls.map(({ path }) => path);
  const greet = async call => {
    const { id } = JSON.parse(call.body.split('\n')[0]);
    call.flow()(`${JSON.stringify({ id, connect: { client: 'me', ping: 25, pong: true, session: 's', node: 'n' } })}\n`);
    await tick();
  };
  const open = options => {
    const sb = new stage.Switchboard({ url: 'http://exchange.test/', transports: undefined, ...options });
    sb.waits = [];
    sb.on('state', e => e.retryIn === undefined || sb.waits.push(e));
    return sb;
  };
  return { ...stage, tick, calls, asked, kept, greet, open, call: () => calls.at(-1) };
}

test('where WebSocket fails the stream is tried at once, and the state says so', async t => {
  const { open, socket, sockets, asked, call, greet, tick } = await crossroads(t);
  const sb = open(), states = [];
  sb.on('state', e => states.push(e));

  socket().hangUp(1006, '');
  await tick();
  assert.deepEqual(asked(), ['http_stream']);
  await greet(call());

  assert.equal(sockets(), 1);
  assert.deepEqual(states, [{ state: 'open', transport: 'stream' }]);
});

test('a WebSocket that opens but never answers is left after five seconds', async t => {
  const { open, socket, asked, pass, tick } = await crossroads(t);
  open();
  const first = socket();
  first.accept();

  pass(4_999);
  await tick();
  assert.deepEqual(asked(), []);
  pass(1);
  await tick();

  assert.deepEqual(asked(), ['http_stream']);
  assert.equal(first.closed, true);
});

test('streams that are held back by a proxy are left one after the other', async t => {
  const { open, socket, asked, call, calls, pass, tick } = await crossroads(t);
  const sb = open();
  socket().hangUp(1006, '');
  await tick();

  call().flow();
  await tick();
  pass(5_000);
  await tick();
  call().flow()(': padding\n\n');
  await tick();
  pass(5_000);
  await tick();
  const { id } = JSON.parse(call().body);
  call().flow()(`{"poll":1}\n{"id":${id},"connect":{"client":"me","ping":25,"session":"s","node":"n"}}`);

  assert.deepEqual(asked(), ['http_stream', 'sse', 'longpoll']);
  assert.deepEqual(calls.map(({ signal }) => signal.aborted), [true, true, false]);
  assert.deepEqual(sb.waits, []);
});

test('a server that is down is not taken for a proxy: no further way is tried, nothing is remembered', async t => {
  const { open, socket, sockets, asked, call, pass, tick, kept } = await crossroads(t);
  const sb = open();

  for (let n = 1; n <= 4; n++) {
    socket().hangUp(1006, '');
    await tick();
    call().fail();
    await tick();
    pass(20_000);
    assert.equal(sockets(), n + 1, 'begins with WebSocket again');
  }

  assert.deepEqual(asked(), ['http_stream', 'http_stream', 'http_stream', 'http_stream']);
  assert.equal(sb.waits.length, 4);
  assert.equal(kept.size, 0);
});

test('a node without room says when to come back, on whatever way', async t => {
  const { open, socket, sockets, asked, call, pass, tick } = await crossroads(t);
  const sb = open();
  socket().hangUp(1006, '');
  await tick();

  call().refuse(503, { 'Retry-After': '3' });
  await tick();

  assert.equal(sb.waits[0].retryIn, 3000);
  pass(2_999);
  assert.equal(sockets(), 1);
  pass(1);
  assert.equal(sockets(), 2);
  assert.deepEqual(asked(), ['http_stream']);
});

for (const code of [1011, 1012, 1013, 3001, 3008]) {
  test(`close ${code} before the answer comes from a server: waiting helps, another way does not`, async t => {
    const { open, socket, asked, tick } = await crossroads(t);
    const sb = open();

    socket().hangUp(code, '');
    await tick();

    assert.deepEqual(asked(), []);
    assert.equal(sb.waits.length, 1);
  });
}

test('what worked is tried first until the evening, for this address', async t => {
  const { open, socket, sockets, asked, call, greet, pass, tick } = await crossroads(t);
  open();
  socket().hangUp(1006, '');
  await tick();
  await greet(call());

  open();
  await tick();
  assert.deepEqual(asked(), ['http_stream', 'http_stream']);
  assert.equal(sockets(), 1);

  open({ url: 'http://other.test/' });
  assert.equal(sockets(), 2, 'nothing is known of another address');

  pass(DAY);
  const before = sockets();
  open();
  assert.ok(sockets() > before, 'a new day');
});

test('after a break the way that had worked gets two more chances', async t => {
  const { open, socket, sockets, asked, pass, tick } = await crossroads(t);
  open();
  socket().welcome().say({});

  socket().hangUp(1006, '');
  for (let n = 2; n <= 3; n++) {
    pass(1000);
    assert.equal(sockets(), n);
    socket().hangUp(1006, '');
    await tick();
  }
  assert.deepEqual(asked(), []);

  pass(2000);
  assert.equal(sockets(), 4);
  socket().hangUp(1006, '');
  await tick();
  assert.deepEqual(asked(), ['http_stream']);
});

test('only the ways that the page allows are tried', async t => {
  const { open, sockets, asked, tick } = await crossroads(t);
  open({ transports: ['longpoll'] });
  await tick();

  assert.equal(sockets(), 0);
  assert.deepEqual(asked(), ['longpoll']);
});

test('a way that is remembered but not allowed is not tried', async t => {
  const { open, sockets, kept } = await crossroads(t);
  kept.set('http://exchange.test/', `${new Date().toDateString()}/sse`);

  open({ transports: ['websocket'] });

  assert.equal(sockets(), 1);
});

test('a browser that blocks site data is no obstacle', async t => {
  const { open, socket } = await crossroads(t);
  const blocked = () => { throw new DOMException('blocked', 'SecurityError'); };
  globalThis.localStorage = { getItem: blocked, setItem: blocked };

  const sb = open();
  socket().welcome();

  assert.equal(sb.state, 'open');
});

test('an environment without WebSocket uses what it has', async t => {
  const { open, asked, tick } = await crossroads(t);
  const before = globalThis.WebSocket;
  globalThis.WebSocket = undefined;
  t.after(() => { globalThis.WebSocket = before; });

  open();
  await tick();

  assert.deepEqual(asked(), ['http_stream']);
});
