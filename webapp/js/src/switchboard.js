/**
 * Switchboard's page client: live channels over one connection, recovered by itself after every break.
 *
 *   const sb   = new Switchboard();
 *   const room = sb.subscribe('chat:lobby', (data, meta) => show(data, meta.from));
 *   await room.publish({ text: 'hello' });
 *
 * Every verb that talks to the server returns a promise that settles with the server's answer. No publication is handed out
 * twice, and one that cannot be had any more is told: `gap`.
 */
import { follow } from './channel.js';
import { CONNECTION_LOST, DISCONNECTED, NO_ANSWER, QUEUE_FULL, TOO_LARGE } from './common.js';
import { backoff, fetchToken, onAbort, renewal, speaker, SwitchboardError } from './common.js';
import { names, opener } from './lines.js';

export { SwitchboardError };

const ANSWER_WITHIN = 10_000;
const UP_WITHIN = 5_000;
const PING_GRACE = 10_000;
const QUEUE_LIMIT = 256;

/** Closes after which the server does not want this client back; too large: the same message would be too large again. */
const isFinal = code => code === TOO_LARGE || (code >= 3500 && code < 5000 && code % 1000 >= 500);

/** One connection to the exchange and all channels on it. Events: state, message, error. */
export class Switchboard {
  constructor({ url = Switchboard.base, transports = names, getToken, sharedBetweenTabs, name = 'page', autoConnect = true } = {}) {
    const base = `${new URL(url, globalThis.document?.baseURI).href.replace(/\/$/, '')}/`;
    const channels = new Map(), asked = new Map(); // asked: commands on the wire by id
    let state = 'closed', client, transport, open = !sharedBetweenTabs && opener(base);
    let line, turn = 0, greeted, up, pong; // greeted: commands may go out; up: something came back
    let queue = [], lastId = 0; // commands that wait for a connection
    let order, nth = 0, worked, attempt = 0, lived, retry; // lived: up to its first ping
    let heardAt, silence, watch, renewed, emit;

    const become = (next, why) => {
      const news = next !== state || why;
      state = next;
      if (news) emit('state', { state, ...why });
    };

    // What came through is kept until the evening: another day, or another network, may let more through.
    const dated = way => `${new Date().toDateString()}/${way}`;
    const keep = () => {
      worked = dated(transport);
      try { localStorage.setItem(base, worked); } catch { /* site data is blocked: each page finds out for itself */ }
    };

    /** What to try, in this order. What worked here is given two more chances before anything else is believed to be better. */
    const choose = () => {
      let kept = worked;
      try { kept ??= localStorage.getItem(base); } catch { /* see above */ }
      const first = transports.filter(way => dated(way) === kept);
      return worked && first[0] && attempt < 2 ? first : [...new Set([...first, ...transports])];
    };

    /** Connects now: after `disconnect()`, after a final close, or without waiting for the next attempt. */
    const connect = () => {
      clearTimeout(retry);
      if (line) return;
      if (state === 'closed') attempt = nth = 0;
      if (!nth) order = choose();
      const mine = ++turn;
      line = { close() {} }; // holds the place until there is one
      if (getToken || sharedBetweenTabs) prepare().then(token => mine === turn && dial(token), error => mine === turn && refused(error));
      else dial();
      become('connecting');
    };

    const prepare = async () => {
      open ||= await share();
      return getToken && fetchToken(getToken);
    };

    /** The ways of the connection that all tabs have; one of its own if that cannot be. */
    const share = async () => {
      try {
        await import(/* webpackIgnore: true */ /* @vite-ignore */ `${base}js/switchboard.tabs.js`);
        return globalThis.SwitchboardTabs(opener(base), base, sharedBetweenTabs);
      } catch (e) {
        console.warn('not shared between tabs:', e);
        return opener(base);
      }
    };

    const dial = token => {
      const mine = turn, heed = act => (...news) => { if (mine === turn) act(...news); };
      silence = attempt ? ANSWER_WITHIN : UP_WITHIN;
      heard();
      look();
      const ear = { open: heed((way = order[nth]) => greet(way, token)), hear: heed(hear), close: heed(lost) };
      try { line = open(order[nth], ear); } catch (e) { lost(CONNECTION_LOST, `${e}`); }
    };

    const greet = (way, token) => {
      transport = way;
      greeted = true;
      send({ connect: { token, name } }, welcome, refused);
      // Before the connect answer, which spares a round trip.
      for (const channel of channels.values()) channel.join();
    };

    const refused = ({ code, message, temporary }) => {
      if (code !== CONNECTION_LOST) if (temporary) lost(code, message); else end(code, message);
    };

    const welcome = answer => {
      client = answer.client;
      pong = answer.pong && !line.pongs;
      line.welcome?.(answer);
      silence = answer.ping && answer.ping * 1000 + PING_GRACE;
      look();
      if (!silence) forgive();
      if (answer.ttl && getToken) {
        renewed = renewal(answer.ttl, getToken, undefined, token => ask({ refresh: { token } }), e => end(e.code, e.message));
      }
      keep();
      become('open', { transport });
      for (const { command, resolve, reject } of queue.splice(0)) send(command, resolve, reject);
    };

    const hear = replies => {
      const mine = turn;
      heard();
      for (const reply of replies) if (mine === turn) take(reply); // a listener may have disconnected meanwhile
    };

    const take = ({ id, error, push, ...answer }) => {
      up = true;
      if (id) answered(id, error && new SwitchboardError(error.code, error.message, error.temporary), Object.values(answer)[0] ?? {});
      else if (!push) pinged();
      else if (push.message) told(push.message.data);
      else if (push.disconnect) lost(push.disconnect.code, push.disconnect.reason);
      else channels.get(push.channel)?.hear(push);
    };

    const answered = (id, error, result) => {
      const { timer, done, fail } = asked.get(id) ?? {};
      clearTimeout(timer);
      // None: it was given up.
      if (asked.delete(id)) if (error) fail(error); else done(result);
    };

    const pinged = () => {
      forgive(); // only a connection that lived to its first ping forgives the failures before it
      if (pong) line.send({});
    };

    const forgive = () => {
      attempt = 0;
      lived = true;
    };

    /** A reader so slow that the server had to skip ahead is told how much it missed. */
    const told = data => {
      if (data?.sb === 'missed') channels.get(data.channel)?.skipped(data.count); else emit('message', data);
    };

    const heard = () => { heardAt = Date.now(); };

    /** Compares clocks: timers of hidden pages and of machines that slept come late. */
    const look = () => {
      clearTimeout(watch);
      if (!silence) return;
      const now = Date.now();
      heardAt = Math.min(heardAt, now); // the clock was put back
      if (now - heardAt < silence) watch = setTimeout(look, heardAt + silence - now); else restart('nothing heard');
    };

    const restart = reason => lost(CONNECTION_LOST, reason);

    const lost = (code, reason = '') => {
      if (isFinal(code)) return end(code, reason);
      const unheard = code < 1007, [, told] = /(\d{1,6}) ms/.exec(reason) ?? [], way = !up && unheard && order[++nth];
      hangUp();
      if (way) return connect(); // nothing came back: another way, at once
      nth = 0;
      // The time the server told; a network's hiccup is tried again at once, but only once; else ever more slowly.
      const retryIn = told ? Math.max(told, backoff(attempt++ - 3)) : lived && unheard ? Math.random() * 100 : backoff(attempt++);
      lived = false;
      retry = setTimeout(connect, retryIn);
      become('connecting', { code, reason, retryIn });
    };

    const end = (code, reason) => {
      hangUp();
      for (const { reject } of queue.splice(0)) reject(new SwitchboardError(code, reason));
      become('closed', { code, reason });
    };

    /** Lets go of the line without waiting for its end, which a dead network delays by minutes. */
    const hangUp = () => {
      clearTimeout(retry);
      clearTimeout(watch);
      renewed?.();
      line?.close();
      turn++;
      line = client = transport = greeted = up = silence = undefined;
      state = 'connecting';
      for (const channel of channels.values()) channel.stop();
      for (const id of asked.keys()) answered(id, new SwitchboardError(CONNECTION_LOST, 'connection lost', true));
    };

    const send = (command, done, fail) => {
      const id = ++lastId;
      const timer = setTimeout(() => answered(id, new SwitchboardError(NO_ANSWER, 'no answer in time', true)), ANSWER_WITHIN);
      asked.set(id, { done, fail, timer });
      line.send({ ...command, id });
    };

    /** Sends now, or queues while connecting; a full queue and a closed connection reject at once. */
    const ask = (command, { signal } = {}) => {
      let unheed;
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const entry = { command, resolve, reject };
        unheed = onAbort(signal, () => {
          queue = queue.filter(e => e !== entry); // what is on the wire already stays there
          reject(signal.reason);
        });
        if (state === 'open') send(command, resolve, reject);
        else if (state === 'closed') reject(new SwitchboardError(DISCONNECTED, 'disconnected'));
        else if (queue.length < QUEUE_LIMIT) queue.push(entry);
        else reject(new SwitchboardError(QUEUE_FULL, `${QUEUE_LIMIT} commands wait already`, true));
      }).finally(() => unheed?.());
    };

    const subscribe = (name, handler, options) => {
      if (channels.has(name)) throw new SwitchboardError(105, `already subscribed to ${name}`);
      const forget = async leave => {
        if (channels.get(name) !== channel) return;
        channels.delete(name);
        // A connection lost on the way has left the channel too.
        if (leave && greeted) await new Promise((resolve, reject) => {
          send({ unsubscribe: { channel: name } }, resolve, error => error.code === CONNECTION_LOST ? resolve() : reject(error));
        });
      };
      const channel = follow({ ask, send, restart, forget }, name, handler, options);
      channels.set(name, channel);
      if (greeted) channel.join();
      return channel.room;
    };

    const sb = {
      __proto__: new.target.prototype,
      /** connecting, open or closed. Only `connect` leads out of closed; connecting ends by itself, sooner or later. */
      get state() { return state; },
      /** This connection's client id, as members and senders show it; another one after each reconnect. */
      get client() { return client; },
      /** The way in use. */
      get transport() { return transport; },
      connect,
      disconnect: () => end(DISCONNECTED, 'disconnected'),
      subscribe,
      channel: (name, options) => channels.get(name)?.room ?? subscribe(name, undefined, options),
      call: async (method, data, options) => (await ask({ rpc: { method, data } }, options)).data,
    };
    emit = speaker(sb);

    const wake = () => {
      look();
      if (state === 'connecting') connect();
    };
    const onPage = (name, act) => globalThis.addEventListener?.(name, act);
    onPage('online', wake);
    onPage('pageshow', wake);
    onPage('visibilitychange', look);
    // An open socket keeps a page out of the back/forward cache, or breaks it there.
    onPage('pagehide', e => { if (e.persisted && state !== 'closed') hangUp(); });
    if (autoConnect) connect();
    return sb;
  }
}

Switchboard.opener = opener; // for the tabs' shared worker
Switchboard.Error = SwitchboardError;
