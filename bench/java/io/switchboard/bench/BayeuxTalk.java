package io.switchboard.bench;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Bayeux over WebSocket, as CometD speaks it. */
final class BayeuxTalk implements Talk {
    private static final Pattern CLIENT = Pattern.compile("\"clientId\":\"([^\"]+)\"");

    private String client = "";
    private int id;

    @Override
    public String path() {
        return "/cometd";
    }

    @Override
    public List<String> setUp(int step, String answer, List<String> channels) {
        switch (step) {
            case 0:
                return List.of("[{\"id\":\"1\",\"channel\":\"/meta/handshake\",\"version\":\"1.0\","
                        + "\"supportedConnectionTypes\":[\"websocket\"]}]");
            case 1:
                Matcher matcher = CLIENT.matcher(answer);
                if (!matcher.find()) {
                    throw new IllegalStateException("no client id in " + answer);
                }
                client = matcher.group(1);
                // answered at once; the next one would be held for as long as the peer's time-out says, and is not
                // needed
                return List.of(connect());
            case 2:
                return channels.isEmpty() ? List.of() : List.of(subscribe(channels));
            default:
                return List.of();
        }
    }

    @Override
    public String publish(String channel, String payload) {
        return "[{\"id\":\"%d\",\"channel\":\"/%s\",\"clientId\":\"%s\",\"data\":\"%s\"}]"
                .formatted(++id, channel, client, payload);
    }

    private String connect() {
        return "[{\"id\":\"%d\",\"channel\":\"/meta/connect\",\"connectionType\":\"websocket\",\"clientId\":\"%s\"}]"
                .formatted(++id, client);
    }

    private String subscribe(List<String> channels) {
        return channels.stream()
                .map(channel ->
                        "{\"id\":\"%d\",\"channel\":\"/meta/subscribe\",\"clientId\":\"%s\",\"subscription\":\"/%s\"}"
                                .formatted(++id, client, channel))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
