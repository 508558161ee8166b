/** A page behind a proxy: it gets everything, whatever that lets through, and says by which way. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { room, stage } from './stage.mjs';

const WAY = process.env.SWITCHBOARD_WAY;

async function follower(open, channel) {
  const page = await open('/');
  await page.evaluate(async name => {
    const { Switchboard } = await import('./js/switchboard.mjs');
    Object.assign(globalThis, { heard: [], gaps: [], sb: new Switchboard() });
    globalThis.followed = sb.subscribe(name, data => heard.push(data));
    followed.on('gap', gap => gaps.push(gap));
    await new Promise(resolve => followed.on('subscribed', resolve));
  }, channel);
  return page;
}

test(`everything comes, by ${WAY}`, async t => {
  const { open } = await stage(t);
  const channel = `chat:${room()}`, pages = [await follower(open, channel), await follower(open, channel)];
  const numbers = Array.from({ length: 30 }, (_, n) => n);

  await pages[0].evaluate(async all => { for (const n of all) await followed.publish(n); }, numbers);

  for (const page of pages) {
    await page.waitForFunction(count => heard.length >= count, numbers.length);
    assert.deepEqual(await page.evaluate(() => heard), numbers);
    assert.deepEqual(await page.evaluate(() => gaps), []);
    assert.equal(await page.evaluate(() => sb.transport), WAY);
  }
});
