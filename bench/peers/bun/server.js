// Plain dialect on Bun.serve, whose topics do the fan-out natively. Run: node_modules/.bin/bun server.js PORT
const server = Bun.serve({
  hostname: '127.0.0.1',
  port: Number(process.argv[2]),

  fetch(request, server) {
    if (new URL(request.url).pathname === '/plain' && server.upgrade(request)) return undefined;
    return new Response('not here', { status: 404 });
  },

  websocket: {
    perMessageDeflate: false,
    // The highest that is permitted; Bun's own pings keep silent subscribers within it.
    idleTimeout: 960,
    // Above the limit messages are dropped, and here nothing may get lost.
    backpressureLimit: 64 * 1024 * 1024,
    closeOnBackpressureLimit: false,

    message(socket, data) {
      if (data.charCodeAt(0) === 0x2b) {
        socket.subscribe(data.slice(1));
        return;
      }
      const blank = data.indexOf(' ');
      // The server's publish, not the socket's: that one leaves out the sender.
      server.publish(data.slice(0, blank), data.slice(blank + 1), false);
    },
  },
});

process.on('SIGTERM', () => process.exit(0));
console.log('ready');
