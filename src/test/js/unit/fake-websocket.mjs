/** A scripted WebSocket and a clock turned by hand, so that the page client's decisions can be watched one by one. */
import { mock } from 'node:test';

import { client } from './client.mjs';

export class FakeWebSocket {
  static all = [];
  static get last() { return FakeWebSocket.all.at(-1); }

  sent = [];
  closed = false;

  constructor(url) { this.url = String(url); FakeWebSocket.all.push(this); }

  send(text) { this.sent.push(...text.split('\n').map(line => JSON.parse(line))); }
  close() { this.closed = true; }

  /** What the server side of the script does. */
  accept() { this.onopen?.({}); return this; }
  say(...replies) { this.onmessage?.({ data: replies.map(r => JSON.stringify(r)).join('\n') }); }
  hangUp(code, reason = 'reason') { this.onclose?.({ code, reason }); }

  commands(kind) { return this.sent.filter(command => kind in command); }
  answer(kind, result = {}, nth = -1) { this.say({ id: this.commands(kind).at(nth).id, [kind]: result }); }
  refuse(kind, error) { this.say({ id: this.commands(kind).at(-1).id, error }); }
  welcome(result = { client: 'me', ping: 25, pong: true }) { this.accept().answer('connect', result); return this; }
  push(channel, body) { this.say({ push: { channel, ...body } }); }
}

/** Replaces sockets, timers and chance until the test ends; returns the module under test. */
export async function onStage(t, { chance = 0.5 } = {}) {
  const listeners = [];
  const before = globalThis.WebSocket;
  FakeWebSocket.all = [];
  globalThis.WebSocket = FakeWebSocket;
  globalThis.addEventListener = (name, listener) => listeners.push([name, listener]);
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const random = mock.method(Math, 'random', () => chance);
  t.after(() => {
    mock.timers.reset();
    random.mock.restore();
    delete globalThis.addEventListener;
    globalThis.WebSocket = before;
  });
  const { Switchboard: Client, SwitchboardError } = await client();
  Client.base = 'http://exchange.test/webapp/';
  // Without other ways, unless a test is about them: what is watched here is the connection.
  class Switchboard extends Client { constructor(options) { super({ transports: ['websocket'], ...options }); } }
  const connected = options => {
    const sb = new Switchboard({ url: 'http://exchange.test/sb', ...options });
    FakeWebSocket.last.welcome();
    return sb;
  };
  return {
    Switchboard, SwitchboardError, connected,
    pass: ms => mock.timers.tick(ms),
    page: (name, event = {}) => { for (const [known, listener] of listeners) if (known === name) listener(event); },
    socket: () => FakeWebSocket.last,
    sockets: () => FakeWebSocket.all.length,
    settled: () => new Promise(resolve => setImmediate(resolve)),
  };
}

/** A recovery answer of a channel that stands at `top`. */
export const subscribed = (offset, extra = {}) => ({ recoverable: true, positioned: true, epoch: 'e', offset, ...extra });
export const pub = (offset, data = offset) => ({ pub: { offset, data } });
