/** Tabs of one browser that share one connection, and pages that do not. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { room, stage } from './stage.mjs';

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** Tabs of one browser; without workers they have to choose a leader among them. */
async function tabs(t, where, count, { workers, key = () => 'ann' } = {}) {
  const { open, clean } = await stage(t);
  const before = page => workers ? undefined : page.addInitScript(() => { delete globalThis.SharedWorker; });
  const first = await open('/', { before }), all = [first];
  while (all.length < count) {
    const page = await first.context().newPage();
    await before(page);
    await page.goto(first.url());
    all.push(page);
  }
  for (const [n, page] of all.entries()) {
    await page.evaluate(async ({ channel, key: shared }) => {
      const { Switchboard } = await import('./js/switchboard.mjs');
      Object.assign(globalThis, { heard: [], gaps: [], sb: new Switchboard({ sharedBetweenTabs: shared }) });
      globalThis.followed = sb.subscribe(channel, data => heard.push(data));
      followed.on('gap', gap => gaps.push(gap));
      await new Promise(resolve => followed.on('subscribed', resolve));
      if (sb.state !== 'open') await new Promise(resolve => sb.on('state', e => e.state === 'open' && resolve()));
    }, { channel: `chat:${where}`, key: key(n) });
  }
  return { all, clean };
}

const clients = pages => Promise.all(pages.map(page => page.evaluate(() => sb.client)));
const hear = (pages, count) => Promise.all(pages.map(page => page.waitForFunction(n => heard.length >= n, count)));
const say = (page, texts) => page.evaluate(async all => { for (const text of all) await followed.publish(text); }, texts);

for (const workers of [true, false]) {
  const where = workers ? 'shared worker' : 'leading tab';

  test(`${where}: five tabs use one connection and survive that the first is closed`, async t => {
    const { all, clean } = await tabs(t, room(), 5, { workers });
    assert.equal(new Set(await clients(all)).size, 1);
    assert.equal(await all[4].evaluate(async () => (await followed.members()).length), 1, 'the exchange sees one');
    await say(all[2], numbers(1, 10));
    await hear(all, 10);

    const [first, ...others] = all;
    await first.close();
    const began = Date.now();
    await say(others[0], numbers(11, 20));
    await hear(others, 20);

    t.diagnostic(`taken over after ${Date.now() - began} ms`);
    for (const page of others) assert.deepEqual(await page.evaluate(() => [heard, gaps]), [numbers(1, 20), []]);
    assert.equal(new Set(await clients(others)).size, 1);
    assert.equal(await others[0].evaluate(async () => (await followed.members()).length), 1);
    clean();
  });

  test(`${where}: tabs of different logins do not share`, async t => {
    const { all, clean } = await tabs(t, room(), 3, { workers, key: n => n < 2 ? 'ann' : 'bob' });

    const [one, two, three] = await clients(all);

    assert.equal(one, two);
    assert.notEqual(one, three);
    clean();
  });
}
