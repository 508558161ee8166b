package io.switchboard.it;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A WebSocket. */
final class SocketLine implements Line, WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final StringBuilder text = new StringBuilder(); // confined to the JDK's calls, one at a time
    private final Inbox inbox;
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(true); // guarded by this
    private WebSocket socket; // guarded by this

    private SocketLine(Inbox inbox) {
        this.inbox = inbox;
    }

    /** Opens one, with pairs of a header's name and value. */
    static Line open(Site site, Inbox inbox, String... headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(LiveClient.PATIENCE);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        SocketLine line = new SocketLine(inbox);
        inbox.answerThrough(line);
        WebSocket opened = builder.buildAsync(site.ws(LiveClient.PATH), line).join();
        synchronized (line) {
            line.socket = opened;
        }
        return line;
    }

    /** Sends behind what is being sent: the JDK refuses a second message before the first is out. */
    @Override
    public synchronized CompletableFuture<?> send(String commands) {
        lastSend = lastSend.thenCompose(sent -> socket.sendText(commands, true));
        return lastSend.copy();
    }

    @Override
    public synchronized void abort() {
        socket.abort();
    }

    @Override
    public void onOpen(WebSocket opened) {
        synchronized (this) {
            socket = opened;
        }
        opened.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            inbox.hear(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        inbox.finish(new Inbox.End(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        inbox.finish(new Inbox.End(1006, String.valueOf(failure)));
    }
}
