import assert from 'node:assert/strict';
import test from 'node:test';
import { axe, fits, LOOKS, room, stage } from './stage.mjs';

async function enter(page, name, where) {
  await page.fill('#name', name);
  await page.fill('#room', where);
  await page.press('#room', 'Enter');
  await page.waitForSelector('#lamp[data-lit=yes]');
  await shows(page, '#members', [name]);
}

async function speak(page, text) {
  await page.fill('#text', text);
  await page.press('#text', 'Enter');
}

const texts = page => page.$$eval('#feed .what', all => all.map(e => e.textContent));

/** Waits until every one of these stands in the element. */
const shows = (page, where, parts) => page.waitForFunction(
  ([selector, all]) => all.every(part => document.querySelector(selector).textContent.includes(part)), [where, parts]);

const hears = (page, text) => shows(page, '#feed', [text]);

test('two people talk and see each other', async t => {
  const { open, clean } = await stage(t);
  const where = room();
  const [ann, li] = [await open('/demo/chat/'), await open('/demo/chat/')];
  await enter(ann, 'Ann', where);
  await enter(li, '李伟', where);

  for (const page of [ann, li]) await shows(page, '#members', ['Ann', '李伟']);
  assert.equal(await ann.textContent('#count'), '2');
  await hears(ann, '李伟 came in');

  await speak(ann, '<b>hello</b> & "you"');
  await hears(li, '<b>hello</b> & "you"');
  await speak(li, '你好');
  await hears(ann, '你好');
  await ann.waitForSelector('#feed [data-fate=sent]');
  for (const page of [ann, li]) assert.deepEqual(await texts(page), ['<b>hello</b> & "you"', '你好']);
  assert.deepEqual(await li.$$eval('#feed .who', all => all.map(e => e.textContent)), ['Ann', '李伟']);
  assert.ok(await li.getAttribute('#feed time', 'datetime'));

  await ann.click('#leave');
  await hears(li, 'Ann hung up');
  await li.waitForFunction(() => document.querySelectorAll('#members li').length === 1);
  clean();
});

test('what looks like markup is only read, also by who comes later', async t => {
  const { open, clean } = await stage(t);
  const where = room();
  const corpus = [
    '<script>window.hit = 1</script>',
    '<img src=x onerror="window.hit = 1">',
    '<svg/onload=window.hit=1>',
    '"><iframe srcdoc="<script>parent.hit = 1</script>">',
    '<a href="javascript:window.hit=1">here</a>',
    '</p><style>@import "//192.0.2.1/x"</style>',
    '{{constructor.constructor("window.hit=1")()}} ${window.hit=1}',
    '&lt;script&gt;window.hit=1&lt;/script&gt;',
    'a\u2028\u202e<ScRiPt >window.hit=1</ScRiPt >',
  ];
  const ann = await open('/demo/chat/');
  await enter(ann, '<i>Ann', where);
  for (const text of corpus) await speak(ann, text);
  await ann.waitForFunction(n => document.querySelectorAll('#feed [data-fate=sent]').length === n, corpus.length);

  const late = await open('/demo/chat/');
  await enter(late, '<b>Li', where);
  await hears(late, corpus[0]);
  for (const page of [ann, late]) {
    assert.deepEqual(await texts(page), corpus);
    assert.equal(await page.$$eval('#feed :is(script, img, svg, iframe, a, style, b, i)', all => all.length), 0);
    assert.equal(await page.$$eval('#members :is(b, i)', all => all.length), 0);
    assert.equal(await page.evaluate(() => window.hit), undefined);
  }
  clean();
});

test('a latecomer sees what was said and by whom', async t => {
  const { open, clean } = await stage(t);
  const where = room();
  const ann = await open('/demo/chat/');
  await enter(ann, 'Ann', where);
  for (const text of ['one', 'two', 'three']) await speak(ann, text);
  await ann.waitForFunction(() => document.querySelectorAll('#feed [data-fate=sent]').length === 3);

  const late = await open('/demo/chat/');
  await enter(late, 'Late', where);

  await hears(late, 'three');
  await shows(late, '#members', ['Ann', 'Late']);
  assert.deepEqual(await texts(late), ['one', 'two', 'three']);
  clean();
});

test('a visitor without a name is a guest until it says one', async t => {
  const { open } = await stage(t);
  const where = room();
  const ann = await open('/demo/chat/');
  await enter(ann, 'Ann', where);

  const guest = await open('/');
  await guest.evaluate(async channel => {
    const { Switchboard } = await import('./js/switchboard.mjs');
    globalThis.sb = new Switchboard();
    globalThis.said = sb.subscribe(channel, () => {});
    await new Promise(resolve => said.on('subscribed', resolve));
  }, `chat:${where}`);
  const id = await guest.evaluate(() => sb.client);
  await hears(ann, `guest ${id.slice(0, 4)} came in`);

  await guest.evaluate(() => said.publish({ hello: 'Grace' }));

  await hears(ann, 'Grace came in');
  await shows(ann, '#members', ['Grace']);
});

test('a cut and a return: nothing missing, nothing twice, and the page says how many came back', async t => {
  const { open, clean } = await stage(t);
  const where = room();
  const [ann, li] = [await open('/demo/chat/'), await open('/demo/chat/')];
  await enter(ann, 'Ann', where);
  await enter(li, 'Li', where);
  await speak(li, 'before');
  await hears(ann, 'before');

  await ann.click('#cut');
  await ann.waitForSelector('#lamp[data-lit=no]');
  await hears(li, 'Ann hung up');
  const missed = Array.from({ length: 7 }, (_, n) => `missed ${n + 1}`);
  for (const text of missed) await speak(li, text);
  await li.waitForFunction(() => document.querySelectorAll('#feed [data-fate=sent]').length === 8);
  await speak(ann, 'too early');
  await ann.waitForSelector('#feed [data-fate=failed]');
  assert.deepEqual(await texts(ann), ['before', 'too early']);

  await ann.click('#cut');
  await hears(ann, 'Missed messages recovered: 7');
  await speak(li, 'after');
  await hears(ann, 'after');
  assert.deepEqual(await texts(ann), ['before', 'too early', ...missed, 'after']);
  assert.equal(await ann.isVisible('.told.loud'), false);

  await ann.click('[data-fate=failed] button');
  await hears(li, 'too early');
  assert.deepEqual(await texts(li), ['before', ...missed, 'after', 'too early']);
  clean();
});

test('the cut ends by itself', async t => {
  const { open, clean } = await stage(t);
  const ann = await open('/demo/chat/');
  await enter(ann, 'Ann', room());

  await ann.click('#cut');
  await ann.waitForSelector('#lamp[data-lit=no]');

  await hears(ann, 'Nothing was missed');
  clean();
});

test('more missed than the exchange remembers is told loudly', async t => {
  const { open, clean } = await stage(t);
  const where = room();
  const ann = await open('/demo/chat/');
  await enter(ann, 'Ann', where);
  await ann.click('#cut');
  await ann.waitForSelector('#lamp[data-lit=no]');

  const talker = await open('/');
  await talker.evaluate(async channel => {
    const { Switchboard } = await import('./js/switchboard.mjs');
    const talk = new Switchboard().subscribe(channel, () => {});
    for (let n = 0; n < 120; n++) await talk.publish({ text: `${n}`, id: `${n}`, name: 'Talker', at: Date.now() });
  }, `chat:${where}`);
  if (await ann.textContent('#cut') === 'Reconnect now') await ann.click('#cut');

  await ann.waitForSelector('.told.loud');
  assert.match(await ann.textContent('.told.loud'), /lost/);
  clean();
});

for (const { name, options } of LOOKS) {
  test(`accessible and in the frame: ${name}`, async t => {
    const { open } = await stage(t);
    const page = await open('/demo/chat/', options);
    assert.deepEqual(await axe(page), []);

    await enter(page, 'Ann', room());
    await speak(page, 'hello '.repeat(60));
    await page.waitForSelector('#feed [data-fate=sent]');
    await page.click('#cut');
    await speak(page, 'x'.repeat(300));
    await page.waitForSelector('#feed [data-fate=failed]');

    assert.deepEqual(await axe(page), []);
    assert.equal(await fits(page), true);
  });
}
