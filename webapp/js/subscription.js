/** What a page holds of one channel, and the small things it shares with the connection. Pages import `switchboard.js`. */

// Below 100: said by this client itself, never by a server.
export const NO_ANSWER = 1, CONNECTION_LOST = 2, DISCONNECTED = 3, QUEUE_FULL = 50;
const TOKEN_EXPIRED = 109;

/** Full jitter, drawn after the cap: a crowd that lost its server at one moment spreads over the whole span. */
export const backoff = attempt => Math.random() * Math.min(20_000, 500 * 2 ** attempt);

/** `temporary` says that the same may succeed later. */
export class SwitchboardError extends Error {
  constructor(code, message, temporary = false) {
    super(message);
    Object.assign(this, { name: 'SwitchboardError', code, temporary });
  }

  get mayPass() { return this.temporary || this.code === TOKEN_EXPIRED; }
}

/** A page's own mistake must not stop the frame in which other publications wait: it is reported as uncaught instead. */
const guarded = (listener, ...args) => {
  try { listener(...args); } catch (mistake) { queueMicrotask(() => { throw mistake; }); }
};

export class Events {
  #listeners = new Map();

  /** Calls `listener` at each event of that name; the returned function ends it. */
  on(name, listener) {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  }

  _emit(name, event) {
    const listeners = [...this.#listeners.get(name) ?? []];
    for (const listener of listeners) guarded(listener, event);
    if (name === 'error' && !listeners.length) console.error(event); // nobody listens, but a failure is never silent
  }
}

const positionOf = since => typeof since === 'number' ? { offset: since, epoch: '' } : since;

const member = info => info ? { client: info.client, user: info.user, info: info.conn_info, channelInfo: info.chan_info } : null;

/** One channel as this page follows it, made by `Switchboard.subscribe`. Events: subscribed, join, leave, gap, error. */
export class Subscription extends Events {
  #sb; #handler; #presence; #position; #live = false; #over = false; #stumbles = 0; #retry;

  constructor(sb, channel, handler, { since, presence = false } = {}) {
    super();
    this.channel = channel;
    this.#sb = sb; this.#handler = handler; this.#presence = presence; this.#position = positionOf(since);
  }

  /** Where this page stands in the channel, `{offset, epoch}`; undefined in a channel without recovery. */
  get position() { return this.#position && { ...this.#position }; }

  publish(data) { return this.#sb._ask({ publish: { channel: this.channel, data } }); }

  /** What was said before: the `limit` oldest after `since`, or with `reverse` the newest before it, newest first. */
  async history({ limit = 100, since, reverse = false } = {}) {
    const answer = await this.#sb._ask({ history: { channel: this.channel, limit, since: positionOf(since), reverse } });
    return {
      offset: answer.offset ?? 0, epoch: answer.epoch ?? '',
      publications: (answer.publications ?? []).map(p => ({ data: p.data, meta: this.#meta(p, false) })),
    };
  }

  /** Who is here now: `[{client, user, info, channelInfo}]`. */
  async members() {
    const answer = await this.#sb._ask({ presence: { channel: this.channel } });
    return Object.values(answer.presence ?? {}).map(member);
  }

  /** Ends it; what is still on the wire is not handed out any more. */
  unsubscribe() { this.#over = true; this._stop(); return this.#sb._leave(this); }

  /** Says subscribe on the connection, from the position held, if one is held. */
  _join() {
    const recover = this.#position && { recover: true, ...this.#position };
    this.#sb._send({ subscribe: { channel: this.channel, recoverable: true, join_leave: this.#presence, ...recover } },
      answer => this.#joined(answer), error => this.#refused(error));
  }

  _stop() { this.#live = false; clearTimeout(this.#retry); }

  _hear({ pub, join, leave, unsubscribe }) {
    if (!this.#live) return; // left on the wire by an earlier subscription to this channel
    if (pub) this.#heard(pub);
    if (join) this._emit('join', member(join.info));
    if (leave) this._emit('leave', member(leave.info));
    if (unsubscribe) this.#expelled(unsubscribe);
  }

  #joined({ was_recovering = false, recovered = false, recoverable = false, epoch = '', offset = 0, publications = [] }) {
    if (this.#over) return; // unsubscribe follows on the wire
    const before = this.position, failed = was_recovering && !recovered;
    const seen = before && (!before.epoch || before.epoch === epoch) ? before.offset : 0;
    const missed = failed ? [] : publications.filter(p => !p.offset || p.offset > seen);
    this.#live = true;
    this.#position = recoverable ? { offset: missed.at(-1)?.offset ?? offset, epoch } : undefined;
    if (failed) this._emit('gap', { reason: 'unrecovered', before, now: this.position });
    this._emit('subscribed', { wasRecovering: was_recovering, recovered, missed: missed.length });
    for (const publication of missed) if (this.#live) this.#handOut(publication, true);
  }

  #heard(publication) {
    const { offset, epoch } = publication, at = this.position;
    this.#stumbles = 0;
    if (at && offset) {
      const replaced = epoch && at.epoch && epoch !== at.epoch;
      if (!replaced && offset <= at.offset) return;
      this.#position = { offset, epoch: epoch || at.epoch };
      // Another stream took over while live: nothing says how the old one ended.
      if (replaced) this._emit('gap', { reason: 'epoch', before: at, now: this.position });
    }
    this.#handOut(publication, false);
  }

  #handOut(publication, recovered) { guarded(this.#handler, publication.data, this.#meta(publication, recovered)); }

  #meta({ offset, info, tags }, recovered) { return { channel: this.channel, offset, from: member(info), tags, recovered }; }

  #refused(error) {
    if (this.#over || error.code === CONNECTION_LOST) return; // the next connection subscribes again
    if (error.code === NO_ANSWER) return this.#sb._restart('no answer to subscribe');
    if (error.mayPass) this.#rejoin(backoff(this.#stumbles++)); else this.#end();
    this._emit('error', error);
  }

  #expelled({ code, reason }) {
    this._stop();
    // At once the first time; a server that keeps expelling is asked ever more slowly, until something is heard live.
    if (code >= 2500) return this.#rejoin(this.#stumbles++ && backoff(this.#stumbles));
    this.#end();
    this._emit('error', new SwitchboardError(code, reason || 'unsubscribed by the server'));
  }

  #rejoin(delay) { this.#retry = setTimeout(() => this._join(), delay); } // a lost connection clears this timer by _stop

  #end() { this.#over = true; this._stop(); this.#sb._drop(this); }
}
