package io.switchboard.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A setting of the whole node; {@code docs/settings.md} says what each is for. */
public enum Key {
    DEMOS("demos", "true"),
    SHORTCUTS("shortcuts", "true"),
    PING_INTERVAL("ping-interval", "25s"),
    PONG_TIMEOUT("pong-timeout", "8s"),
    CONNECT_TIMEOUT("connect-timeout", "10s"),
    STALL_LIMIT("stall-limit", "5s"),
    PING_AFTER("ping-after", "256KiB"),
    WINDOW("window", "1MiB"),
    WINDOW_TIMEOUT("window-timeout", "30s"),
    FRAME_SIZE("frame-size", "64KiB"),
    OUTBOX_SIZE("outbox-size", "1MiB"),
    SUBSCRIPTIONS("subscriptions", "128"),
    TAIL_COUNT("tail-count", "4096"),
    TAIL_SIZE("tail-size", "1MiB"),
    FAN_OUT_THREADS("fan-out-threads", "2"),
    META_TTL("meta-ttl", "24h"),
    ORIGINS("origins", ""),
    ORIGIN_NULL("origin-null", "false"),
    ORIGIN_MISSING("origin-missing", "true"),
    PROXIES("proxies", ""),
    PROXY_HEADER("proxy-header", "X-Forwarded-For"),
    ANONYMOUS("anonymous", "true"),
    KEEP_LOGIN_ALIVE("keep-login-alive", "false"),
    TICKET_LIFETIME("ticket-lifetime", "30s"),
    REVOCATION_MEMORY("revocation-memory", "24h"),
    WAITING("waiting", "128MiB"),
    CONNECTIONS("connections", "50000"),
    CONNECTIONS_UNCONNECTED("connections-unconnected", "10000"),
    CONNECTIONS_PER_USER("connections-per-user", "100"),
    CONNECTIONS_PER_ADDRESS("connections-per-address", "1000"),
    HANDSHAKES("handshakes", "1000"),
    HANDSHAKES_PER_ADDRESS("handshakes-per-address", "200"),
    COMMANDS_PER_SESSION("commands-per-session", "100"),
    COMMANDS_PER_USER("commands-per-user", "500"),
    COMMANDS_PER_ADDRESS("commands-per-address", "2000"),
    BYTES_PER_SESSION("bytes-per-session", "256KiB"),
    BYTES_PER_USER("bytes-per-user", "1MiB"),
    BYTES_PER_ADDRESS("bytes-per-address", "8MiB"),
    NEW_CHANNELS("new-channels", "600"),
    TOKEN_HMAC_SECRET("token.hmac-secret", ""),
    TOKEN_HMAC_ALGORITHMS("token.hmac-algorithms", "HS256"),
    TOKEN_PUBLIC_KEYS("token.public-keys", ""),
    TOKEN_KEY_ALGORITHMS("token.public-key-algorithms", ""),
    TOKEN_JWKS_URL("token.jwks-url", ""),
    TOKEN_JWKS_ALGORITHMS("token.jwks-algorithms", ""),
    TOKEN_ISSUER("token.issuer", ""),
    TOKEN_AUDIENCE("token.audience", ""),
    TOKEN_USER_CLAIM("token.user-claim", "sub"),
    TOKEN_ROLES_CLAIM("token.roles-claim", "roles"),
    TOKEN_CLOCK_SKEW("token.clock-skew", "10s"),
    TOKEN_IN_QUERY("token.in-query", "false");

    /** What every key begins with. */
    static final String PREFIX = "switchboard.";

    private final String name;
    private final String fallback;

    Key(String name, String fallback) {
        this.name = PREFIX + name;
        this.fallback = fallback;
    }

    /** The full name. */
    public String key() {
        return name;
    }

    /** What holds if it is not set. */
    public String fallback() {
        return fallback;
    }

    static Optional<Key> named(String name) {
        return Arrays.stream(values()).filter(key -> key.name.equals(name)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Key::key).toList();
    }
}
