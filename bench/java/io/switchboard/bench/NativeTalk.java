package io.switchboard.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Switchboard's native door: the Centrifuge client protocol in JSON, in one of the namespaces of the benchmark. */
final class NativeTalk implements Talk {
    /** The namespace with history, recovery and presence. */
    static final String FULL = "full";

    /** The namespace where nothing is kept. */
    static final String PLAIN = "plain";

    private final String path;
    private final String namespace;
    private int id = 100;

    NativeTalk(String path, String namespace) {
        this.path = path;
        this.namespace = namespace;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public List<String> setUp(int step, String answer, List<String> channels) {
        String recoverable = namespace.equals(FULL) ? ",\"recoverable\":true,\"positioned\":true" : "";
        return switch (step) {
            case 0 -> List.of("{\"id\":1,\"connect\":{}}");
            case 1 ->
                channels.isEmpty()
                        ? List.of()
                        : List.of(channels.stream()
                                .map(channel -> "{\"id\":%d,\"subscribe\":{\"channel\":\"%s:%s\"%s}}"
                                        .formatted(++id, namespace, channel, recoverable))
                                .collect(Collectors.joining("\n")));
            default -> List.of();
        };
    }

    @Override
    public String publish(String channel, String payload) {
        return "{\"id\":%d,\"publish\":{\"channel\":\"%s:%s\",\"data\":\"%s\"}}"
                .formatted(++id, namespace, channel, payload);
    }

    @Override
    public Optional<String> answer(String message) {
        return message.equals("{}") ? Optional.of("{}") : Optional.empty();
    }
}
