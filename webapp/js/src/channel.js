/** What a page holds of one channel. Made by `subscribe` and `channel` of the connection. */
import { CONNECTION_LOST, NO_ANSWER, TOKEN_EXPIRED, TOO_SLOW } from './common.js';
import { backoff, fetchToken, onAbort, renewal, speaker, SwitchboardError } from './common.js';

const TOKEN_PASSED = 2501;

const positionOf = since => typeof since === 'number' ? { offset: since, epoch: '' } : since;

const member = info => info ? { client: info.client, user: info.user, info: info.conn_info, channelInfo: info.chan_info } : null;

/**
 * One channel as this page follows it. Events: publication, subscribed, join, leave, gap, error. `wire` is what the connection
 * lets it do: ask (a promise), send (now, or never), restart, forget. Returns the page's object and the connection's handle.
 */
export const follow = (wire, channel, handler, { since, presence = false, getToken, signal, buffer = 1024 } = {}) => {
  const ends = new Set();
  let position = positionOf(since), live = false, over = false, stumbles = 0, round = 0, token, retry, renewed;

  const meta = ({ offset, info, tags }, recovered) => ({ channel, offset, from: member(info), tags, recovered });
  const handOut = (publication, recovered) => emit('publication', publication.data, meta(publication, recovered));
  const standing = () => position && { ...position };

  /** Says subscribe on the connection, from the position held, if one is held. */
  const join = async () => {
    const mine = ++round;
    try { if (getToken && !token) token = await fetchToken(getToken, channel); } catch (e) { return mine === round && refused(e); }
    if (mine !== round) return; // the connection was lost meanwhile, or the page left
    const recover = position && { recover: true, ...position };
    wire.send({ subscribe: { channel, token, recoverable: true, join_leave: presence, ...recover } }, joined, refused);
  };

  const stop = () => {
    live = false;
    round++;
    clearTimeout(retry);
    renewed?.();
  };

  const joined = ({ was_recovering, recovered = false, recoverable, epoch = '', offset = 0, publications = [], ttl }) => {
    if (over) return; // unsubscribe follows on the wire
    const before = standing(), wasRecovering = !!(was_recovering && before), failed = wasRecovering && !recovered;
    const seen = before && (!before.epoch || before.epoch === epoch) ? before.offset : 0;
    const missed = failed ? [] : publications.filter(p => !p.offset || p.offset > seen);
    live = true;
    position = recoverable ? { offset: missed.at(-1)?.offset ?? offset, epoch } : undefined;
    if (ttl && getToken) renewed = renewal(ttl, getToken, channel, t => wire.ask({ sub_refresh: { channel, token: token = t } }), end);
    if (failed) emit('gap', { reason: 'unrecovered', before, now: standing() });
    emit('subscribed', { wasRecovering, recovered, missed: missed.length });
    for (const publication of missed) if (live) handOut(publication, true);
  };

  const heard = publication => {
    const { offset, epoch } = publication, before = standing();
    stumbles = 0;
    if (before && offset) {
      const replaced = epoch && before.epoch && epoch !== before.epoch;
      if (!replaced && offset <= before.offset) return;
      position = { offset, epoch: epoch || before.epoch };
      // Another stream took over while live: nothing says how the old one ended.
      if (replaced) emit('gap', { reason: 'epoch', before, now: standing() });
    }
    handOut(publication, false);
  };

  const refused = error => {
    if (over || error.code === CONNECTION_LOST) return; // the next connection subscribes again
    if (error.code === NO_ANSWER) return wire.restart(error.message);
    if (error.code === TOKEN_EXPIRED) token = undefined;
    if (!error.temporary) return end(error);
    rejoin(backoff(stumbles++));
    if (error.code !== TOKEN_EXPIRED || stumbles > 1) emit('error', error); // a token that slept too long is no news
  };

  const expelled = ({ code, reason }) => {
    stop();
    if (code === TOKEN_PASSED) token = undefined;
    // At once the first time; a server that keeps expelling is asked ever more slowly, until something is heard live.
    if (code >= 2500) rejoin(stumbles++ && backoff(stumbles));
    else end(new SwitchboardError(code, reason || 'unsubscribed by the server'));
  };

  const rejoin = delay => { retry = setTimeout(join, delay); }; // a lost connection clears this timer by stop

  const quit = error => {
    over = true;
    stop();
    unheed();
    for (const finish of ends) finish(error);
  };

  const end = error => {
    const there = live;
    quit(error);
    wire.forget(there).catch(() => {}); // what matters is told below
    emit('error', error);
  };

  const room = {
    channel,

    /** Where this page stands in the channel; undefined in a channel without recovery. */
    get position() { return standing(); },

    publish: (data, { key, ...options } = {}) => wire.ask({ publish: { channel, data, sb_key: key } }, options),

    async history({ limit = 100, since, reverse = false, ...options } = {}) {
      const answer = await wire.ask({ history: { channel, limit, since: positionOf(since), reverse } }, options);
      return {
        offset: answer.offset ?? 0, epoch: answer.epoch ?? '',
        publications: (answer.publications ?? []).map(p => ({ data: p.data, meta: meta(p, false) })),
      };
    },

    members: async options => Object.values((await wire.ask({ presence: { channel } }, options)).presence ?? {}).map(member),

    /** What is still on the wire is not handed out any more. */
    async unsubscribe() {
      if (over) return;
      quit();
      await wire.forget(true);
    },

    /** What is said from now on. It ends with the subscription, and with an error where that ended with one. */
    async *[Symbol.asyncIterator]() {
      const waiting = [];
      let wake, done, problem;
      const finish = error => { done = true; problem ??= error; wake?.(); };
      const off = room.on('publication', (data, meta) => {
        if (done) return;
        // A loop that cannot follow is told so: to drop the oldest would be a silent gap.
        if (waiting.push({ data, meta }) > buffer) finish(new SwitchboardError(TOO_SLOW, `more than ${buffer} publications wait`));
        wake?.();
      });
      ends.add(finish);
      if (over) finish();
      try {
        for (;;) {
          if (problem) throw problem;
          if (done) return;
          if (waiting.length) yield waiting.shift(); else await new Promise(resolve => { wake = resolve; });
        }
      } finally {
        off();
        ends.delete(finish);
      }
    },
  };

  const emit = speaker(room);
  if (handler) room.on('publication', handler);
  const unheed = onAbort(signal, () => room.unsubscribe().catch(() => {}));

  return { room, join, stop, skipped: count => emit('gap', { reason: 'skipped', count }), hear({ pub, join, leave, unsubscribe }) {
    if (!live) return; // left on the wire by an earlier subscription to this channel
    if (pub) heard(pub);
    if (join) emit('join', member(join.info));
    if (leave) emit('leave', member(leave.info));
    if (unsubscribe) expelled(unsubscribe);
  } };
};
