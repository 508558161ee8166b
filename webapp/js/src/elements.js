/**
 * Channels without a line of script: `<sb-feed>`, `<sb-value>`, `<sb-presence>`, `<sb-status>`.
 *
 *   <sb-feed channel="chat:lobby" limit="50"><template><p data-text="text"></p></template></sb-feed>
 *
 * They share one connection, `Switchboard.page`: the page's own where it has set one, else one with nothing but defaults. What
 * others said becomes text and harmless attributes, never markup, so strict policies and Trusted Types have nothing to object.
 */
if (globalThis.customElements) (() => {
  const AGAIN = 1000;
  const connection = () => Switchboard.page ??= new Switchboard();

  const field = (data, path) => path ? path.split('.').reduce((value, key) => value?.[key], data) : data;
  const text = value => typeof value === 'object' ? value && JSON.stringify(value) : value;

  /** An attribute whose value somebody else chose: none that is code, and no address that runs or is a page of its own. */
  const put = (element, attribute, value) => {
    let scheme;
    try { scheme = new URL(value, document.baseURI).protocol; } catch { /* no address at all */ }
    if (!/^(on|srcdoc$|style$)/i.test(attribute) && !/^(javascript|vbscript|data):$/.test(scheme)) element.setAttribute(attribute, value);
  };

  /** A copy of the template with the data in it. */
  const fill = (template, data) => {
    const copy = template.content.cloneNode(true);
    for (const element of copy.querySelectorAll('*')) {
      for (const { name, value } of [...element.attributes]) {
        const said = text(field(data, value)) ?? '';
        if (name === 'data-text') element.textContent = said;
        if (name.startsWith('data-attr-')) put(element, name.slice(10), said);
      }
    }
    return copy;
  };

  const rooms = new Map(); // what is followed, by channel, for all elements that want it

  const enter = (shared, channel, since) => {
    const sb = connection(), end = new AbortController(), { listeners, presence } = shared;
    try { shared.room = sb.subscribe(channel, undefined, { since, presence }); shared.own = true; } catch { shared.room = sb.channel(channel); }
    shared.end = () => {
      end.abort();
      if (shared.own) shared.room.unsubscribe().catch(() => {}); // what the page follows itself it leaves itself
    };
    for (const event of ['publication', 'subscribed', 'gap', 'join', 'leave']) {
      shared.room.on(event, (...news) => {
        shared.ready ||= event === 'subscribed';
        for (const listener of [...listeners]) listener[event]?.(...news);
      }, end);
    }
    shared.room.on('error', error => console.error(channel, error), end);
  };

  const follow = (channel, listener) => {
    const shared = rooms.get(channel) ?? { listeners: new Set(), presence: false }, known = shared.room;
    rooms.set(channel, shared);
    shared.listeners.add(listener);
    // Whether to hear of others coming and going is said when subscribing, so the first who wants it makes all subscribe again.
    const more = listener.join && !shared.presence;
    shared.presence ||= !!listener.join;
    if (known && more && shared.own) shared.end();
    if (!known || more) enter(shared, channel, known?.position);
    else if (shared.ready) queueMicrotask(() => listener.subscribed({})); // it has its past to fetch
    return {
      get room() { return shared.room; },
      leave() {
        shared.listeners.delete(listener);
        if (shared.listeners.size) return;
        rooms.delete(channel);
        shared.end();
      },
    };
  };

  /** An element that follows the channel of its attribute for as long as it stands in the page. */
  class Follower extends HTMLElement {
    static get observedAttributes() { return ['channel']; }

    connectedCallback() {
      // While the page is still read the template inside is not there yet.
      if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => this.start(), { once: true });
      else queueMicrotask(() => this.start());
    }

    disconnectedCallback() {
      this.followed?.leave();
      this.followed = undefined;
    }

    attributeChangedCallback() {
      if (!this.followed) return;
      this.disconnectedCallback();
      this.start();
    }

    start() {
      const channel = this.getAttribute('channel');
      if (!this.isConnected || this.followed || !channel) return;
      this.template = this.querySelector('template');
      this.list = this.template?.parentNode ?? this;
      this.begin?.();
      this.followed = follow(channel, this);
    }

    suggest(name, value) { if (!this.hasAttribute(name)) this.setAttribute(name, value); }

    /** The nodes of one entry; without a template it is what was said, as text. */
    entry(data) {
      if (this.template) return [...fill(this.template, data).childNodes];
      const line = document.createElement('div');
      line.textContent = text(data);
      return [line];
    }

    /** What was said last before this element came; where that is forbidden, nothing. What only failed is tried again. */
    async past(limit) {
      const { room } = this.followed ?? {}, at = room?.position;
      if (!at?.offset) return [];
      try {
        return (await room.history({ limit, since: { ...at, offset: at.offset + 1 }, reverse: true })).publications;
      } catch (e) {
        if (e.temporary) setTimeout(() => this.followed && this.subscribed({}), AGAIN);
        return [];
      }
    }
  }

  /** The latest publications of a channel, up to `limit`. */
  class Feed extends Follower {
    begin() {
      this.suggest('aria-live', 'polite');
      if (this.list === this && this.template?.content.firstElementChild?.localName === 'li') this.suggest('role', 'list');
      this.drop(this.shown ?? []);
      this.shown = [];
    }

    get limit() { return +this.getAttribute('limit') || 50; }

    drop(entries) { for (const { nodes } of entries) for (const node of nodes) node.remove(); }

    publication(data, { offset }) {
      const nodes = this.entry(data);
      this.list.append(...nodes);
      this.shown.push({ nodes, offset });
      this.drop(this.shown.splice(0, this.shown.length - this.limit));
    }

    subscribed({ recovered }) { if (!recovered) this.recall(); }

    gap({ reason }) { if (reason !== 'unrecovered') this.recall(); } // otherwise `subscribed` follows

    /** Fills up with what was said before; what stands here from then is in it. */
    async recall() {
      const said = await this.past(this.limit);
      if (!said.length || !this.followed) return;
      const newer = this.shown.filter(({ offset }) => offset > said[0].meta.offset);
      this.drop(this.shown.filter(entry => !newer.includes(entry)));
      this.shown = newer;
      for (const { data, meta: { offset } } of said.slice(0, Math.max(0, this.limit - newer.length))) {
        const nodes = this.entry(data), before = this.shown[0]?.nodes[0];
        if (before) before.before(...nodes); else this.list.append(...nodes);
        this.shown.unshift({ nodes, offset });
      }
    }
  }

  /** One field of the latest publication; class `up` or `down` says where a number went. */
  class Value extends Follower {
    begin() { this.suggest('aria-live', 'off'); } // quotes change faster than anybody can listen

    publication(data) {
      const value = field(data, this.getAttribute('field')), before = this.value;
      this.value = value;
      this.textContent = text(value);
      this.classList.toggle('up', value > before);
      this.classList.toggle('down', value < before);
    }

    async subscribed({ recovered }) {
      if (recovered) return;
      this.value = undefined;
      for (const { data } of await this.past(1)) if (this.value === undefined && this.followed) this.publication(data);
    }
  }

  /** Who is here: entries where there is a template, else how many. */
  class Presence extends Follower {
    begin() { this.present = new Map(); }

    async subscribed() {
      try {
        const all = await this.followed.room.members();
        this.present = new Map(all.map(member => [member.client, member]));
      } catch { /* not for us to know */ }
      this.show();
    }

    join(member) {
      this.present.set(member.client, member);
      this.show();
    }

    leave(member) {
      this.present.delete(member.client);
      this.show();
    }

    show() {
      if (!this.template) this.textContent = this.present.size;
      else this.list.replaceChildren(this.template, ...[...this.present.values()].flatMap(member => this.entry(member)));
    }
  }

  const words = { open: 'Connected', connecting: 'Connecting …', closed: 'Disconnected' };

  /** How the connection is, in words that attributes of the same name may replace. */
  class Status extends HTMLElement {
    static get observedAttributes() { return Object.keys(words); }

    connectedCallback() {
      if (!this.hasAttribute('role')) this.setAttribute('role', 'status');
      this.off = connection().on('state', () => this.show());
      this.show();
    }

    attributeChangedCallback() { if (this.off) this.show(); }

    show() {
      const { state, transport = '' } = connection();
      Object.assign(this.dataset, { state, transport });
      this.textContent = this.getAttribute(state) ?? words[state];
    }

    disconnectedCallback() { this.off(); }
  }

  for (const [name, element] of Object.entries({ feed: Feed, value: Value, presence: Presence, status: Status })) {
    customElements.define(`sb-${name}`, element);
  }
})();
