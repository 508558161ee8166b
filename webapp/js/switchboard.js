/**
 * Switchboard's page client: live channels over one WebSocket, recovered by itself after every break.
 *
 *   const sb   = new Switchboard();
 *   const room = sb.subscribe('chat:lobby', (data, meta) => show(data, meta.from));
 *   await room.publish({ text: 'hello' });
 *
 * The wire is the Centrifuge client protocol, version 2, in JSON. Every verb that talks to the server returns a promise that
 * settles with the server's answer. No publication is handed out twice, and one that cannot be had any more is told: `gap`.
 */
import { backoff, CONNECTION_LOST, DISCONNECTED, Events, NO_ANSWER, QUEUE_FULL, Subscription, SwitchboardError } from './subscription.js';

export { Subscription, SwitchboardError };

const ANSWER_WITHIN = 10_000;
const PING_GRACE = 10_000;
const QUEUE_LIMIT = 256;

/** Closes after which the server does not want this client back; 1009: the same message would be too big again. */
const isFinal = code => code === 1009 || (code >= 3500 && code <= 3999) || (code >= 4500 && code <= 4999);

/** One connection to the exchange and all channels on it. Events: state, message. */
export class Switchboard extends Events {
  #url; #name; #client; #state = 'closed';
  #socket; #greeted = false; #pong = false; // greeted: commands may go out, though the connect answer may not be here yet
  #subscriptions = new Map();
  #lastId = 0;
  #asked = new Map(); // commands on the wire by id: done, fail, timer
  #queue = []; // commands that wait for a connection: command, resolve, reject
  #attempt = 0; #retry; #watch; #silence = ANSWER_WITHIN;

  constructor({ url = new URL('../connection/websocket', import.meta.url), name = 'page', autoConnect = true } = {}) {
    super();
    this.#url = new URL(url, globalThis.document?.baseURI).href.replace(/^http/, 'ws');
    this.#name = name;
    const comeBack = () => { if (this.#state === 'connecting') this.connect(); };
    globalThis.addEventListener?.('online', comeBack);
    globalThis.addEventListener?.('pageshow', comeBack);
    // An open socket keeps a page out of the back/forward cache, or breaks it there.
    globalThis.addEventListener?.('pagehide', e => { if (e.persisted && this.#state !== 'closed') this.#hangUp(); });
    if (autoConnect) this.connect();
  }

  /** connecting, open or closed. Only `connect()` leads out of closed; connecting ends by itself, sooner or later. */
  get state() { return this.#state; }

  /** This connection's client id, as members and senders show it; another one after each reconnect. */
  get client() { return this.#client; }

  /** Follows `channel` from now on, or from `since` (an offset or a position); `presence` asks for join and leave. */
  subscribe(channel, handler, options) {
    if (this.#subscriptions.has(channel)) throw new SwitchboardError(105, `already subscribed to ${channel}`);
    const subscription = new Subscription(this, channel, handler, options);
    this.#subscriptions.set(channel, subscription);
    if (this.#greeted) subscription._join();
    return subscription;
  }

  /** Connects now: after `disconnect()`, after a final close, or without waiting for the next attempt. */
  connect() {
    if (this.#socket) return; // a retry that comes due after an earlier call ends here
    if (this.#state === 'closed') this.#attempt = 0;
    const socket = this.#socket = new WebSocket(this.#url);
    socket.onopen = () => this.#greet();
    socket.onmessage = e => this.#read(socket, e.data);
    socket.onclose = e => this.#lost(e.code, e.reason);
    this.#silence = ANSWER_WITHIN;
    this.#heard();
    this.#become('connecting');
  }

  /** Stays away until `connect()`. Subscriptions keep their positions and recover from them; waiting commands are rejected. */
  disconnect() { this.#end(DISCONNECTED, 'disconnected by the page'); }

  #greet() {
    this.#greeted = true;
    this._send({ connect: { name: this.#name } }, answer => this.#welcome(answer), error => {
      if (error.code === CONNECTION_LOST) return;
      if (error.mayPass) this.#lost(error.code, error.message); else this.#end(error.code, error.message);
    });
    // Before the connect answer, which spares a round trip; in frames of their own, so that many stay below the frame limit.
    for (const subscription of this.#subscriptions.values()) subscription._join();
  }

  #welcome({ client, ping = 0, pong = false }) {
    this.#client = client;
    this.#pong = pong;
    this.#silence = ping && ping * 1000 + PING_GRACE;
    if (!ping) this.#attempt = 0;
    this.#heard();
    this.#become('open');
    for (const { command, resolve, reject } of this.#queue.splice(0)) this._send(command, resolve, reject);
  }

  #read(socket, frame) {
    this.#heard();
    let replies;
    try { replies = frame.split('\n').filter(Boolean).map(line => JSON.parse(line)); } catch { return this._restart('not understood'); }
    for (const reply of replies) if (this.#socket === socket) this.#hear(reply); // a listener may have disconnected meanwhile
  }

  #hear({ id, error, push, ...answer }) {
    if (id) this.#answered(id, error, Object.values(answer)[0] ?? {});
    else if (!push) this.#pinged();
    else if (push.message) this.#told(push.message.data);
    else if (push.disconnect) this.#lost(push.disconnect.code, push.disconnect.reason);
    else this.#subscriptions.get(push.channel)?._hear(push);
  }

  #answered(id, error, result) {
    const asked = this.#asked.get(id);
    if (!asked) return; // too late: it was given up
    clearTimeout(asked.timer);
    this.#asked.delete(id);
    if (error) asked.fail(new SwitchboardError(error.code, error.message, error.temporary)); else asked.done(result);
  }

  #pinged() {
    this.#attempt = 0; // only a connection that lived to its first ping forgives the failures before it
    if (this.#pong) this.#socket.send('{}');
  }

  /** A reader so slow that the server had to skip ahead is told how much it missed. */
  #told(data) {
    if (data?.sb === 'missed') this.#subscriptions.get(data.channel)?._emit('gap', { reason: 'skipped', count: data.count });
    else this._emit('message', data);
  }

  #heard() {
    clearTimeout(this.#watch);
    if (this.#silence) this.#watch = setTimeout(() => this._restart('nothing heard'), this.#silence);
  }

  #lost(code, reason) {
    if (isFinal(code)) return this.#end(code, reason);
    const retryIn = backoff(this.#attempt++);
    this.#hangUp();
    this.#retry = setTimeout(() => this.connect(), retryIn);
    this.#become('connecting', { code, reason, retryIn });
  }

  #end(code, reason) {
    this.#hangUp();
    for (const { reject } of this.#queue.splice(0)) reject(new SwitchboardError(code, reason));
    this.#become('closed', { code, reason });
  }

  /** Lets go of the socket without waiting for its close event, which a dead network delays by minutes. */
  #hangUp() {
    clearTimeout(this.#retry);
    clearTimeout(this.#watch);
    if (this.#socket) {
      this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
      this.#socket.close();
    }
    this.#socket = this.#client = undefined;
    this.#greeted = false;
    this.#state = 'connecting';
    for (const subscription of this.#subscriptions.values()) subscription._stop();
    for (const [id, { fail, timer }] of this.#asked) {
      clearTimeout(timer);
      this.#asked.delete(id);
      fail(new SwitchboardError(CONNECTION_LOST, 'connection lost before the answer', true));
    }
  }

  #become(state, why) {
    const news = state !== this.#state || why;
    this.#state = state;
    if (news) this._emit('state', { state, ...why });
  }

  _restart(reason) { this.#lost(CONNECTION_LOST, reason); }

  _drop({ channel }) { this.#subscriptions.delete(channel); } // only the one that holds the name gets here: see #over

  async _leave(subscription) {
    const { channel } = subscription;
    if (this.#subscriptions.get(channel) !== subscription) return;
    this._drop(subscription);
    if (!this.#greeted) return;
    // A connection lost on the way has left the channel too.
    await new Promise((resolve, reject) => this._send({ unsubscribe: { channel } }, resolve,
      error => error.code === CONNECTION_LOST ? resolve() : reject(error)));
  }

  _send(command, done, fail) {
    const id = ++this.#lastId;
    const timer = setTimeout(() => this.#answered(id, { code: NO_ANSWER, message: 'no answer in time', temporary: true }), ANSWER_WITHIN);
    this.#asked.set(id, { done, fail, timer });
    this.#socket.send(JSON.stringify({ ...command, id }));
  }

  /** Sends now, or queues while connecting; a full queue and a closed connection reject at once. */
  _ask(command) {
    return new Promise((resolve, reject) => {
      if (this.#state === 'open') this._send(command, resolve, reject);
      else if (this.#state === 'closed') reject(new SwitchboardError(DISCONNECTED, 'disconnected'));
      else if (this.#queue.length < QUEUE_LIMIT) this.#queue.push({ command, resolve, reject });
      else reject(new SwitchboardError(QUEUE_FULL, `${QUEUE_LIMIT} commands already wait for a connection`, true));
    });
  }
}
