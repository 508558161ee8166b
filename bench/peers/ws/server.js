'use strict';
// Plain dialect on npm ws, one process, one thread. Run: node server.js PORT
const { WebSocketServer, OPEN } = require('ws');

const channels = new Map();
const BLANK = 0x20;
const PLUS = 0x2b;
// ws can build a frame once for many sockets only through its undocumented Sender; documented is this loop, and in it
// a Buffer, because a string would be encoded again for every subscriber.
const TEXT = { binary: false };

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(process.argv[2]),
  path: '/plain',
  backlog: 4096,
  perMessageDeflate: false,
});

server.on('connection', (socket) => {
  const mine = [];

  socket.on('message', (data) => {
    if (data[0] === PLUS) {
      const name = data.latin1Slice(1);
      let channel = channels.get(name);
      if (!channel) channels.set(name, (channel = new Set()));
      channel.add(socket);
      mine.push(channel);
      return;
    }
    const blank = data.indexOf(BLANK);
    const channel = channels.get(data.latin1Slice(0, blank));
    if (!channel) return;
    const text = data.subarray(blank + 1);
    for (const client of channel) {
      if (client.readyState === OPEN) client.send(text, TEXT);
    }
  });

  socket.on('close', () => {
    for (const channel of mine) channel.delete(socket);
  });

  socket.on('error', () => socket.terminate());
});

server.on('listening', () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));
