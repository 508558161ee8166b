/**
 * One connection for all tabs of one login. A hub has it, in a shared worker or else in one of the tabs, and speaks to each tab
 * as the exchange would. All that is difficult stays in the tabs' own clients, positions, recovery and backing off: a hub that
 * loses its connection tells its tabs, and the first that comes back makes it connect anew. See docs/decisions/012-tabs.md.
 *
 * They talk over a broadcast channel. From a line of a tab: `{from, open: way}`, `{from, say: command}`, `{from}` at its end. From
 * the hub: `{to: lines, verb, news}`, with what a line tells as verb, or with none so that its silence is not misunderstood; and
 * `{lead}` when it takes over.
 */
(() => {
  const RECENT = 512; // publications per channel that a hub keeps for tabs that come later
  const HUB_WITHIN = 3000;
  const LOST = 2, AT_ONCE = [1012, 'come back in 0 ms'];
  const { locks } = globalThis.navigator ?? {};

  /** Which login the exchange sees, in a word that tells nothing else; nothing where it does not say. */
  const login = async base => {
    const answer = await fetch(`${base}connection/login`, { cache: 'no-store' });
    return answer.ok && `?${await answer.text()}`;
  };

  const hub = (open, name, post) => {
    const [base, key] = name.split(' ');
    const tabs = new Set(), channels = new Map(), asked = new Map();
    let line, turn = 0, way, up, greeted, greeting = [], lastId = 0;

    const say = (command, done) => {
      asked.set(++lastId, done);
      line.send({ ...command, id: lastId });
    };

    /** Everybody is told, and comes back by himself. */
    const close = (...why) => {
      line?.close();
      turn++;
      line = up = greeted = undefined;
      greeting = [];
      post(tabs, 'close', ...why);
      for (const each of [tabs, channels, asked]) each.clear();
    };

    const dial = () => {
      const mine = turn, heed = act => (...news) => { if (mine === turn) act(...news); };
      line = open(way, {
        open: heed(() => post(tabs, 'open', up = way)),
        hear: heed(replies => { for (const reply of replies) if (mine === turn) hear(reply); }),
        close: heed(close),
      });
    };

    const greet = (command, answer) => {
      if (greeted) return answer(greeted);
      if (greeting.push(answer) < 2) say(command, reply => {
        const mine = turn;
        greeted = reply.connect && reply;
        if (greeted) line.welcome?.(reply.connect);
        for (const each of greeting) each(reply);
        if (!greeted) close(LOST);
        else if (key[0] === '?') login(base).then(now => { if (now !== key && mine === turn) close(LOST, 'another login'); });
      });
    };

    const hear = reply => {
      const { id, push } = reply, { channel, pub, unsubscribe, disconnect } = push ?? {}, known = channels.get(channel);
      if (id) {
        asked.get(id)?.(reply);
        asked.delete(id);
      } else if (disconnect) close(disconnect.code, disconnect.reason);
      else if (!channel) {
        if (!push && !line.pongs) line.send({});
        post(tabs, 'hear', [reply]);
      } else if (known?.answer) {
        if (pub) remember(known, pub);
        post(known.tabs, 'hear', [reply]);
        if (unsubscribe) channels.delete(channel);
      }
    };

    /** What is remembered reaches without a hole from `floor` to `top`, or starts anew. */
    const remember = (known, pub) => {
      const { offset, epoch = known.epoch } = pub;
      if (offset !== known.top + 1 || epoch !== known.epoch) Object.assign(known, { recent: [], floor: offset - 1, epoch });
      known.top = offset;
      if (known.recent.push(pub) > RECENT) known.floor = known.recent.shift().offset;
    };

    /** What the exchange would answer, where that is known here. */
    const subscribed = ({ joins, answer, epoch, floor, top, recent, cached, fresh }, { join_leave, recover, offset, epoch: from }) => {
      const same = recover && (!from || from === epoch);
      const told = (was_recovering, recovered, publications) =>
        ({ subscribe: { ...answer, epoch, offset: same ? Math.max(top, offset) : top, publications, was_recovering, recovered } });
      return (!join_leave || joins) && (cached ? told(true, true, same && offset >= top ? [] : recent.slice(-1))
        : !recover ? fresh && told()
          : !same ? told(true) : offset >= floor && told(true, true, recent.filter(pub => pub.offset > offset)));
    };

    const join = (who, wish, answer) => {
      const { channel, recover } = wish, known = channels.get(channel), later = [];
      if (known && !known.answer) return known.later.push(() => join(who, wish, answer));
      const reply = known && subscribed(known, wish);
      if (reply) {
        known.tabs.add(who);
        return answer(reply);
      }
      if (known) {
        // Only the exchange knows: it is asked anew, and those who listen come after, from where they stand.
        say({ unsubscribe: { channel } });
        post(known.tabs, 'hear', [{ push: { channel, unsubscribe: { code: 2500 } } }]);
      }
      const next = { later, tabs: new Set([who]), joins: wish.join_leave || known?.joins, recent: [] };
      channels.set(channel, next);
      say({ subscribe: { ...wish, join_leave: next.joins } }, reply => {
        const { publications = [], recovered, was_recovering, offset, epoch } = next.answer = reply.subscribe ?? {};
        next.floor = next.top = (recover && recovered ? wish.offset : offset) ?? 0;
        next.epoch = epoch ?? '';
        next.fresh = !recover || known?.fresh;
        next.cached = !recover && was_recovering || known?.cached;
        for (const pub of publications) remember(next, pub);
        if (reply.error) channels.delete(channel); else leave(channel);
        answer(reply);
        for (const again of later) again();
      });
    };

    const leave = (channel, who) => {
      const known = channels.get(channel);
      known?.tabs.delete(who);
      if (!known?.answer || known.tabs.size) return;
      channels.delete(channel);
      say({ unsubscribe: { channel } });
    };

    const drop = who => {
      tabs.delete(who);
      for (const channel of [...channels.keys()]) leave(channel, who);
      if (!tabs.size) close();
    };

    return {
      close,
      obey({ from, open: wish, say: said }) {
        const to = new Set([from]);
        if (wish) {
          tabs.add(from);
          locks.request(from, () => drop(from)); // granted when the tab is gone, however it went
          post(to, up && 'open', up);
          if (!line) dial(way = wish);
        } else if (!tabs.has(from)) return;
        else if (!said) {
          drop(from);
          if (!greeted) close(LOST); // nothing came back this way, says one of them: all try the next
        } else {
          const { id, connect, subscribe, unsubscribe } = said, answer = reply => post(to, 'hear', [{ ...reply, id }]);
          if (connect) greet(said, answer);
          else if (subscribe) join(from, subscribe, answer);
          else if (unsubscribe) answer(leave(unsubscribe.channel, from) ?? said);
          else if (id) say(said, answer); // pongs are for the hub to say
        }
      },
    };
  };

  /** Becomes the hub as soon as there is no other, and stays it until this page is left. */
  const lead = (open, name) => locks.request(name, () => new Promise(release => {
    const radio = new BroadcastChannel(name), { obey, close } = hub(open, name, (to, verb, ...news) => radio.postMessage({ to, verb, news }));
    radio.onmessage = ({ data }) => { if (data.from) obey(data); };
    radio.postMessage({ lead: true });
    addEventListener('pagehide', () => {
      close(...AT_ONCE);
      radio.close();
      release();
    }, { once: true });
  }));

  if (globalThis.importScripts) {
    importScripts('switchboard.js');
    return lead(globalThis.Switchboard.opener(name.split(' ')[0]), name);
  }

  const standing = {};

  /** Lines to the hub of all tabs whose `key` is the same, `true` asks the exchange for it; lines of their own where no hub answers. */
  globalThis.SwitchboardTabs = (open, base, key) => (way, ear) => {
    let line = { close() {} }, known;
    const own = () => { line = open(way, ear); };

    const share = name => {
      const radio = new BroadcastChannel(name), from = `${Math.random()}`;
      let free;
      const send = message => radio.postMessage({ from, ...message });
      const close = () => {
        send();
        radio.close();
        free?.();
      };
      line = { send: say => send({ say }), close };
      radio.onmessage = ({ data: { lead, to, verb, news } }) => {
        if (lead && free) if (known) ear.close(...AT_ONCE); else send({ open: way });
        if (!to?.has(from)) return;
        known = true;
        if (verb) ear[verb](...news);
      };
      locks.request(from, () => line && new Promise(resolve => {
        free = resolve;
        send({ open: way });
      }));
      const stand = () => { standing[name] ??= lead(open, name).then(() => delete standing[name]); };
      try { new SharedWorker(`${base}js/switchboard.tabs.js`, name).onerror = stand; } catch { stand(); }
      setTimeout(() => {
        if (known || !line) return;
        close();
        own();
      }, HUB_WITHIN);
    };

    (async () => {
      const word = key === true ? await login(base) : `=${key}`;
      if (line) if (locks && word) share(`${base} ${word}`); else own();
    })().catch(e => ear.close(1013, `${e}`));
    return {
      send: command => line.send(command),
      welcome: answer => line.welcome?.(answer),
      close() {
        line.close();
        line = undefined;
      },
    };
  };
})();
