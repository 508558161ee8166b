/** Cross-site WebSocket hijacking: what a page of another site can do with the browser of somebody who is logged in here. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { stage } from './stage.mjs';

const BASE = process.env.SWITCHBOARD_URL.replace(/\/$/, '');
const DOORS = ['/connection/websocket', '/echo', '/pipe/plain:hijack'].map(path => BASE.replace(/^http/, 'ws') + path);

/** Another site on this machine; with the same name and another port it even gets our cookies. */
async function otherSite(t, host) {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>evil</title>');
  });
  server.listen(0, host);
  await once(server, 'listening');
  t.after(() => server.close());
  return `http://${host}:${server.address().port}/`;
}

const knock = (page, url) => page.evaluate(address => new Promise(resolve => {
  const socket = new WebSocket(address);
  socket.onopen = () => { resolve('open'); socket.close(); };
  socket.onclose = event => resolve(`closed with ${event.code}`);
}), url);

const ticket = (page, options) => page.evaluate(async ({ url, more }) => {
  try {
    const answer = await fetch(url, { method: 'POST', body: '{}', ...more });
    return `${answer.type} ${answer.status} ${await answer.text()}`;
  } catch {
    return 'kept out';
  }
}, { url: `${BASE}/connection/ticket`, more: options });

const JSON_TYPE = { 'Content-Type': 'application/json' };
const logIn = page => page.evaluate(url => fetch(url).then(answer => answer.text()), `${BASE}/login?do=in&user=ann&roles=writer`);

for (const host of ['localhost', '127.0.0.1']) {
  for (const victim of [false, true]) {
    test(`a page of http://${host} on another port stays outside, ${victim ? 'with the login of its visitor' : 'without a login'}`, async t => {
      const { open } = await stage(t);
      const own = await open('/index.html');
      if (victim) assert.match(await logIn(own), /^ann /);
      const evil = await own.context().newPage();
      await evil.goto(await otherSite(t, host));

      for (const door of DOORS) assert.equal(await knock(evil, door), 'closed with 1006', door);
      for (const credentials of ['include', 'omit']) {
        assert.equal(await ticket(evil, { credentials, headers: JSON_TYPE }), 'kept out');
        assert.equal(await ticket(evil, { credentials, headers: { 'Content-Type': 'text/plain' } }), 'kept out');
      }
      assert.equal(await ticket(evil, { credentials: 'include', mode: 'no-cors' }), 'opaque 0 ');
    });
  }
}

test('a sandboxed frame has no site, and stays outside', async t => {
  const { open } = await stage(t);
  const own = await open('/index.html');
  await logIn(own);
  const evil = await own.context().newPage();
  await evil.goto(await otherSite(t, '127.0.0.1'));
  await evil.setContent('<iframe sandbox="allow-scripts" srcdoc="<!doctype html>"></iframe>');
  const frame = await (await evil.waitForSelector('iframe')).contentFrame();

  for (const door of DOORS) assert.equal(await knock(frame, door), 'closed with 1006', door);
  assert.equal(await ticket(frame, { headers: JSON_TYPE }), 'kept out');
});

test('the own page comes in, and gets a ticket once somebody is logged in', async t => {
  const { open } = await stage(t);
  const own = await open('/index.html');

  for (const door of DOORS) assert.equal(await knock(own, door), 'open', door);
  assert.match(await ticket(own, { headers: JSON_TYPE }), /^basic 401 /);
  await logIn(own);
  const [, json] = (await ticket(own, { headers: JSON_TYPE })).match(/^basic 200 (.*)$/);
  assert.equal(await knock(own, `${DOORS[0]}?ticket=${JSON.parse(json).ticket}`), 'open');
});
