package io.switchboard.it;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client of the native dialect, through any door: sends commands, keeps what comes until somebody asks for it, answers
 * pings unless told not to.
 *
 * <p>In the JSON that it is given {@code '} stands for {@code "}. Whoever waits does so for twenty seconds at most.
 */
final class LiveClient implements AutoCloseable {
    static final String PATH = "/connection/websocket";

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger lastId = new AtomicInteger();
    private final Inbox inbox;
    private final Line line;
    private String id = "";

    private LiveClient(Site site, Door door, boolean answersPings, String... headers) {
        inbox = new Inbox(answersPings);
        line = door.open(site, inbox, headers);
    }

    /** Goes through a door, with pairs of a header's name and value, and says nothing yet. */
    static LiveClient open(Site site, Door door, String... headers) {
        return new LiveClient(site, door, true, headers);
    }

    /** Goes through a door, with pairs of a header's name and value, and connects. */
    static LiveClient connect(Site site, Door door, String... headers) {
        return open(site, door, headers).introduce();
    }

    /** Opens a socket and says nothing yet. */
    static LiveClient open(Site site) {
        return open(site, Door.WEBSOCKET);
    }

    /** Opens a socket, with pairs of a header's name and value, and connects. */
    static LiveClient connect(Site site, String... headers) {
        return connect(site, Door.WEBSOCKET, headers);
    }

    /** Connects, and answers no ping until {@link #answerPings()}. */
    static LiveClient silent(Site site) {
        return silent(site, Door.WEBSOCKET);
    }

    /** The same through a door. */
    static LiveClient silent(Site site, Door door) {
        return new LiveClient(site, door, false).introduce();
    }

    private LiveClient introduce() {
        id = ask("connect", "{}").getString("client");
        return this;
    }

    /** The client id that the server gave. */
    String id() {
        return id;
    }

    /** Sends a text as it is. */
    void send(String text) {
        line.send(text).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Sends a command and returns its id. */
    int say(String command, String request, Object... arguments) {
        int number = lastId.incrementAndGet();
        send("{\"id\":%d,\"%s\":%s}"
                .formatted(number, command, request.formatted(arguments).replace('\'', '"')));
        return number;
    }

    /** Sends a command and returns its result, which must not be an error. */
    JsonObject ask(String command, String request, Object... arguments) {
        JsonObject reply = reply(say(command, request, arguments));
        if (!reply.containsKey(command)) {
            throw new AssertionError(command + " was answered with " + reply);
        }
        return reply.getJsonObject(command);
    }

    /** Sends a command and returns the code of the error that it is answered with. */
    int refused(String command, String request, Object... arguments) {
        JsonObject reply = reply(say(command, request, arguments));
        if (!reply.containsKey("error")) {
            throw new AssertionError(command + " was answered with " + reply);
        }
        return reply.getJsonObject("error").getInt("code");
    }

    /** Subscribes to a channel and returns the result. */
    JsonObject subscribe(String channel) {
        return ask("subscribe", "{'channel':'%s','join_leave':true}", channel);
    }

    /** Publishes JSON in a channel and waits for the answer. */
    void publish(String channel, String json) {
        ask("publish", "{'channel':'%s','data':%s}", channel, json);
    }

    /** Waits for the answer to a command. */
    JsonObject reply(int number) {
        return inbox.take(reply -> reply.getInt("id", 0) == number);
    }

    /** Waits for the next push of a kind in a channel: {@code pub}, {@code join}, {@code leave}, {@code unsubscribe}. */
    JsonObject push(String channel, String kind) {
        return inbox.take(reply -> isPush(reply, channel, kind))
                .getJsonObject("push")
                .getJsonObject(kind);
    }

    /** Waits for the next publication in a channel and returns its data. */
    String heard(String channel) {
        return push(channel, "pub").get("data").toString();
    }

    /** Whether a push of that kind is here that nobody has asked for yet. */
    boolean has(String channel, String kind) {
        return inbox.has(reply -> isPush(reply, channel, kind));
    }

    /** Answers the ping that came last, and every one from now on. */
    void answerPings() {
        inbox.answerPings();
        send("{}");
    }

    /** Waits for a ping. */
    void ping() {
        inbox.take(JsonObject::isEmpty);
    }

    /** Frames that came so far. */
    int frames() {
        return inbox.frames();
    }

    /** Waits for the end of the connection. */
    Inbox.End end() {
        return inbox.end();
    }

    @Override
    public void close() {
        line.abort();
    }

    private static boolean isPush(JsonObject reply, String channel, String kind) {
        JsonObject push = reply.getJsonObject("push");
        return push != null && push.getString("channel", "").equals(channel) && push.containsKey(kind);
    }
}
