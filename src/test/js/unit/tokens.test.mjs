/** Tokens: fetched for each connect, renewed before their end, and none means no. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { onStage, pub, subscribed } from './fake-websocket.mjs';

/** A client whose tokens are counted; `tokens` may be changed on the way. */
async function withTokens(t, options) {
  const stage = await onStage(t);
  const tokens = { count: 0, give: () => `token ${tokens.count}` };
  const sb = new stage.Switchboard({ url: 'http://exchange.test/', getToken: async () => { tokens.count++; return tokens.give(); }, ...options });
  const states = [];
  sb.on('state', e => states.push(e));
  const tick = async () => { for (let n = 0; n < 5; n++) await stage.settled(); };
  await tick();
  return { ...stage, sb, tokens, states, tick, welcome: more => stage.socket().welcome({ client: 'me', ping: 25, pong: true, ...more }) };
}

test('each connect has a token of its own, fetched before', async t => {
  const { socket, tick, pass, welcome } = await withTokens(t);
  welcome();
  assert.equal(socket().sent[0].connect.token, 'token 1');

  socket().hangUp(3005, 'connection expired');
  pass(500);
  await tick();
  welcome();

  assert.equal(socket().sent[0].connect.token, 'token 2');
});

test('a token is renewed between 70 and 85 % of its life, again and again', async t => {
  const { socket, tick, pass, welcome } = await withTokens(t, { }); // chance is one half
  welcome({ expires: true, ttl: 100, ping: 3600 });

  pass(77_499);
  await tick();
  assert.equal(socket().commands('refresh').length, 0);
  pass(1);
  await tick();
  assert.deepEqual(socket().commands('refresh')[0].refresh, { token: 'token 2' });

  socket().answer('refresh', { expires: true, ttl: 10 });
  await tick();
  pass(7_750);
  await tick();
  assert.deepEqual(socket().commands('refresh')[1].refresh, { token: 'token 3' });
});

test('a token that lives for a year does not overflow the timer', async t => {
  const { socket, tick, pass, welcome } = await withTokens(t);
  welcome({ expires: true, ttl: 365 * 86_400, ping: 0 });

  pass(60_000);
  await tick();

  assert.equal(socket().commands('refresh').length, 0);
});

test('nothing is renewed on a connection that is gone', async t => {
  const { socket, sockets, sb, tokens, tick, pass, welcome } = await withTokens(t);
  welcome({ expires: true, ttl: 100 });

  sb.disconnect();
  pass(100_000);
  await tick();

  assert.equal(tokens.count, 1);
  assert.equal(sockets(), 1);
  assert.equal(socket().commands('refresh').length, 0);
});

test('a refused renewal is final, a temporary one is tried again', async t => {
  const { socket, sb, tick, pass, welcome } = await withTokens(t);
  welcome({ expires: true, ttl: 100, ping: 3600 });
  pass(80_000);
  await tick();

  socket().refuse('refresh', { code: 100, message: 'internal', temporary: true });
  await tick();
  pass(3_000);
  await tick();
  assert.equal(socket().commands('refresh').length, 2);
  socket().refuse('refresh', { code: 101, message: 'unauthorized' });
  await tick();

  assert.equal(sb.state, 'closed');
});

test('a page that has no token stays away, until it connects', async t => {
  const { Switchboard } = await onStage(t);
  const states = [];
  let token = null;
  const sb = new Switchboard({ url: 'http://exchange.test/', getToken: async () => token });
  sb.on('state', e => states.push(e));

  await new Promise(resolve => setImmediate(resolve));
  assert.equal(sb.state, 'closed');
  assert.equal(states.at(-1).code, 4);

  token = 'now';
  sb.connect();
  assert.equal(sb.state, 'connecting');
});

test('an error of ours in getToken is final, any other may pass', async t => {
  const { sb, tokens, tick, pass, socket, sockets, states, SwitchboardError, welcome } = await withTokens(t);
  welcome();
  tokens.give = () => { throw new TypeError('fetch failed'); };
  socket().hangUp(1006);
  pass(500);
  await tick();
  assert.equal(sb.state, 'connecting');
  assert.equal(sockets(), 1);

  tokens.give = () => { throw new SwitchboardError(101, 'log in again'); };
  pass(500);
  await tick();
  assert.deepEqual(states.at(-1), { state: 'closed', code: 101, reason: 'log in again' });
});

test('a token that has expired on the way is replaced', async t => {
  const { sb, socket, tick, pass } = await withTokens(t);
  socket().accept().refuse('connect', { code: 109, message: 'token expired' });
  assert.equal(sb.state, 'connecting');

  pass(500);
  await tick();
  socket().welcome();

  assert.equal(socket().sent[0].connect.token, 'token 2');
});

test('a token that comes after disconnect connects nobody', async t => {
  const { Switchboard, sockets } = await onStage(t);
  let give;
  const sb = new Switchboard({ url: 'http://exchange.test/', getToken: () => new Promise(resolve => { give = resolve; }) });

  sb.disconnect();
  give('late');
  await new Promise(resolve => setImmediate(resolve));

  assert.equal(sockets(), 0);
  assert.equal(sb.state, 'closed');
});

test('a slow getToken is waited for, without a second one', async t => {
  const { Switchboard, pass, sockets, settled, page } = await onStage(t);
  let asked = 0;
  new Switchboard({ url: 'http://exchange.test/', getToken: () => new Promise(() => { asked++; }) });

  pass(60_000);
  page('online');
  await settled();

  assert.equal(asked, 1);
  assert.equal(sockets(), 0);
});

/** A channel with tokens of its own. */
async function member(t, give = n => `sub ${n}`) {
  const stage = await onStage(t);
  const sb = stage.connected();
  const asked = [], errors = [], heard = [];
  const room = sb.subscribe('$vip:a', data => heard.push(data), { getToken: async channel => { asked.push(channel); return give(asked.length); } });
  room.on('error', e => errors.push(e.code));
  const tick = async () => { for (let n = 0; n < 5; n++) await stage.settled(); };
  await tick();
  return { ...stage, sb, room, asked, errors, heard, tick };
}

test('a channel with getToken subscribes with it, and keeps it for the next connection', async t => {
  const { socket, asked, pass, tick } = await member(t);
  assert.equal(socket().commands('subscribe')[0].subscribe.token, 'sub 1');
  socket().answer('subscribe', subscribed(0));

  socket().hangUp(3001);
  pass(500);
  socket().welcome();
  await tick();

  assert.equal(socket().commands('subscribe')[0].subscribe.token, 'sub 1');
  assert.deepEqual(asked, ['$vip:a']);
});

test('a channel is renewed before the end of its token', async t => {
  const { socket, pass, tick, heard } = await member(t);
  socket().answer('subscribe', subscribed(0, { expires: true, ttl: 20 }));

  pass(17_000);
  await tick();
  assert.deepEqual(socket().commands('sub_refresh')[0].sub_refresh, { channel: '$vip:a', token: 'sub 2' });
  socket().answer('sub_refresh', { expires: true, ttl: 20 });
  await tick();
  pass(17_000);
  await tick();

  assert.equal(socket().commands('sub_refresh').length, 2);
  socket().push('$vip:a', pub(1));
  assert.deepEqual(heard, [1]);
});

test('an expired token of a channel is replaced without a word, by 109 and by the push 2501', async t => {
  const { socket, errors, pass, tick } = await member(t);
  socket().refuse('subscribe', { code: 109, message: 'token expired' });
  pass(500);
  await tick();
  assert.equal(socket().commands('subscribe')[1].subscribe.token, 'sub 2');
  socket().answer('subscribe', subscribed(0));

  socket().push('$vip:a', { unsubscribe: { code: 2501, reason: 'subscription expired' } });
  pass(1000);
  await tick();

  assert.equal(socket().commands('subscribe')[2].subscribe.token, 'sub 3');
  assert.deepEqual(errors, []);
});

test('no token for a channel ends the subscription, and not the connection', async t => {
  const { sb, socket, errors } = await member(t, () => null);

  assert.deepEqual(errors, [4]);
  assert.equal(socket().commands('subscribe').length, 0);
  assert.equal(sb.state, 'open');
});

test('a channel left while its token is fetched is not subscribed', async t => {
  const { connected, socket, settled } = await onStage(t);
  let give;
  const room = connected().subscribe('$vip:a', () => {}, { getToken: () => new Promise(resolve => { give = resolve; }) });

  const left = room.unsubscribe();
  give('late');
  await settled();

  assert.equal(socket().commands('subscribe').length, 0);
  socket().answer('unsubscribe');
  await left;
});
