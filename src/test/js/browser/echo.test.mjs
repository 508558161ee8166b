import assert from 'node:assert/strict';
import test from 'node:test';
import { axe, fits, LOOKS, stage } from './stage.mjs';

// The smallest picture there is: one transparent dot.
const DOT = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

async function lineTo(page) {
  await page.click('#open');
  await page.waitForSelector('#log .open');
}

const last = async (page, kind) => {
  await page.waitForSelector(`#log li.${kind}`);
  return page.textContent(`#log li.${kind}:last-child`).catch(() => '');
};

const tells = (page, text) => page.waitForFunction(part => document.querySelector('#log').textContent.includes(part), text);

test('a text comes back with the echo before it, raw it comes back as it was', async t => {
  const { open, clean } = await stage(t);
  const page = await open('/demo/echo/');
  await lineTo(page);
  await page.fill('#text', '你好 <i>& co</i>');
  await page.click('#say button');
  await tells(page, '回声: 你好 <i>& co</i>');

  await page.click('#hang button');
  await page.waitForSelector('#log .close');
  await page.click('#clear');
  await page.check('#raw');
  await lineTo(page);
  await page.click('#say button');
  const message = await page.waitForSelector('#log .message .what');
  assert.equal(await message.textContent(), '14 characters: 你好 <i>& co</i>');
  assert.match(await page.textContent('#address'), /\/echo\?raw$/);
  clean();
});

test('a file goes out as a Blob and its bytes come back: text is shown, a picture too, the rest as numbers', async t => {
  const { open, clean } = await stage(t);
  const page = await open('/demo/echo/');
  await lineTo(page);
  const send = async (name, mimeType, buffer) => {
    await page.click('#clear');
    await page.setInputFiles('#file', { name, mimeType, buffer });
    await page.click('#post button');
    await page.waitForSelector('#log .message');
    return page.textContent('#log .message');
  };

  assert.match(await send('note.txt', 'text/plain', Buffer.from('a note: 你好')), /14 bytes.*first bytes 61 20 6e.*a note: 你好/s);
  assert.match(await send('dot.gif', 'image/gif', DOT), new RegExp(`${DOT.length} bytes.*47 49 46 38`, 's'));
  await page.waitForFunction(() => document.querySelector('#log img')?.naturalWidth === 1);
  assert.match(await send('raw.bin', 'application/octet-stream', Buffer.from([0, 255, 16])), /3 bytes.*00 ff 10$/s);
  clean();
});

test('close code and reason come back and are shown', async t => {
  const { open, clean } = await stage(t);
  const page = await open('/demo/echo/');
  await lineTo(page);
  await page.fill('#code', '4321');
  await page.fill('#reason', 'enough 够了');

  await page.click('#hang button');

  assert.match(await last(page, 'close'), /code 4321, reason “.*”, wasClean true/);
  assert.equal(await page.isEnabled('#say button'), false);
  assert.equal(await page.isEnabled('#open'), true);
  clean();
});

test('a code that browsers forbid is refused in words', async t => {
  const { open } = await stage(t);
  const page = await open('/demo/echo/');
  await lineTo(page);
  await page.fill('#code', '1001');

  await page.click('#hang button');

  await page.waitForSelector('#log .refused');
  assert.equal(await page.isEnabled('#say button'), true);
});

test('an endpoint that does not answer is an error and an unclean close', async t => {
  const { open } = await stage(t);
  const page = await open('/demo/echo/');
  await page.evaluate(() => { globalThis.WebSocket = class extends WebSocket { constructor(url) { super(url.replace('/echo', '/nothing-here')); } }; });

  await page.click('#open');

  await page.waitForSelector('#log .error');
  assert.match(await last(page, 'close'), /code 1006.*wasClean false/);
});

test('it says why there is no ping', async t => {
  const { open } = await stage(t);
  const page = await open('/demo/echo/');

  assert.match(await page.textContent('.ping'), /answer the server’s pings by themselves/);
});

for (const { name, options } of LOOKS) {
  test(`accessible and in the frame: ${name}`, async t => {
    const { open } = await stage(t);
    const page = await open('/demo/echo/', options);
    await lineTo(page);
    await page.click('#say button');
    await page.setInputFiles('#file', { name: 'dot.gif', mimeType: 'image/gif', buffer: DOT });
    await page.click('#post button');
    await page.waitForSelector('#log img');

    assert.deepEqual(await axe(page), []);
    assert.equal(await fits(page), true);
  });
}
