/** npm `ws` against the doors for people who have nothing but a WebSocket: /echo and /pipe. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import test from 'node:test';
import WebSocket from 'ws';
import { closing, event, fresh, PATIENCE, wsUrl } from './exchange.mjs';

async function open(t, path, options) {
  const socket = new WebSocket(wsUrl(path), options);
  t.after(() => socket.terminate());
  await once(socket, 'open', { signal: AbortSignal.timeout(PATIENCE) });
  return socket;
}

async function next(socket) {
  const [data, isBinary] = await once(socket, 'message', { signal: AbortSignal.timeout(PATIENCE) });
  return { data, isBinary };
}

async function answer(socket, message) {
  const coming = next(socket);
  socket.send(message);
  return coming;
}

for (const text of ['', 'hello', '你好 🙂', 'line\nline\u0000end', 'x'.repeat(20_000)]) {
  test(`the text '${text.slice(0, 8).replace(/[\n\0]/g, '·')}' of ${text.length} comes back with 回声 before it, and raw as it was`, async t => {
    const plain = await answer(await open(t, '/echo'), text);
    assert.equal(plain.isBinary, false);
    assert.equal(plain.data.toString(), `回声: ${text}`);

    const raw = await answer(await open(t, '/echo?raw'), text);
    assert.equal(raw.isBinary, false);
    assert.deepEqual(raw.data, Buffer.from(text));
  });
}

for (const size of [0, 1, 125, 126, 20_000]) {
  test(`${size} bytes come back as they are`, async t => {
    const bytes = randomBytes(size);

    const { data, isBinary } = await answer(await open(t, '/echo'), bytes);

    assert.equal(isBinary, true);
    assert.deepEqual(data, bytes);
  });
}

test('a message in fragments comes back whole', async t => {
  const socket = await open(t, '/echo?raw');
  const coming = next(socket);

  socket.send('one ', { fin: false });
  socket.send('two ', { fin: false });
  socket.send('three', { fin: true });

  assert.equal((await coming).data.toString(), 'one two three');
});

test('a hundred messages come back in order', async t => {
  const socket = await open(t, '/echo?raw');
  const back = [];
  const all = new Promise(resolve => socket.on('message', data => { if (back.push(String(data)) === 100) resolve(); }));
  const sent = Array.from({ length: 100 }, (_, n) => String(n));

  for (const text of sent) socket.send(text);
  await Promise.race([all, closing(socket)]);

  assert.deepEqual(back, sent);
});

test('a ping is answered with its own bytes', async t => {
  const socket = await open(t, '/echo');
  const pong = once(socket, 'pong', { signal: AbortSignal.timeout(PATIENCE) });

  socket.ping('are you there');

  assert.equal(String((await pong)[0]), 'are you there');
});

for (const code of [1000, 1001, 3000, 4001, 4999]) {
  test(`close ${code} is answered with the same code`, async t => {
    const socket = await open(t, '/echo');
    const end = closing(socket);

    socket.close(code, 'done');

    assert.equal((await end).code, code);
  });
}

test('a close without a code is answered', async t => {
  const socket = await open(t, '/echo');
  const end = closing(socket);

  socket.close();

  assert.ok([1000, 1005].includes((await end).code), 'no code, or the normal one');
});

test('what one end of a pipe says, the others hear byte for byte', async t => {
  const path = `/pipe/${fresh('chat')}`;
  const [a, b] = [await open(t, path), await open(t, path)];
  const elsewhere = await open(t, `/pipe/${fresh('chat')}`);
  let strayed = false;
  elsewhere.on('message', () => { strayed = true; });
  for (const socket of [a, b]) { // the handshake may be over before the pipe follows its channel
    const ready = event(socket, 'message', data => data.equals(Buffer.from('ready')));
    socket.send('ready');
    await ready;
  }

  for (const [from, to] of [[a, b], [b, a]]) {
    for (const word of ['hello', '{"not": "parsed",  "1.0": 1.0}', '你好 "quoted" \\ 🙂', ' spaces\n\ttoo ']) {
      const text = from === a ? word : `${word} back`;
      // whoever speaks may hear himself too, so the listener waits for this very text
      const coming = event(to, 'message', data => data.equals(Buffer.from(text)));
      from.send(text);
      await coming;
    }
  }
  assert.equal(strayed, false);
});
