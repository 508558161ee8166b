/** A scripted WebSocket and a clock turned by hand, so that the page client's decisions can be watched one by one. */
import { mock } from 'node:test';
import { pathToFileURL } from 'node:url';

// the build runs a copy of these files below target/ and says where the project is
const base = process.env.SWITCHBOARD_BASEDIR
  ? pathToFileURL(process.env.SWITCHBOARD_BASEDIR).href
  : new URL('../../../..', import.meta.url).href.replace(/\/$/, '');

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
  const listeners = new Map();
  const before = globalThis.WebSocket;
  FakeWebSocket.all = [];
  globalThis.WebSocket = FakeWebSocket;
  globalThis.addEventListener = (name, listener) => listeners.set(name, listener);
  mock.timers.enable({ apis: ['setTimeout'] });
  const random = mock.method(Math, 'random', () => chance);
  t.after(() => {
    mock.timers.reset();
    random.mock.restore();
    delete globalThis.addEventListener;
    globalThis.WebSocket = before;
  });
  const { Switchboard, SwitchboardError } = await import(`${base}/webapp/js/switchboard.js`);
  const connected = () => {
    const sb = new Switchboard({ url: 'http://exchange.test/sb/connection/websocket' });
    FakeWebSocket.last.welcome();
    return sb;
  };
  return {
    Switchboard, SwitchboardError, connected,
    pass: ms => mock.timers.tick(ms),
    page: (name, event = {}) => listeners.get(name)(event),
    socket: () => FakeWebSocket.last,
    sockets: () => FakeWebSocket.all.length,
    settled: () => new Promise(resolve => setImmediate(resolve)),
  };
}

/** A recovery answer of a channel that stands at `top`. */
export const subscribed = (offset, extra = {}) => ({ recoverable: true, positioned: true, epoch: 'e', offset, ...extra });
export const pub = (offset, data = offset) => ({ pub: { offset, data } });
