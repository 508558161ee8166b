package peers;

import java.time.Duration;
import org.cometd.server.BayeuxServerImpl;
import org.cometd.server.websocket.jetty.JettyWebSocketTransport;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** CometD on Jetty's own WebSocket API; clients publish straight to /NAME, which the default policy allows. */
public final class CometdServer {

    private static final int MAX_MESSAGE_BYTES = 1024 * 1024;

    private CometdServer() {}

    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(args[0]));
        connector.setAcceptQueueSize(4096);
        server.addConnector(connector);
        server.setStopAtShutdown(true);

        ContextHandler context = new ContextHandler("/");
        server.setHandler(context);
        // Jetty would split frames of more than 64 KiB.
        context.setHandler(WebSocketUpgradeHandler.from(
                server, context, container -> container.setMaxFrameSize(MAX_MESSAGE_BYTES)));

        BayeuxServerImpl bayeux = new BayeuxServerImpl();
        bayeux.setOption(Context.class.getName(), context.getContext());
        bayeux.setTransports(new JettyWebSocketTransport(bayeux));
        bayeux.setOption("ws.cometdURLMapping", "/cometd");
        bayeux.setOption("ws.enableExtension.permessage-deflate", false);
        bayeux.setOption("ws.maxMessageSize", MAX_MESSAGE_BYTES);
        // What waits for a subscriber leaves in as few frames as possible; by default each message has its own.
        bayeux.setOption("ws.messagesPerFrame", 64);
        // One /meta/connect lasts for the whole run, so that a client has nothing to keep going.
        long hour = Duration.ofHours(1).toMillis();
        bayeux.setOption("timeout", hour);
        bayeux.setOption("maxInterval", hour);
        bayeux.setOption("ws.idleTimeout", 0L);
        bayeux.setOption("maxQueue", -1);
        // The context starts the broker, after the container of WebSockets that it needs and before the port opens.
        context.addBean(bayeux);

        server.start();
        System.out.println("ready");
    }
}
