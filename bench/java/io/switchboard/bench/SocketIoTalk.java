package io.switchboard.bench;

import java.util.List;
import java.util.Optional;

/** Socket.IO 4 over WebSocket alone. */
record SocketIoTalk() implements Talk {
    @Override
    public String path() {
        return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    public boolean serverBegins() {
        return true;
    }

    @Override
    public List<String> setUp(int step, String answer, List<String> channels) {
        return switch (step) {
            case 0 -> List.of("40");
            case 1 ->
                channels.stream()
                        .map(channel -> "42[\"sub\",\"%s\"]".formatted(channel))
                        .toList();
            default -> List.of();
        };
    }

    @Override
    public boolean answered(int step) {
        return step == 0;
    }

    @Override
    public String publish(String channel, String payload) {
        return "42[\"pub\",\"%s\",\"%s\"]".formatted(channel, payload);
    }

    @Override
    public Optional<String> answer(String message) {
        return message.equals("2") ? Optional.of("3") : Optional.empty();
    }
}
