/** The page client in a real browser: other ways where WebSocket is blocked, cuts, sleep, the back/forward cache. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { room, stage } from './stage.mjs';

/** A page that follows a channel of its own and notes what it hears. */
async function follower(open, where, { before, ...options } = {}) {
  const page = await open('/', { before });
  await page.evaluate(async ({ channel, options: more }) => {
    const { Switchboard } = await import('./js/switchboard.mjs');
    Object.assign(globalThis, { Switchboard, heard: [], gaps: [], states: [], sb: new Switchboard(more) });
    sb.on('state', e => states.push(e));
    globalThis.followed = sb.subscribe(channel, (data, meta) => heard.push([data, meta.recovered]));
    followed.on('gap', gap => gaps.push(gap));
    await new Promise(resolve => followed.on('subscribed', resolve));
    if (sb.state !== 'open') await new Promise(resolve => sb.on('state', e => e.state === 'open' && resolve()));
  }, { channel: `chat:${where}`, options });
  return page;
}

const say = (page, texts) => page.evaluate(async all => { for (const text of all) await followed.publish(text); }, texts);
const hears = (page, count) => page.waitForFunction(n => heard.length >= n, count);
const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const texts = page => page.evaluate(() => heard.map(([data]) => data));

const blockUpgrade = page => page.addInitScript(() => {
  globalThis.WebSocket = class {
    constructor() { setTimeout(() => this.onclose?.({ code: 1006, reason: '' }), 5); }
    close() {}
  };
});

for (const way of ['websocket', 'stream', 'sse', 'longpoll']) {
  test(`${way}: speaks, hears in order, and gets what it missed`, async t => {
    const { open, clean } = await stage(t);
    const where = room(), [ann, li] = [await follower(open, where, { transports: [way] }), await follower(open, where)];
    assert.equal(await ann.evaluate(() => sb.transport), way);

    await say(ann, numbers(1, 20));
    await hears(li, 20);
    await ann.evaluate(() => sb.disconnect());
    await say(li, numbers(21, 40));
    await ann.evaluate(() => sb.connect());
    await hears(ann, 40);
    await say(li, [41]);
    await hears(ann, 41);

    for (const page of [ann, li]) assert.deepEqual(await texts(page), numbers(1, 41));
    assert.deepEqual(await ann.evaluate(() => heard.filter(([, recovered]) => recovered).length), 20);
    assert.deepEqual(await ann.evaluate(() => gaps), []);
    clean();
  });
}

test('where WebSocket is blocked the page comes in by the stream, says so, and remembers it', async t => {
  const { open, clean } = await stage(t);
  const page = await follower(open, room(), { before: blockUpgrade });

  assert.deepEqual(await page.evaluate(() => states.at(-1)), { state: 'open', transport: 'stream' });
  assert.match(await page.evaluate(() => Object.values(localStorage).join()), /\/stream$/);
  clean();
});

test('the network is cut and comes back: nothing missing, nothing twice', async t => {
  const { open } = await stage(t);
  const where = room(), li = await follower(open, where);
  for (const way of ['websocket', 'stream', 'sse', 'longpoll']) {
    const ann = await follower(open, where, { transports: [way] }), before = (await texts(li)).length;
    await say(li, [`${way} 1`]);
    await hears(ann, 1);

    await ann.context().setOffline(true);
    // Chromium's offline mode lets open sockets live; the client is made to notice by its own means.
    await ann.evaluate(() => { const now = Date.now; Date.now = () => now() + 60_000; dispatchEvent(new Event('visibilitychange')); });
    await ann.waitForFunction(() => sb.state === 'connecting');
    await say(li, numbers(2, 6).map(n => `${way} ${n}`));
    await ann.context().setOffline(false);

    await hears(ann, 6);
    assert.deepEqual(await texts(ann), numbers(1, 6).map(n => `${way} ${n}`));
    assert.equal((await texts(li)).length, before + 6);
    await ann.evaluate(() => sb.disconnect());
  }
});

test('a laptop that slept notices at once when it is looked at again', async t => {
  const { open, clean } = await stage(t);
  const where = room(), [ann, li] = [await follower(open, where), await follower(open, where)];

  // Asleep nothing runs while the clock goes on; then the lid is opened. What was said meanwhile went to a dead line.
  await ann.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 8 * 3600 * 1000;
    dispatchEvent(new Event('visibilitychange'));
  });
  await say(li, ['while asleep']);
  await ann.waitForFunction(() => states.some(e => e.reason === 'nothing heard') && sb.state === 'open');
  await hears(ann, 1);

  assert.deepEqual(await texts(ann), ['while asleep']);
  clean();
});

test('the back/forward cache takes the page, and the page comes back to life', async t => {
  const { open } = await stage(t);
  const where = room(), [ann, li] = [await follower(open, where), await follower(open, where)];

  await ann.evaluate(() => { globalThis.stillHere = true; });
  await ann.goto(`${new URL('demo/echo/', ann.url())}`);
  await say(li, numbers(1, 5));
  // Playwright's own goBack waits for a page that is loaded anew.
  await Promise.all([ann.waitForURL(url => !url.pathname.includes('echo'), { waitUntil: 'commit' }), ann.evaluate(() => history.back())]);
  assert.equal(await ann.evaluate(() => globalThis.stillHere), true, 'the page was kept');
  await hears(ann, 5);

  assert.deepEqual(await texts(ann), numbers(1, 5));
});

test('importing twice, as a script and as a module, is one client', async t => {
  const { open, clean } = await stage(t);
  const page = await open('/demo/elements/');

  assert.equal(await page.evaluate(async () => (await import('../../js/switchboard.mjs')).Switchboard === globalThis.Switchboard), true);
  clean();
});
