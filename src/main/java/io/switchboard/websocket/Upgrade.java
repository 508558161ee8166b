package io.switchboard.websocket;

import io.switchboard.http.Gate;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a request is a good opening handshake (RFC 6455, section 4.2.1): containers are not strict about it, and what is
 * half one may be taken for a tunnel by a proxy. Stateless.
 */
final class Upgrade {
    /** The only version there is. */
    static final String VERSION = "13";

    private static final int KEY_BYTES = 16;
    private static final String PROTOBUF = "centrifuge-protobuf";
    private static final String JSON = "centrifuge-json";

    private Upgrade() {}

    /** What is wrong with it. */
    static Optional<Gate.Refused> fault(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            return refused(405, "a WebSocket handshake is a GET");
        }
        if (!tokens(request, "Upgrade").equals(List.of("websocket"))
                || !tokens(request, "Connection").contains("upgrade")) {
            return refused(426, "only WebSocket is spoken here");
        }
        if (!values(request, "Sec-WebSocket-Version").equals(List.of(VERSION))) {
            return refused(426, "only version 13 of WebSocket is spoken here");
        }
        List<String> keys = values(request, "Sec-WebSocket-Key");
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            return refused(400, "Sec-WebSocket-Key must be 16 bytes in base64");
        }
        if (!values(request, "Transfer-Encoding").isEmpty()
                || !List.of("0").containsAll(values(request, "Content-Length"))) {
            return refused(400, "a WebSocket handshake has no body"); // it would be taken for frames, or for a request
        }
        List<String> offered = tokens(request, "Sec-WebSocket-Protocol");
        if (offered.contains(PROTOBUF) && !offered.contains(JSON)) {
            // refused here, since its client would wait for binary frames for ever
            return refused(400, "only the JSON form of the protocol is spoken here");
        }
        return Optional.empty();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> tokens(HttpServletRequest request, String header) {
        return values(request, header).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(token -> token.strip().toLowerCase(Locale.ROOT))
                .filter(token -> !token.isEmpty())
                .toList();
    }

    private static List<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .map(String::strip)
                .toList();
    }

    private static Optional<Gate.Refused> refused(int status, String reason) {
        return Optional.of(new Gate.Refused(status, reason));
    }
}
