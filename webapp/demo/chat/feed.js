/** The list of what was said and told, and the names behind client ids. Text goes in as text only. */
export class Feed {
  #list; #say; #names = new Map(); #byId = new Map(); #own = new Set();

  constructor(list, say) { this.#list = list; this.#say = say; }

  nameOf(client) { return this.#names.get(client) ?? this.#say('guest', { id: String(client).slice(0, 4) }); }

  /** A name was heard: everything of that client that is shown already gets it too. */
  learn(client, name) {
    if (!client || typeof name !== 'string' || !name.trim()) return;
    this.#names.set(client, name.trim().slice(0, 24));
    for (const e of document.querySelectorAll(`[data-client="${CSS.escape(client)}"]`)) e.textContent = this.nameOf(client);
  }

  /** After a change of language only the unnamed are called differently. */
  rename() { for (const e of document.querySelectorAll('[data-client]')) e.textContent = this.nameOf(e.dataset.client); }

  nameTag(client) {
    const tag = element('span');
    tag.dataset.client = client;
    tag.textContent = this.nameOf(client);
    return tag;
  }

  /** Shows a message; one of the same id that stands here already is the same message. Returns whether it is new. */
  said({ id, name, text, at }, { mine = false, recovered = false, old = false } = {}) {
    const known = this.#byId.get(id);
    mine ||= this.#own.has(id); // heard back over a later connection, which has another client id
    if (known && !known.dataset.waits) return false;
    const item = known ?? element('li', 'said');
    if (id) this.#byId.set(id, item);
    delete item.dataset.waits;
    item.classList.toggle('mine', mine);
    item.classList.toggle('recovered', recovered);
    item.replaceChildren(element('span', 'who', name), clock(at), element('span', 'what', text));
    if (mine && known) this.fate(id, 'sent', this.#say('sent'));
    if (old) this.#list.prepend(item); else this.#append(item);
    return true;
  }

  /** Shows an own message before the exchange has it. */
  waits(message) {
    this.#own.add(message.id);
    this.said(message, { mine: true });
    this.#byId.get(message.id).dataset.waits = 'yes';
    this.fate(message.id, 'sending', this.#say('sending'));
  }

  /** Says what became of an own message, with an offer to try again. A message that was heard back stays sent. */
  fate(id, fate, text, again) {
    const item = this.#byId.get(id);
    if (fate !== 'sent' && !item.dataset.waits) return;
    const line = element('span', 'fate strip', text);
    line.dataset.fate = fate;
    if (again) {
      const button = element('button', 'button', this.#say('again'));
      button.type = 'button';
      button.addEventListener('click', again, { once: true });
      line.append(button);
    }
    item.querySelector('.fate')?.remove();
    item.append(line);
  }

  /** A line of the exchange itself; returns the element, so that it can still be completed. */
  told(kind, ...parts) {
    const item = element('li', `told ${kind}`), text = element('span');
    text.append(...parts);
    item.append(text);
    this.#append(item);
    return text;
  }

  clear() { this.#list.replaceChildren(); this.#byId.clear(); this.#names.clear(); }

  #append(item) {
    // Someone who scrolled up is reading: only who stands at the end is taken along.
    const atEnd = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < 80;
    this.#list.append(item);
    if (atEnd || item.classList.contains('mine')) this.#list.scrollTop = this.#list.scrollHeight;
  }
}

function element(name, className, text = '') {
  const e = document.createElement(name);
  if (className) e.className = className;
  e.textContent = text;
  return e;
}

function clock(at) {
  const date = new Date(at), time = element('time', 'strip');
  if (Number.isNaN(date.getTime())) return time; // the sender's claim, and this one makes no sense
  time.dateTime = date.toISOString();
  time.textContent = date.toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
  return time;
}
