/** The demo of the elements: live without a script of its own, under a strict policy and Trusted Types, for everybody. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { axe, fits, LOOKS, stage } from './stage.mjs';

async function pin(page, text, link) {
  await page.fill('#text', text);
  await page.fill('#link', link);
  await page.click('#pin button');
  await page.waitForFunction(said => document.querySelector('.notices').textContent.includes(said), text);
}

const ready = page => page.waitForSelector('#status[data-state=open]');

test('a notice appears everywhere, also for who comes later', async t => {
  const { open, clean } = await stage(t);
  const [ann, li] = [await open('/demo/elements/'), await open('/demo/elements/')];
  await Promise.all([ready(ann), ready(li)]);
  const text = `notice ${Date.now()}`;

  await pin(ann, text, '../echo/');
  await li.waitForSelector(`.notices a:text-is("${text}")`);
  const late = await open('/demo/elements/');
  await late.waitForSelector(`.notices a:text-is("${text}")`);

  assert.equal(await late.getAttribute(`.notices a:text-is("${text}")`, 'href'), '../echo/');
  await late.waitForFunction(() => Number(document.querySelector('sb-presence').textContent) >= 3);
  clean();
});

test('what others say is neither markup nor a script, under Trusted Types too', async t => {
  const { open, clean } = await stage(t);
  const page = await open('/demo/elements/', { before: target => target.addInitScript(() => {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content = "require-trusted-types-for 'script'; trusted-types 'none'";
    new MutationObserver((_, observer) => {
      if (!document.head) return;
      document.head.prepend(meta);
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  }) });
  await ready(page);

  await pin(page, '<img src=x onerror="window.hit = 1">', 'javascript:window.hit=1');

  assert.equal(await page.evaluate(() => { try { document.createElement('p').innerHTML = 'x'; } catch (e) { return e.name; } }), 'TypeError');
  assert.equal(await page.$$eval('.notices img', all => all.length), 0);
  assert.equal(await page.$eval('.notices li:last-of-type a', a => a.hasAttribute('href')), false);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  clean(/innerHTML|TrustedHTML|require-trusted-types-for/); // our own attempt is told
});

test('a price says where it goes', async t => {
  const { open, clean } = await stage(t);
  const page = await open('/demo/elements/');
  await ready(page);
  await page.click('#trade [value="1"]');
  await page.waitForFunction(() => document.querySelector('sb-value').textContent !== '');
  await page.click('#trade [value="1"]');
  await page.waitForSelector('sb-value.up');

  await page.click('#trade [value="-1"]');

  await page.waitForSelector('sb-value.down');
  clean();
});

test('the words follow the language', async t => {
  const { open, clean } = await stage(t);
  const page = await open('/demo/elements/');
  await ready(page);

  await page.click('[data-language=zh]');

  assert.equal(await page.textContent('#status'), '已接通');
  clean();
});

for (const { name, options } of LOOKS) {
  test(`accessible and in the frame: ${name}`, async t => {
    const { open } = await stage(t);
    const page = await open('/demo/elements/', options);
    await ready(page);
    await pin(page, 'A notice for everybody', '../chat/');
    await page.click('#trade [value="1"]');
    await page.click('#trade [value="1"]');
    await page.waitForSelector('sb-value.up');

    assert.deepEqual(await axe(page), []);
    assert.equal(await fits(page), true);
  });
}
