/** The elements in a document that is just large enough; browsers have their own tests. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { script } from './client.mjs';

/** Elements, attributes, text and templates; everything that makes markup of text throws. */
class Node {
  childNodes = []; parentNode = null;
  get isConnected() { return this.parentNode ? this.parentNode.isConnected : this.root === true; }
  append(...nodes) { for (const node of nodes) { node.remove?.(); this.childNodes.push(node); node.parentNode = this; } }
  before(...nodes) {
    for (const node of nodes) {
      node.remove();
      const { childNodes } = this.parentNode;
      childNodes.splice(childNodes.indexOf(this), 0, node);
      node.parentNode = this.parentNode;
    }
  }
  remove() {
    const { childNodes } = this.parentNode ?? {};
    childNodes?.splice(childNodes.indexOf(this), 1);
    this.parentNode = null;
  }
  replaceChildren(...nodes) { for (const node of [...this.childNodes]) node.remove(); this.append(...nodes); }
  all() { return this.childNodes.flatMap(node => [node, ...node.all()]); }
  querySelectorAll() { return this.all(); }
  querySelector(name) { return this.all().find(node => node.localName === name) ?? null; }
}
class Element extends Node {
  map = new Map(); classes = new Set(); dataset = {}; own = '';
  get attributes() { return [...this.map].map(([name, value]) => ({ name, value })); }
  getAttribute(name) { return this.map.get(name) ?? null; }
  hasAttribute(name) { return this.map.has(name); }
  setAttribute(name, value) { this.map.set(name, `${value}`); }
  set textContent(text) { this.replaceChildren(); this.own = text === null || text === undefined ? '' : `${text}`; }
  get textContent() { return this.own + this.childNodes.filter(n => n.localName !== 'template').map(n => n.textContent).join('|'); }
  set innerHTML(_) { throw new TypeError('This document requires TrustedHTML'); }
  get firstElementChild() { return this.childNodes[0]; }
  classList = { toggle: (name, on) => { if (on) this.classes.add(name); else this.classes.delete(name); } };
  cloneNode() {
    const copy = element(this.localName, Object.fromEntries(this.map), ...this.childNodes.map(node => node.cloneNode()));
    copy.own = this.own;
    return copy;
  }
}
const element = (localName, attributes = {}, ...children) => {
  const made = localName === '#template' ? new Node() : Object.assign(new Element(), { localName });
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};
const template = (...children) => Object.assign(element('template'), { content: element('fragment', {}, ...children) });

const tick = async () => { for (let n = 0; n < 5; n++) await new Promise(resolve => setImmediate(resolve)); };

/** A page with a client that only notes what it is asked. */
function page() {
  const defined = {}, rooms = new Map(), log = [], body = Object.assign(element('body'), { root: true });
  const channel = name => {
    const listeners = new Map(), room = {
      channel: name, position: { offset: 9, epoch: 'e' }, past: [], members: async () => room.present ?? [],
      history: async options => { log.push(['history', name, options]); return { publications: room.past }; },
      unsubscribe: async () => { log.push(['unsubscribe', name]); rooms.delete(name); },
      on(event, listener, { signal } = {}) {
        const set = listeners.get(event) ?? new Set();
        listeners.set(event, set.add(listener));
        signal?.addEventListener('abort', () => set.delete(listener));
        return () => set.delete(listener);
      },
      emit: (event, ...news) => { for (const listener of listeners.get(event) ?? []) listener(...news); },
    };
    rooms.set(name, room);
    return room;
  };
  const sb = Object.assign(channel(''), {
    state: 'connecting', transport: undefined,
    subscribe(name, _, options) {
      if (rooms.has(name)) throw new Error('already subscribed');
      log.push(['subscribe', name, options]);
      return channel(name);
    },
    channel: name => rooms.get(name) ?? channel(name),
  });
  const document = { readyState: 'complete', baseURI: 'https://exchange.test/', createElement: name => element(name) };
  const customElements = { define: (name, type) => { defined[name] = type; } };
  class Switchboard { static made = 0; constructor() { Switchboard.made++; return sb; } }
  new Function('globalThis', 'customElements', 'HTMLElement', 'document', 'Switchboard', script('elements'))(
    { customElements }, customElements, Element, document, Switchboard);

  const place = async (name, attributes, ...children) => {
    const made = Object.assign(new defined[name](), { localName: name });
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    body.append(made);
    made.connectedCallback();
    await tick();
    return made;
  };
  const take = async made => { made.remove(); made.disconnectedCallback(); await tick(); };
  return { place, take, log, sb, rooms, Switchboard, room: name => rooms.get(name), document };
}

const pub = (room, offset, data) => room.emit('publication', data, { offset });
const subscribed = async (room, recovered = false) => { room.emit('subscribed', { recovered, wasRecovering: recovered }); await tick(); };
const texts = made => made.childNodes.filter(n => n.localName !== 'template').map(n => n.textContent);

test('a feed shows what is said, the newest last, up to its limit', async () => {
  const { place, room } = page();
  const feed = await place('sb-feed', { channel: 'chat:a', limit: '3' }, template(element('p', { 'data-text': 'text' })));

  for (let n = 1; n <= 5; n++) pub(room('chat:a'), n, { text: `n${n}` });

  assert.deepEqual(texts(feed), ['n3', 'n4', 'n5']);
  assert.equal(feed.getAttribute('aria-live'), 'polite');
});

test('what was said before stands above what is said now, once', async () => {
  const { place, room, log } = page();
  const feed = await place('sb-feed', { channel: 'chat:a', limit: '4' }, template(element('p', { 'data-text': 'text' })));
  const said = n => ({ data: { text: `n${n}` }, meta: { offset: n } });
  room('chat:a').past = [said(9), said(8), said(7), said(6)];

  room('chat:a').emit('subscribed', { recovered: false });
  pub(room('chat:a'), 10, { text: 'n10' });
  await tick();

  assert.deepEqual(texts(feed), ['n7', 'n8', 'n9', 'n10']);
  assert.deepEqual(log.at(-1), ['history', 'chat:a', { limit: 4, since: { offset: 10, epoch: 'e' }, reverse: true }]);
});

test('a recovered feed keeps what it shows; a gap makes it look again', async () => {
  const { place, room, log } = page();
  const feed = await place('sb-feed', { channel: 'chat:a' }, template(element('p', { 'data-text': 'text' })));
  pub(room('chat:a'), 3, { text: 'n3' });

  await subscribed(room('chat:a'), true);
  assert.equal(log.filter(([verb]) => verb === 'history').length, 0);
  room('chat:a').past = [9, 8].map(offset => ({ data: { text: `n${offset}` }, meta: { offset } }));
  room('chat:a').emit('gap', { reason: 'skipped', count: 4 });
  await tick();

  assert.deepEqual(texts(feed), ['n8', 'n9']);
});

test('text stays text, and an address that runs is none', async () => {
  const { place, room } = page();
  const feed = await place('sb-feed', { channel: 'chat:a' }, template(element('a', {
    'data-text': 'text', 'data-attr-href': 'url', 'data-attr-title': 'text', 'data-attr-onclick': 'text', 'data-attr-srcdoc': 'text' })));
  const bad = ['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)', 'data:text/html,x', 'vbscript:x'];
  const good = ['https://example.org/', '/orders/17', '?page=2', 'mailto:ann@example.org'];

  for (const url of [...bad, ...good]) pub(room('chat:a'), undefined, { text: '<b>x</b>', url });

  const links = feed.childNodes.slice(1);
  assert.deepEqual(links.map(link => link.getAttribute('href')), [...bad.map(() => null), ...good]);
  for (const link of links) {
    assert.equal(link.textContent, '<b>x</b>');
    assert.equal(link.getAttribute('title'), '<b>x</b>');
    assert.equal(link.hasAttribute('onclick') || link.hasAttribute('srcdoc'), false);
  }
});

test('items go beside their template, and a bare list is called one', async () => {
  const { place, room } = page();
  const list = element('ul', {}, template(element('li', { 'data-text': '' })));
  const feed = await place('sb-feed', { channel: 'chat:a' }, list);
  const bare = await place('sb-feed', { channel: 'chat:b' }, template(element('li', { 'data-text': '' })));

  pub(room('chat:a'), 1, 'one');

  assert.deepEqual(texts(list), ['one']);
  assert.equal(feed.hasAttribute('role'), false);
  assert.equal(bare.getAttribute('role'), 'list');
});

test('a value says where it went', async () => {
  const { place, room } = page();
  const value = await place('sb-value', { channel: 'q:A', field: 'quote.bid' });
  const bid = (offset, amount) => pub(room('q:A'), offset, { quote: { bid: amount } });

  bid(1, 10);
  assert.deepEqual([value.textContent, [...value.classes]], ['10', []]);
  bid(2, 11.5);
  assert.deepEqual([value.textContent, [...value.classes]], ['11.5', ['up']]);
  bid(3, 9);
  assert.deepEqual([value.textContent, [...value.classes]], ['9', ['down']]);
  assert.equal(value.getAttribute('aria-live'), 'off');
});

test('two values of one channel are one subscription, left with the last of them', async () => {
  const { place, take, log, Switchboard } = page();
  const bid = await place('sb-value', { channel: 'q:A', field: 'bid' }), ask = await place('sb-value', { channel: 'q:A', field: 'ask' });
  await take(bid);
  assert.deepEqual(log.map(([verb]) => verb), ['subscribe']);

  await take(ask);

  assert.deepEqual(log.map(([verb]) => verb), ['subscribe', 'unsubscribe']);
  assert.equal(Switchboard.made, 1);
});

test('presence counts, or lists', async () => {
  const { place, room } = page();
  const count = await place('sb-presence', { channel: 'chat:a' });
  const list = await place('sb-presence', { channel: 'chat:a' }, template(element('li', { 'data-text': 'user' })));
  room('chat:a').present = [{ client: '1', user: 'ann' }, { client: '2', user: 'bob' }];

  await subscribed(room('chat:a'));
  room('chat:a').emit('join', { client: '3', user: 'cem' });
  room('chat:a').emit('leave', { client: '1', user: 'ann' });

  assert.equal(count.textContent, '2');
  assert.deepEqual(texts(list), ['bob', 'cem']);
});

test('presence on a channel that a feed follows makes it ask for join and leave, from where it stood', async () => {
  const { place, log, room } = page();
  const feed = await place('sb-feed', { channel: 'chat:a' });

  await place('sb-presence', { channel: 'chat:a' });
  pub(room('chat:a'), 10, 'still');

  assert.deepEqual(log.map(([verb, , options]) => [verb, options?.presence]), [['subscribe', false], ['unsubscribe', undefined], ['subscribe', true]]);
  assert.deepEqual(log.at(-1)[2].since, { offset: 9, epoch: 'e' });
  assert.deepEqual(texts(feed), ['still']);
});

test('the status speaks the words it is given', async () => {
  const { place, sb } = page();
  const status = await place('sb-status', { open: 'Verbunden' });
  assert.deepEqual([status.textContent, status.getAttribute('role'), status.dataset.state], ['Connecting …', 'status', 'connecting']);

  Object.assign(sb, { state: 'open', transport: 'sse' });
  sb.emit('state', {});

  assert.deepEqual([status.textContent, status.dataset.state, status.dataset.transport], ['Verbunden', 'open', 'sse']);
});

test('a channel that the page follows itself is shared, and left to the page', async () => {
  const { place, take, sb, log, room } = page();
  sb.subscribe('chat:a');
  const feed = await place('sb-feed', { channel: 'chat:a' });
  pub(room('chat:a'), 1, 'hello');
  assert.deepEqual(texts(feed), ['hello']);

  await take(feed);

  assert.deepEqual(log.map(([verb]) => verb), ['subscribe']);
});
