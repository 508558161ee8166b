'use strict';
// Rooms of Socket.IO over WebSocket only. Run: node server.js PORT
//
// What a raw client sends and gets, each line one text message, on /socket.io/?EIO=4&transport=websocket
//   gets   0{"sid":"...",...}          Engine.IO is open
//   sends  40                          connect to the default namespace
//   gets   40{"sid":"..."}
//   sends  42["sub","c0"]              subscribe
//   sends  42["pub","c0","text"]       publish; text is a JSON string
//   gets   42["m","text"]              a delivery
//   gets   2, sends 3                  every 25 s; who is silent for 20 s more is disconnected
const http = require('node:http');
const { Server } = require('socket.io');

const web = http.createServer();
const io = new Server(web, {
  transports: ['websocket'],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
});

// The documentation's advice for less memory for each connection.
io.engine.on('connection', (raw) => {
  raw.request = null;
});

io.on('connection', (socket) => {
  socket.on('sub', (name) => socket.join(name));
  socket.on('pub', (name, text) => io.to(name).emit('m', text));
});

web.listen(Number(process.argv[2]), '127.0.0.1', 4096, () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));
