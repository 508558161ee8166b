/**
 * The four ways to the exchange. What travels is the same everywhere, lines of the Centrifuge client protocol; a way is a
 * function `(base, ear) => line`: `ear` is told `open()`, `hear(replies)` and `close(code, reason)`, the line can
 * `send(command)`, `close()`, and is told the answer to connect by `welcome(answer)` if it wants to know. After its end a line may still talk:
 * whoever let go of it does not listen.
 */
import { CONNECTION_LOST, TRY_LATER, TOO_LARGE } from './common.js';

// What is said in one request, in characters: three times as many bytes stay below the 64 KiB that a request may have.
const REQUEST = 16_000;
const POLLS = 3;

const hear = (ear, lines) => {
  let replies;
  try { replies = lines.filter(Boolean).map(line => JSON.parse(line)); } catch { return ear.close(CONNECTION_LOST, 'not understood'); }
  ear.hear(replies);
};

const websocket = (base, ear) => {
  const socket = new WebSocket(`${base.replace(/^http/, 'ws')}connection/websocket`);
  socket.onopen = () => ear.open();
  socket.onmessage = e => hear(ear, e.data.split('\n'));
  socket.onclose = e => ear.close(e.code, e.reason);
  return { send: command => socket.send(JSON.stringify(command)), close: () => socket.close() };
};

/** What the three without a socket share: `listen` hears what comes, what is said goes by requests of its own. */
const http = (path, listen) => (base, ear) => {
  const cut = new AbortController(), waiting = [];
  let session, busy = 1;

  const post = (to, body) => fetch(base + to, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, signal: cut.signal });
  const say = (to, more) => post(to, JSON.stringify({ ...session, ...more }));
  const again = poll => session && !cut.signal.aborted && say('connection/longpoll', { poll, data: '{}' });

  // Whoever is answered by the server itself, and badly, is not helped by another way to the same server.
  const refused = ({ status, headers }) => {
    const wait = headers.get('Retry-After');
    if (status === 413) ear.close(TOO_LARGE, 'too large');
    else if (status === 404 && session) ear.close(CONNECTION_LOST, 'session gone');
    else ear.close(TRY_LATER, `answered ${status}` + (wait > 0 ? `, ${wait}000 ms` : ''));
  };

  const take = () => {
    let text = waiting.shift();
    while (waiting.length && text.length + waiting[0].length < REQUEST) text += `\n${waiting.shift()}`;
    return text;
  };

  // One request under way at a time, because two may overtake each other. It is never repeated: nobody knows whether it was obeyed.
  const flush = async () => {
    if (busy || !waiting.length) return;
    busy = 1;
    try {
      const response = await say('emulation', { data: take() });
      if (response.status !== 204) return refused(response);
    } catch { return ear.close(CONNECTION_LOST, 'request lost'); }
    busy = 0;
    flush();
  };

  queueMicrotask(async () => {
    ear.open(); // fills `waiting`, so that connect and the first subscribes go out in one request
    let response;
    try { response = await post(`connection/${path}`, take()); } catch { return ear.close(TRY_LATER, 'not reached'); }
    if (response.status !== 200) return refused(response);
    try { await listen(response, ear, refused, again); } catch { /* told below */ }
    ear.close(CONNECTION_LOST, 'connection ended');
  });

  return {
    send(command) {
      waiting.push(JSON.stringify(command));
      flush();
    },
    welcome(answer) {
      session = { session: answer.session, node: answer.node };
      busy = 0;
      flush();
    },
    close: () => cut.abort(),
    pongs: path === 'longpoll', // each poll is one
  };
};

/** A body without end, line by line; in events of SSE a line has a prefix, and comments and blank lines are none. */
const stream = async ({ body }, ear) => {
  const reader = body.getReader(), decoder = new TextDecoder();
  for (let rest = '', part; !(part = await reader.read()).done;) {
    const lines = (rest + decoder.decode(part.value, { stream: true })).split('\n');
    rest = lines.pop();
    hear(ear, lines.map(line => line.replace(/^data: ?/, '')).filter(line => line[0] === '{'));
  }
};

/**
 * One batch after the other. Each poll says which batch has arrived, so a poll whose answer was lost may be repeated: it is
 * answered by the same batch again. That is why nothing but the pong is said in it.
 */
const poll = async (response, ear, refused, again) => {
  for (let last = 0, tries = 0; ;) {
    try {
      if (response.status > 499) throw 0;
      if (response.status !== 200) return refused(response);
      const [head, ...lines] = (await response.text()).split('\n'), number = JSON.parse(head).poll;
      tries = 0;
      const repeated = last && number !== last + 1;
      if (!repeated) last = number;
      hear(ear, repeated ? [] : lines);
    } catch { if (++tries >= POLLS) return; }
    try { response = await again(last); } catch { response = { status: 500 }; }
    if (!response) return;
  }
};

/** In the order in which they are tried. */
const ways = { websocket, stream: http('http_stream', stream), sse: http('sse', stream), longpoll: http('longpoll', poll) };

export const names = Object.keys(ways);

/** Opens lines to the exchange at this address. */
export const opener = base => (way, ear) => ways[way](base, ear);
