/** What the parts of the page client share. */

// Below 100: said by this client itself, never by a server.
export const NO_ANSWER = 1, CONNECTION_LOST = 2, DISCONNECTED = 3, NO_TOKEN = 4, QUEUE_FULL = 50, TOO_SLOW = 51;
export const TOKEN_EXPIRED = 109, TOO_LARGE = 1009, TRY_LATER = 1013;

/** `temporary` says that the same may succeed later; so may what was refused because of an expired token. */
export class SwitchboardError extends Error {
  constructor(code, message, temporary = code === TOKEN_EXPIRED) {
    super(message);
    Object.assign(this, { name: 'SwitchboardError', code, temporary });
  }
}

/** Full jitter, drawn after the cap: a crowd that lost its server at one moment spreads over the whole span. */
export const backoff = attempt => Math.random() * Math.min(20_000, 500 * 2 ** attempt);

/** Does it when the signal says so, or soon if it has said so already; returns what takes that back. */
export const onAbort = (signal, act) => {
  if (signal?.aborted) queueMicrotask(act);
  signal?.addEventListener('abort', act);
  return () => signal?.removeEventListener('abort', act);
};

/** Gives `target` its `on(name, listener)`, which returns what ends it; and its owner the way to call the listeners. */
export const speaker = target => {
  const all = new Map();
  target.on = (name, listener, { signal } = {}) => {
    const set = all.get(name) ?? new Set();
    all.set(name, set.add(listener));
    const off = () => { set.delete(listener); kept(); }, kept = onAbort(signal, () => set.delete(listener));
    return off;
  };
  return (name, ...news) => {
    const listeners = [...all.get(name) ?? []];
    for (const listener of listeners) {
      // A page's own mistake must not stop the frame in which other publications wait: it is reported as uncaught instead.
      try { listener(...news); } catch (mistake) { queueMicrotask(() => { throw mistake; }); }
    }
    if (name === 'error' && !listeners.length) console.error(...news); // nobody listens, but a failure is never silent
  };
};

/**
 * A token from the page, or an error: final where the page has none (null) or says so by an error of ours that is not
 * temporary; any other may pass, like a network that is not there yet.
 */
export const fetchToken = async (getToken, channel) => {
  let token;
  try { token = await getToken(channel); } catch (e) {
    throw e instanceof SwitchboardError ? e : new SwitchboardError(NO_TOKEN, `${e}`, true);
  }
  if (!token) throw new SwitchboardError(NO_TOKEN, 'no token');
  return token;
};

/**
 * Keeps what ends after `ttl` seconds alive by a new token, well before the end. `say(token)` resolves with an answer that has
 * the next `ttl`; `fail(error)` is told what will not pass. Returns what stops it.
 */
export const renewal = (ttl, getToken, channel, say, fail) => {
  let timer, attempt = 0, over;
  const later = ms => { timer = setTimeout(renew, ms); };
  const renew = async () => {
    try {
      const token = await fetchToken(getToken, channel);
      const answer = over ? {} : await say(token);
      attempt = 0;
      if (!over && answer.ttl) next(answer.ttl);
    } catch (error) {
      if (over) return;
      if (error.temporary) later(1000 + backoff(attempt++)); else fail(error);
    }
  };
  // Somewhere between 70 and 85 %: a crowd that connected at one moment does not come for tokens at one moment. Timers end at 2^31.
  const next = seconds => later(Math.min(2 ** 31 - 1, seconds * 1000 * (0.7 + Math.random() * 0.15)));
  next(ttl);
  return () => { over = true; clearTimeout(timer); };
};
