package io.switchboard.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** STOMP 1.2 with a broker whose destinations begin with {@code /topic/}. */
record StompTalk() implements Talk {
    private static final String END = "\n\n\0";

    @Override
    public String path() {
        return "/stomp";
    }

    @Override
    public Optional<String> protocol() {
        return Optional.of("v12.stomp");
    }

    @Override
    public List<String> setUp(int step, String answer, List<String> channels) {
        if (step == 0) {
            return List.of("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0" + END);
        }
        List<String> frames = new ArrayList<>();
        if (step == 1) {
            for (String channel : channels) {
                frames.add("SUBSCRIBE\nid:%s\ndestination:/topic/%s".formatted(channel, channel) + END);
            }
        }
        return frames;
    }

    @Override
    public boolean answered(int step) {
        return step == 0;
    }

    @Override
    public String publish(String channel, String payload) {
        return "SEND\ndestination:/topic/%s\n\n%s\0".formatted(channel, payload);
    }
}
