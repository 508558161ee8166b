/** What the compatibility tests share: the deployment under test, waiting for conditions, and a line that can be cut. */
import { once } from 'node:events';
import net from 'node:net';
import WebSocket from 'ws';
import { Centrifuge } from 'centrifuge';
import { EventSource } from 'eventsource';

if (!process.env.SWITCHBOARD_URL) throw new Error('SWITCHBOARD_URL must name the deployment, e.g. http://127.0.0.1:8080/switchboard');

export const BASE = process.env.SWITCHBOARD_URL.replace(/\/$/, '');
export const wsUrl = path => BASE.replace(/^http/, 'ws') + path;

/** How the SDK is to reach it: websocket, http_stream or sse. */
const TRANSPORT = process.env.SWITCHBOARD_TRANSPORT ?? 'websocket';

/** Far above what any step needs: it ends a hung test, it measures nothing. */
export const PATIENCE = 30_000;

/** A channel that no other run has used. */
export const fresh = namespace => `${namespace}:${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;

/** The arguments of the first event of that name which fits. */
export function event(emitter, name, fits = () => true) {
  const coming = new Promise((resolve, reject) => {
    const timer = setTimeout(() => { emitter.off(name, hear); reject(new Error(`no fitting '${name}' came`)); }, PATIENCE);
    timer.unref(); // the line it listens to keeps the process; a test that failed earlier need not wait for it
    function hear(context) {
      if (!fits(context)) return;
      clearTimeout(timer);
      emitter.off(name, hear);
      resolve(context);
    }
    emitter.on(name, hear);
  });
  coming.catch(() => {}); // only who awaits it learns of it: a test that failed earlier has its own reason
  return coming;
}

/** Resolves when the socket has closed, with code and reason as text. */
export async function closing(socket) {
  const [code, reason] = await once(socket, 'close', { signal: AbortSignal.timeout(PATIENCE) });
  return { code, reason: String(reason) };
}

export async function until(condition, what) {
  const end = Date.now() + PATIENCE;
  for (let value; Date.now() < end; await new Promise(resolve => setTimeout(resolve, 20))) if ((value = await condition())) return value;
  throw new Error(`still not: ${what}`);
}

/** An SDK client that ends with the test; connects at once unless `connect: false`. */
export async function client(t, { connect = true, base = BASE, ...options } = {}) {
  const endpoint = (TRANSPORT === 'websocket' ? base.replace(/^http/, 'ws') : base) + `/connection/${TRANSPORT}`;
  const centrifuge = new Centrifuge([{ transport: TRANSPORT, endpoint }], {
    websocket: WebSocket, fetch, readableStream: ReadableStream, eventsource: EventSource,
    emulationEndpoint: `${base}/emulation`, // the SDK would look for it at the root of the host
    ...options,
  });
  t.after(() => centrifuge.disconnect());
  if (connect) {
    const connected = event(centrifuge, 'connected');
    centrifuge.connect();
    centrifuge.id = (await connected).client;
  }
  return centrifuge;
}

/** A subscription that has been answered, with all it heard in `heard`. */
export async function follow(centrifuge, channel, options) {
  const subscription = centrifuge.newSubscription(channel, options);
  subscription.heard = [];
  subscription.on('publication', p => subscription.heard.push(p));
  const subscribed = event(subscription, 'subscribed');
  subscription.subscribe();
  subscription.first = await subscribed;
  return subscription;
}

export async function probe(parameters) {
  const answer = await fetch(`${BASE}/probe?${new URLSearchParams(parameters)}`);
  if (!answer.ok) throw new Error(`probe answered ${answer.status}: ${await answer.text()}`);
}

/**
 * A TCP line to the deployment: `cut()` breaks it and refuses new calls, `mend()` takes them again, `mute()` swallows everything
 * on the calls of that moment, their end included, as a dead network does.
 */
export async function line(t) {
  const { hostname, port } = new URL(BASE);
  const pairs = new Set();
  let up = true, muted = false;
  const server = net.createServer(near => {
    if (!up) return near.destroy();
    const far = net.connect(port || 80, hostname), pair = [near, far];
    pairs.add(pair);
    const swallows = () => muted && !pair.afterMute;
    near.on('data', data => swallows() || far.write(data));
    far.on('data', data => swallows() || near.write(data));
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.on('close', () => { if (swallows() && socket === far) return; pairs.delete(pair); near.destroy(); far.destroy(); });
    }
    pair.afterMute = muted; // calls made after the line fell silent go through, so that a client can come back
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => { up = false; for (const [near, far] of pairs) { near.destroy(); far.destroy(); } };
  t.after(() => { cut(); server.close(); });
  const base = new URL(BASE);
  base.hostname = '127.0.0.1';
  base.port = server.address().port;
  return { base: base.href, cut, mend() { up = true; }, mute() { muted = true; } };
}
