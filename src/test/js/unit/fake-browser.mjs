/**
 * Tabs of one browser in one process: each has a `globalThis` of its own, and they share locks, broadcast channels, shared workers
 * and a login. What they connect to is an exchange in memory. A tab can be closed, which is all that a crash or a click is.
 */
import { script } from './client.mjs';

/** Channels with positions and recovery behind a socket that is only a function call. */
export class Exchange {
  channels = new Map(); sockets = new Set(); opened = 0; login = 'ann'; log = [];

  channel(name) {
    if (!this.channels.has(name)) this.channels.set(name, { offset: 0, history: [] });
    return this.channels.get(name);
  }

  publish(name, data) {
    const channel = this.channel(name), pub = { offset: ++channel.offset, data };
    channel.history.push(pub);
    for (const socket of this.sockets) if (socket.channels.has(name)) socket.say({ push: { channel: name, pub } });
  }

  obey(socket, { id, connect, subscribe, unsubscribe, publish }) {
    if (!id || (publish && publish.data === this.swallows)) return;
    this.log.push({ subscribe, unsubscribe });
    if (connect) socket.say({ id, connect: { client: `c${this.opened}`, ping: 25, pong: true } });
    if (unsubscribe) { socket.channels.delete(unsubscribe.channel); socket.say({ id, unsubscribe: {} }); }
    if (publish) { this.publish(publish.channel, publish.data); socket.say({ id, publish: {} }); }
    if (subscribe) {
      const { channel: name, recover, offset = 0 } = subscribe, { offset: top, history } = this.channel(name);
      socket.channels.add(name);
      const position = { recoverable: true, positioned: true, epoch: 'e' };
      const cached = name.startsWith('last:') && !recover;
      socket.say({ id, subscribe: cached ? { ...position, offset: top, was_recovering: true, recovered: top > 0, publications: history.slice(-1) }
        : recover ? { ...position, offset, was_recovering: true, recovered: true, publications: history.slice(offset) } : { ...position, offset: top } });
    }
  }
}

export function browser(t, exchange, { workers = true } = {}) {
  const channels = new Set(), locks = new Map(), running = new Map(), tabs = new Set(), ever = [];
  const soon = act => setImmediate(act);

  const grant = name => {
    const queue = locks.get(name) ?? [], [first] = queue;
    if (!first || first.held) return;
    first.held = true;
    soon(async () => {
      if (!first.tab.dead) await first.act();
      release(name, first);
    });
  };
  const release = (name, entry) => {
    locks.set(name, (locks.get(name) ?? []).filter(e => e !== entry));
    entry.resolve();
    grant(name);
  };

  const world = tab => {
    class BroadcastChannel {
      constructor(name) { this.name = name; this.tab = tab; channels.add(this); }
      postMessage(message) {
        if (tab.dead) return;
        if (!channels.has(this)) throw new DOMException('closed', 'InvalidStateError');
        const data = structuredClone(message);
        for (const other of channels) if (other !== this && other.name === this.name) {
          soon(() => { if (channels.has(other) && !other.tab.dead) other.onmessage?.({ data: structuredClone(data) }); });
        }
      }
      close() { channels.delete(this); }
    }
    class WebSocket {
      channels = new Set();
      constructor() {
        exchange.opened++;
        this.login = exchange.login;
        exchange.onOpen?.();
        soon(() => { if (!tab.dead && !exchange.down) { exchange.sockets.add(this); this.onopen?.(); } else this.onclose?.({ code: 1006, reason: '' }); });
        tab.sockets.push(this);
      }
      say(reply) { soon(() => { if (!tab.dead && exchange.sockets.has(this)) this.onmessage?.({ data: JSON.stringify(reply) }); }); }
      send(text) { exchange.obey(this, JSON.parse(text)); }
      close(code = 1006, reason = '') { if (exchange.sockets.delete(this)) soon(() => this.onclose?.({ code, reason })); }
    }
    class SharedWorker {
      constructor(url, name) {
        if (!workers) throw new DOMException('no workers', 'SecurityError');
        if (running.has(name)) return;
        const worker = { dead: false, sockets: [] }, scope = world(worker);
        running.set(name, worker);
        Object.assign(scope, { name, document: undefined, location: { href: 'http://exchange.test/js/switchboard.tabs.js' } });
        scope.importScripts = () => run(scope, 'core');
        soon(() => run(scope, 'tabs'));
      }
    }
    const listeners = [];
    return {
      BroadcastChannel, WebSocket, SharedWorker, URL, setTimeout, clearTimeout, queueMicrotask, console, AbortController, listeners,
      navigator: { locks: { request: (name, act) => new Promise(resolve => {
        locks.set(name, [...locks.get(name) ?? [], { tab, act, resolve }]);
        grant(name);
      }) } },
      fetch: async () => exchange.tellsLogin ? new Response(exchange.login) : new Response('', { status: 404 }),
      addEventListener: (name, act) => listeners.push([name, act]),
      document: { baseURI: 'http://exchange.test/', currentScript: { src: 'http://exchange.test/js/switchboard.js' } },
    };
  };

  const run = (scope, part) => {
    const names = Object.keys(scope).filter(name => name !== 'globalThis');
    const text = script(part).replace(/\bimport\(/, '__import(');
    return new Function('globalThis', '__import', ...names, text)(scope, async () => run(scope, 'tabs'), ...names.map(name => scope[name]));
  };

  const open = options => {
    const tab = { dead: false, sockets: [] }, scope = world(tab);
    tabs.add(tab);
    ever.push(tab);
    run(scope, 'core');
    tab.sb = new scope.Switchboard({ transports: ['websocket'], sharedBetweenTabs: 'ann', ...options });
    tab.states = [];
    tab.sb.on('state', e => tab.states.push(e));
    tab.follow = (name, options) => {
      tab.heard = [];
      tab.events = [];
      tab.room = tab.sb.subscribe(name, data => tab.heard.push(data), options);
      for (const event of ['subscribed', 'gap', 'join', 'leave', 'error']) tab.room.on(event, e => tab.events.push([event, e]));
      return tab;
    };
    /** The user closes it: nothing of it runs any more. With notice, as browsers mostly give, or without, as when it crashes. */
    tab.shut = ({ notice = false } = {}) => {
      if (notice) for (const [name, act] of scope.listeners) if (name === 'pagehide') act({ persisted: false });
      tab.dead = true;
      tabs.delete(tab);
      for (const channel of [...channels]) if (channel.tab === tab) channels.delete(channel);
      for (const socket of tab.sockets) exchange.sockets.delete(socket);
      for (const [name, queue] of locks) for (const entry of queue.filter(e => e.tab === tab)) release(name, entry);
    };
    return tab;
  };
  t.after(() => {
    for (const tab of tabs) tab.shut();
    for (const tab of ever) try { tab.sb.disconnect(); } catch { /* only its timers matter */ }
  });
  return { open, running, crash: name => { const worker = running.get(name); worker.dead = true; } };
}
