package peers;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The endpoint as people write it by hand: sets of sessions, and a loop that sends. */
@ServerEndpoint("/plain")
public class LoopEndpoint {

    private static final Map<String, Set<Session>> CHANNELS = new ConcurrentHashMap<>();

    @OnMessage
    public void onMessage(String message, Session session) {
        if (message.startsWith("+")) {
            CHANNELS.computeIfAbsent(message.substring(1), name -> ConcurrentHashMap.newKeySet())
                    .add(session);
            return;
        }
        int blank = message.indexOf(' ');
        publish(CHANNELS.getOrDefault(message.substring(0, blank), Set.of()), message.substring(blank + 1));
    }

    private static void publish(Set<Session> subscribers, String text) {
        for (Session session : subscribers) {
            try {
                // Two senders at once are an IllegalStateException in some containers.
                synchronized (session) {
                    session.getBasicRemote().sendText(text);
                }
            } catch (IOException | IllegalStateException e) {
                // A session closed meanwhile is reported as either, depending on the container.
                subscribers.remove(session);
            }
        }
    }

    @OnClose
    public void onClose(Session session) {
        CHANNELS.values().forEach(subscribers -> subscribers.remove(session));
    }

    @OnError
    public void onError(Session session, Throwable error) {
        // The container closes the session, and without this method some log a stack trace for each.
        onClose(session);
    }
}
