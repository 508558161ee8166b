import assert from 'node:assert/strict';
import test from 'node:test';
import { axe, fits, LOOKS, stage } from './stage.mjs';

test('the front page says what runs here, and its links lead to the demos', async t => {
  const { open, clean } = await stage(t);
  const page = await open('/');
  await page.waitForSelector('#lamp[data-lit=yes]');
  const status = await page.evaluate(async () => (await fetch('status')).json());

  assert.equal(await page.textContent('#version'), status.version);
  assert.equal(await page.textContent('#container'), status.container);
  assert.match(await page.textContent('#running'), new RegExp(status.version.replaceAll('.', '\\.')));
  assert.match(await page.textContent('#endpoints'), /\/connection\/websocket/);

  for (const [link, place] of [['demo/chat/', '#enter'], ['demo/echo/', '#line'], ['demo/elements/', '#pin']]) {
    await page.click(`.doors a[href="${link}"]`);
    await page.waitForSelector(place);
    await page.click('.brand');
    await page.waitForSelector('#lamp[data-lit=yes]');
  }
  clean();
});

test('the pages forbid everything that is not their own', async t => {
  const { open } = await stage(t);

  for (const path of ['/', '/demo/chat/', '/demo/echo/', '/demo/elements/']) {
    const { policy } = await open(path);
    assert.match(policy, /default-src 'none'/, path);
    assert.match(policy, /script-src 'self'(;|$)/, path);
    assert.match(policy, /style-src 'self'(;|$)/, path);
  }
});

test('the three lines on the front page work as they stand', async t => {
  const { open, clean } = await stage(t);
  const page = await open('/');
  const lines = await page.textContent('#example');
  const path = lines.match(/from '(.+)'/)[1];

  const heard = await page.evaluate(async module => {
    const { Switchboard } = await import(module);
    const sb = new Switchboard();
    const message = await new Promise(resolve => {
      const room = sb.subscribe('chat:front-page-test', resolve);
      room.on('subscribed', () => room.publish({ text: 'Hello?' }));
    });
    sb.disconnect();
    return message;
  }, path);

  assert.deepEqual(heard, { text: 'Hello?' });
  clean();
});

test('the language follows the browser, the switch changes it, and the choice is kept', async t => {
  const { open, clean } = await stage(t);
  const chinese = await open('/', { locale: 'zh-CN' });
  assert.match(await chinese.textContent('h1'), /交换台/);
  assert.equal(await chinese.getAttribute('html', 'lang'), 'zh-Hans');

  const page = await open('/');
  assert.match(await page.textContent('h1'), /telephone exchange/);
  await page.click('[data-language=zh]');
  assert.match(await page.textContent('h1'), /交换台/);
  assert.equal(await page.getAttribute('[data-language=zh]', 'aria-pressed'), 'true');

  await page.click('.doors a[href="demo/chat/"]');
  await page.waitForSelector('#enter button:text-is("进入")'); // a click waits for no script of the next page
  await page.click('[data-language=en]');
  assert.equal(await page.textContent('#enter button'), 'Go in');
  clean();
});

test('without an answer the page says so, and without demos it offers none', async t => {
  const { open } = await stage(t);
  const page = await open('/');

  await page.route('**/status', route => route.fulfill({ status: 503, body: '' }));
  await page.reload();
  await page.waitForSelector('#unknown:visible');
  assert.equal(await page.isVisible('#facts'), false);

  await page.unroute('**/status');
  await page.route('**/status', async route => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...await response.json(), demos: false } });
  });
  await page.reload();
  await page.waitForSelector('#facts:visible');
  assert.equal(await page.isVisible('#demos'), false);
});

for (const { name, options } of LOOKS) {
  test(`accessible and in the frame: ${name}`, async t => {
    const { open } = await stage(t);
    const page = await open('/', options);
    await page.waitForSelector('#lamp[data-lit=yes]');

    assert.deepEqual(await axe(page), []);
    assert.equal(await fits(page), true);
  });
}
