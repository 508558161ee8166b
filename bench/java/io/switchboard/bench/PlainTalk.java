package io.switchboard.bench;

import java.util.List;

/** The servers without a protocol of their own: {@code +channel} subscribes, {@code channel text} publishes the text. */
record PlainTalk(String path) implements Talk {
    @Override
    public List<String> setUp(int step, String answer, List<String> channels) {
        return step == 0 ? channels.stream().map(channel -> "+" + channel).toList() : List.of();
    }

    @Override
    public boolean answered(int step) {
        return false;
    }

    @Override
    public String publish(String channel, String payload) {
        return channel + " " + payload;
    }
}
