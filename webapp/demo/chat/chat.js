import { Switchboard } from '../../js/switchboard.mjs';
import { speak } from '../../js/words.js';
import { Feed } from './feed.js';
import { words } from './words.js';

const CUT_SECONDS = 8;
const $ = id => document.getElementById(id);
const say = speak(words, () => { showState(); feed.rename(); });
const feed = new Feed($('feed'), say);
const members = new Set();

let sb, room, me, cutTimer, last = { state: 'connecting' };

$('name').value = sessionStorage.getItem('switchboard.name') ?? '';
if (location.hash.length > 1 && $('room').value) $('room').value = decodeURIComponent(location.hash.slice(1));

$('enter').addEventListener('submit', event => {
  event.preventDefault();
  me = $('name').value.trim();
  if (!me) return;
  sessionStorage.setItem('switchboard.name', me); // per tab: two tabs are two people
  enter($('room').value.trim());
});

$('say').addEventListener('submit', event => {
  event.preventDefault();
  const text = $('text').value.trim();
  if (text) send({ id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, name: me, text, at: Date.now() });
  $('text').value = '';
});

$('cut').addEventListener('click', () => { if (cutTimer) mend(); else cut(); });
$('leave').addEventListener('click', leave);

function enter(name) {
  history.replaceState(null, '', `#${encodeURIComponent(name)}`);
  $('where').textContent = name;
  $('enter').hidden = true;
  $('inside').hidden = false;
  sb = new Switchboard({ name: 'chat demo' });
  sb.on('state', event => { last = event; showState(); });
  room = sb.subscribe(`chat:${name}`, heard, { presence: true });
  room.on('subscribed', backOrNew);
  room.on('join', who => { arrive(who.client); if (who.client !== sb.client) feed.told('', feed.nameTag(who.client), say('joined')); });
  room.on('leave', who => { depart(who.client); feed.told('', feed.nameTag(who.client), say('left')); });
  room.on('gap', gap => feed.told('loud', gap.reason === 'skipped' ? say('skipped', gap) : say('gap')));
  room.on('error', error => feed.told('loud', say('refused', error)));
  showState();
  $('text').focus();
}

function leave() {
  clearTimeout(cutTimer);
  cutTimer = undefined;
  sb.disconnect();
  feed.clear();
  members.clear();
  showMembers();
  $('inside').hidden = true;
  $('enter').hidden = false;
  $('cut').textContent = say('cut');
  $('name').focus();
}

let recovered = 0;

/** A publication is a message, or a visitor who says the name that goes with his client id. */
function heard(data, { from, recovered: late }) {
  if (typeof data?.hello === 'string') return feed.learn(from?.client, data.hello);
  if (typeof data?.text !== 'string') return;
  feed.learn(from?.client, data.name);
  const name = typeof data.name === 'string' ? data.name : feed.nameOf(from?.client);
  if (feed.said({ ...data, name }, { mine: from?.client === sb.client, recovered: late }) && late) recovered++;
}

async function backOrNew({ wasRecovering, recovered: complete }) {
  const here = room, at = room.position;
  if (wasRecovering && complete) {
    // What was missed is handed out right after this event: the line stands above it and gets its number then.
    recovered = 0;
    const line = feed.told('good');
    queueMicrotask(() => { line.textContent = recovered ? say('recovered', { count: recovered }) : say('nothingMissed'); });
  }
  // Anonymous visitors have no user id, and each connection has a new client id: so the name is said anew.
  feed.learn(sb.client, me);
  here.publish({ hello: me }).catch(() => {}); // lost only with the connection, and the next one says it again
  try {
    if (!wasRecovering && at?.offset) recall(await here.history({ limit: 60, since: { ...at, offset: at.offset + 1 }, reverse: true }));
    const present = await here.members();
    members.clear();
    for (const { client } of present) members.add(client);
    showMembers();
  } catch (error) {
    if (!error.temporary) feed.told('', error.message); // otherwise the next connection asks again
  }
}

/** What was said before this visit, newest first. */
function recall({ publications }) {
  for (const { data, meta: { from } } of publications) if (typeof data?.hello === 'string') feed.learn(from?.client, data.hello);
  for (const { data, meta: { from } } of publications) {
    if (typeof data?.text === 'string') feed.said({ ...data, name: data.name ?? feed.nameOf(from?.client) }, { mine: false, old: true });
  }
  $('feed').scrollTop = $('feed').scrollHeight;
}

async function send(message) {
  const here = room;
  feed.waits(message);
  try {
    await here.publish(message);
    feed.fate(message.id, 'sent', say('sent'));
  } catch (error) {
    // The same id again: if the first try did arrive after all, nobody sees it twice.
    feed.fate(message.id, 'failed', say('failed', error), () => send(message));
  }
}

function cut() {
  sb.disconnect();
  cutTimer = setTimeout(mend, CUT_SECONDS * 1000);
  feed.told('', say('youCut'));
  $('cut').textContent = say('cutBack');
  showState();
}

function mend() {
  clearTimeout(cutTimer);
  cutTimer = undefined;
  $('cut').textContent = say('cut');
  sb.connect();
}

function showState() {
  if (!sb) return;
  $('cut').textContent = say(cutTimer ? 'cutBack' : 'cut');
  $('lamp').dataset.lit = { open: 'yes', connecting: 'wait', closed: 'no' }[sb.state];
  $('state').textContent = cutTimer ? say('wasCut', { seconds: CUT_SECONDS })
    : sb.state === 'closed' ? say('closed', last) : sb.state === 'connecting' && last.retryIn !== undefined ? say('lost') : say(sb.state);
  showMembers();
}

function arrive(client) { members.add(client); showMembers(); }
function depart(client) { members.delete(client); showMembers(); }

function showMembers() {
  $('count').textContent = members.size || '';
  $('members').replaceChildren(...[...members].map(client => {
    const item = document.createElement('li'), lamp = document.createElement('span');
    lamp.className = 'lamp';
    lamp.dataset.lit = sb.state === 'open' ? 'yes' : 'no';
    item.append(lamp, feed.nameTag(client));
    if (client === sb.client) {
      const self = document.createElement('span');
      self.className = 'me';
      self.textContent = say('me');
      item.append(self);
    }
    return item;
  }));
}
