'use strict';
// Proves the peers, over raw sockets: node try.js [NAME...]
// 50 subscribers get 500 publications each, once and in order; then one of two stops reading, the other gets all the
// same, and the first gets all once he reads again.
const assert = require('node:assert');
const { spawn } = require('node:child_process');
const net = require('node:net');
const path = require('node:path');

const PORT = 18107;
const HOST = '127.0.0.1';

const plain = {
  path: '/plain',
  connect: async () => {},
  subscribe: (client, name) => client.send(`+${name}`),
  publish: (client, name, text) => client.send(`${name} ${text}`),
  texts: (message) => [message],
};

const peers = {
  ws: { ...plain, run: ['node', 'ws/server.js', PORT] },
  bun: { ...plain, run: ['bun/node_modules/.bin/bun', 'bun/server.js', PORT] },
  'floor-write': { ...plain, run: ['floor/floor', PORT, 'write'] },
  'floor-join': { ...plain, run: ['floor/floor', PORT, 'join'], texts: (message) => message.split('\n') },
  socketio: {
    run: ['node', 'socketio/server.js', PORT],
    path: '/socket.io/?EIO=4&transport=websocket',
    async connect(client) {
      await client.until((m) => m[0] === '0');
      client.send('40');
      await client.until((m) => m.startsWith('40{'));
    },
    subscribe: (client, name) => client.send(`42["sub","${name}"]`),
    publish: (client, name, text) => client.send(`42["pub","${name}","${text}"]`),
    texts(message, client) {
      if (message === '2') client.send('3');
      return message.startsWith('42["m","') ? [message.slice(8, -2)] : [];
    },
  },
  stomp: {
    run: ['java', '-jar', 'stomp/target/stomp.jar', `--server.port=${PORT}`, `--server.address=${HOST}`],
    path: '/stomp',
    protocol: 'v12.stomp',
    async connect(client) {
      client.send(`CONNECT\naccept-version:1.2\nhost:${HOST}\nheart-beat:0,0\n\n\0`);
      await client.until((m) => m.startsWith('CONNECTED\n'));
    },
    subscribe: (client, name) => client.send(`SUBSCRIBE\nid:${name}\ndestination:/topic/${name}\n\n\0`),
    publish: (client, name, text) => client.send(`SEND\ndestination:/topic/${name}\n\n${text}\0`),
    texts: (m) => (m.startsWith('MESSAGE\n') ? [m.slice(m.indexOf('\n\n') + 2, -1)] : []),
  },
  cometd: {
    run: ['java', '-jar', 'cometd/target/cometd.jar', PORT],
    path: '/cometd',
    async connect(client) {
      client.send(
        '[{"id":"1","channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["websocket"]}]');
      const answer = await client.until((m) => m.includes('/meta/handshake'));
      client.id = JSON.parse(answer)[0].clientId;
      client.send(`[{"id":"2","channel":"/meta/connect","connectionType":"websocket","clientId":"${client.id}"}]`);
    },
    subscribe: (client, name) =>
      client.send(`[{"id":"3","channel":"/meta/subscribe","subscription":"/${name}","clientId":"${client.id}"}]`),
    publish: (client, name, text) =>
      client.send(`[{"id":"4","channel":"/${name}","data":"${text}","clientId":"${client.id}"}]`),
    texts: (m) => JSON.parse(m).filter((x) => 'data' in x).map((x) => x.data),
  },
};

class Client {
  constructor(peer) {
    this.peer = peer;
    this.got = [];
    this.waiting = [];
    this.messages = [];
    this.bytes = Buffer.alloc(0);
  }

  async open() {
    this.socket = net.connect(PORT, HOST);
    this.socket.setNoDelay(true);
    this.socket.write(`GET ${this.peer.path} HTTP/1.1\r\nHost: ${HOST}:${PORT}\r\nUpgrade: websocket\r\n` +
      'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
      (this.peer.protocol ? `Sec-WebSocket-Protocol: ${this.peer.protocol}\r\n` : '') + '\r\n');
    await new Promise((resolve, reject) => {
      this.socket.on('data', (data) => this.take(data, resolve));
      this.socket.on('error', reject);
      this.socket.on('close', () => (this.closed = true));
    });
    await this.peer.connect(this);
  }

  take(data, opened) {
    this.bytes = this.bytes.length ? Buffer.concat([this.bytes, data]) : data;
    if (!this.upgraded) {
      const end = this.bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      assert.match(this.bytes.latin1Slice(0, end), /^HTTP\/1.1 101 /);
      this.upgraded = true;
      this.bytes = this.bytes.subarray(end + 4);
      opened();
    }
    const bytes = this.bytes;
    let at = 0;
    for (;;) {
      if (bytes.length < at + 2) break;
      let size = bytes[at + 1];
      let head = 2;
      if (size >= 126) head = size === 126 ? 4 : 10;
      if (bytes.length < at + head) break;
      if (head === 4) size = bytes.readUInt16BE(at + 2);
      if (head === 10) size = Number(bytes.readBigUInt64BE(at + 2));
      if (bytes.length < at + head + size) break;
      const body = bytes.subarray(at + head, at + head + size);
      if (bytes[at] === 0x89) this.frame(0x8a, body);
      else if (bytes[at] !== 0x88) {
        assert.strictEqual(bytes[at], 0x81, 'whole text frames');
        this.message(body.toString());
      }
      at += head + size;
    }
    this.bytes = bytes.subarray(at);
  }

  message(text) {
    if (process.env.SHOW) console.log('  <', JSON.stringify(text));
    for (const one of this.peer.texts(text, this)) this.got.push(one);
    this.messages.push(text);
    const now = this.waiting;
    this.waiting = [];
    now.forEach((look) => look());
  }

  async until(test) {
    for (;;) {
      while (this.messages.length) {
        const message = this.messages.shift();
        if (test(message)) return message;
      }
      await new Promise((resolve) => this.waiting.push(resolve));
    }
  }

  async count(number) {
    const end = Date.now() + 30000;
    while (this.got.length < number && Date.now() < end && !this.closed) await pause(20);
    this.messages = [];
  }

  send(text) {
    if (process.env.SHOW) console.log('  >', JSON.stringify(text));
    this.frame(0x81, Buffer.from(text));
  }

  frame(first, body) {
    const long = body.length > 125;
    const head = Buffer.alloc(long ? 8 : 6);
    head[0] = first;
    head[1] = 128 | (long ? 126 : body.length);
    if (long) head.writeUInt16BE(body.length, 2);
    head.fill('mask', head.length - 4);
    this.socket.write(Buffer.concat([head, body.map((byte, i) => byte ^ head[head.length - 4 + (i & 3)])]));
  }

  // No peer but CometD says when a subscription counts, but each treats what one client sends in order: who has got
  // his own message back is subscribed.
  async subscribe(name, own) {
    this.peer.subscribe(this, name);
    this.peer.subscribe(this, own);
    this.peer.publish(this, own, 'hello');
    await this.count(1);
    assert.deepStrictEqual(this.got, ['hello']);
    this.got = [];
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function clients(peer, number, channel) {
  const all = Array.from({ length: number }, () => new Client(peer));
  await Promise.all(all.map((client) => client.open()));
  await Promise.all(all.map((client, i) => client.subscribe(channel, `own${channel}${i}`)));
  return all;
}

async function publish(publisher, channel, texts, burst) {
  for (let i = 0; i < texts.length; i += burst) {
    for (const text of texts.slice(i, i + burst)) publisher.peer.publish(publisher, channel, text);
    await pause(10);
  }
}

const numbered = (number, size) => Array.from({ length: number }, (_, i) => `${i} `.padEnd(size, 'x'));

async function prove(name) {
  const peer = peers[name];
  const [command, ...args] = peer.run;
  const server = spawn(command, args.map(String), { cwd: __dirname, stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => server.kill('SIGKILL'));
  const ended = new Promise((resolve) => server.on('close', (code, signal) => resolve(signal || code)));
  const lines = server.stdout[Symbol.asyncIterator]();
  assert.match(String((await lines.next()).value), /ready/);

  const publisher = new Client(peer);
  await publisher.open();
  const subscribers = await clients(peer, 50, 'c0');
  const texts = numbered(500, 100);
  await publish(publisher, 'c0', texts, 50);
  for (const one of subscribers) await one.count(texts.length);
  await pause(100);
  for (const one of subscribers) assert.deepStrictEqual(one.got, texts);
  assert.deepStrictEqual(publisher.got, [], 'a publisher who has not subscribed gets nothing');

  const [fast, slow] = await clients(peer, 2, 'c1');
  const many = numbered(20000, 1000);
  slow.socket.pause();
  await publish(publisher, 'c1', many, 100);
  await fast.count(many.length);
  const waited = fast.got.length === many.length ? 'did not wait' : `waited: has ${fast.got.length}`;
  slow.socket.resume();
  await fast.count(many.length);
  await slow.count(many.length);
  await pause(100);
  const lost = slow.closed ? `, and that one was disconnected at ${slow.got.length}` : '';
  if (!lost) assert.deepStrictEqual(slow.got, many);
  assert.deepStrictEqual(fast.got, many);

  server.kill('SIGTERM');
  const end = await Promise.race([ended, pause(10000).then(() => 'not at all')]);
  console.log(`${name}: all in order; beside one who did not read, another ${waited}${lost}; SIGTERM: ended ${end}`);
}

process.on('SIGTERM', () => process.exit(1));

(async () => {
  for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(peers)) await prove(name);
  process.exit(0);
})().catch((error) => {
  console.error(error.message.slice(0, 500), error.stack.split('\n').slice(-5).join('\n'));
  process.exit(1);
});
