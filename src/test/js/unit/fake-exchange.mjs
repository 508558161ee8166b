/**
 * A small exchange on a port of this machine: channels with history and recovery behind the three doors without a socket, as
 * docs/protocol.md describes them, and faults to order. Its WebSocket door is shut, as behind a proxy that blocks Upgrade.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';

const LIMIT = 64 * 1024;

export async function fakeExchange(t, faults = {}) {
  const sessions = new Map(), channels = new Map(), log = [];
  let count = 0;

  const channel = name => {
    if (!channels.has(name)) channels.set(name, { epoch: 'e', offset: 0, history: [] });
    return channels.get(name);
  };

  const publish = (name, data) => {
    const to = channel(name), pub = { offset: ++to.offset, data };
    to.history.push(pub);
    for (const session of sessions.values()) if (session.subscribed.has(name)) session.say({ push: { channel: name, pub } });
  };

  const verbs = {
    connect: (_, session) => ({ client: session.id, ping: 25, pong: true, session: session.id, node: 'n1' }),
    subscribe({ channel: name, recover, offset = 0 }, session) {
      const { epoch, offset: top, history } = channel(name);
      session.subscribed.add(name);
      const position = { recoverable: true, positioned: true, epoch };
      return recover ? { ...position, was_recovering: true, recovered: true, offset, publications: history.slice(offset) } : { ...position, offset: top };
    },
    publish: ({ channel: name, data }) => { publish(name, data); return {}; },
    unsubscribe({ channel: name }, session) { session.subscribed.delete(name); return {}; },
    rpc: ({ method, data }) => ({ data: { method, data } }),
  };

  const obey = (session, text) => {
    for (const line of text.split('\n').filter(Boolean)) {
      const { id, ...command } = JSON.parse(line), [verb] = Object.keys(command);
      if (!verb) session.pongs++;
      else session.say({ id, [verb]: verbs[verb](command[verb], session) });
    }
  };

  const open = how => {
    const session = { id: `s${++count}`, subscribed: new Set(), pongs: 0, how };
    sessions.set(session.id, session);
    return session;
  };

  /** Stream and SSE differ by what stands around each line. */
  const flowing = (how, frame) => (body, request, response) => {
    const session = open(how);
    response.writeHead(200, { 'Content-Type': how === 'sse' ? 'text/event-stream' : 'application/json' });
    if (how === 'sse') response.write(`: ${' '.repeat(2048)}\n\n`);
    session.say = reply => faults.write ? faults.write(response, frame(JSON.stringify(reply))) : response.write(frame(JSON.stringify(reply)));
    session.end = () => { sessions.delete(session.id); response.end(); };
    response.on('close', () => sessions.delete(session.id));
    obey(session, body);
  };

  const batch = session => `${JSON.stringify({ poll: session.number })}\n${session.sent.join('\n')}`;

  const answer = session => {
    if (!session.held || !session.waiting.length) return;
    session.number++;
    session.sent = session.waiting.splice(0);
    const held = session.held;
    session.held = undefined;
    if (faults.lose?.(session)) held.destroy(); else held.end(batch(session));
  };

  const longpoll = (body, request, response) => {
    response.setHeader('Content-Type', 'application/json');
    if (!body.startsWith('{"session"')) {
      const session = open('longpoll');
      Object.assign(session, { number: 0, waiting: [], sent: [], held: response });
      session.say = reply => { session.waiting.push(JSON.stringify(reply)); setImmediate(answer, session); };
      session.end = () => { sessions.delete(session.id); session.held?.writeHead(404).end(); };
      return obey(session, body);
    }
    const { session: id, poll, data } = JSON.parse(body), session = sessions.get(id);
    if (!session) return response.writeHead(404).end();
    session.held?.writeHead(204).end();
    session.held = undefined;
    if (data) obey(session, data);
    if (poll < session.number) return response.end(batch(session)); // the answer was lost
    if (faults.twice?.(session)) return response.end(batch(session));
    session.held = response;
    answer(session);
  };

  const emulation = (body, request, response) => {
    if (body.length > LIMIT) return response.writeHead(413).end();
    const { session: id, data } = JSON.parse(body), session = sessions.get(id);
    if (!session) return response.writeHead(404).end();
    obey(session, data);
    response.writeHead(204).end();
  };

  const doors = {
    '/sb/connection/http_stream': flowing('stream', line => `${line}\n`),
    '/sb/connection/sse': flowing('sse', line => `data: ${line}\n\n`),
    '/sb/connection/longpoll': longpoll,
    '/sb/emulation': emulation,
  };

  const server = createServer(async (request, response) => {
    let body = '';
    request.setEncoding('utf8');
    for await (const part of request) body += part;
    log.push({ path: request.url.replace('/sb/', ''), body });
    if (faults.before?.(request, response, body)) return;
    doors[request.url]?.(body, request, response) ?? (doors[request.url] || response.writeHead(404).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => { server.closeAllConnections(); server.close(); });

  return {
    url: `http://127.0.0.1:${server.address().port}/sb`, log, publish, sessions,
    only: () => { const [session] = sessions.values(); return session; },
    paths: () => log.map(({ path }) => path),
  };
}

/** Resolves as soon as it is so; asks often, because nothing tells. */
export async function until(so, what = so) {
  for (let n = 0; n < 400; n++) {
    if (so()) return;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error(`never: ${what}`);
}
