package io.switchboard.settings;

import java.util.Arrays;
import java.util.List;

/** An option of a namespace; its key is {@code switchboard.namespaces.<name>.<option>}. */
public enum NamespaceKey {
    HISTORY_SIZE("history-size", "0", "100"),
    HISTORY_TTL("history-ttl", "10m", "10m"),
    PRESENCE("presence", "false", "true"),
    JOIN_LEAVE("join-leave", "false", "true"),
    RECOVERY("recovery", "", ""),
    SUBSCRIBE("subscribe", "nobody", "anyone"),
    PUBLISH("publish", "nobody", "anyone"),
    HISTORY("history", "nobody", "anyone"),
    MEMBERS("members", "nobody", "anyone"),
    ON_LAG("on-lag", "resubscribe", "resubscribe");

    /** What the keys of all namespaces begin with. */
    public static final String PREFIX = Key.PREFIX + "namespaces.";

    /** The namespace that comes with the demo pages. */
    public static final String DEMO = "chat";

    private final String option;
    private final String fallback;
    private final String demo;

    NamespaceKey(String option, String fallback, String demo) {
        this.option = option;
        this.fallback = fallback;
        this.demo = demo;
    }

    public String option() {
        return option;
    }

    /** The full key for a namespace. */
    public String key(String namespace) {
        return PREFIX + namespace + "." + option;
    }

    /** What holds if it is not set; empty where it depends on other options. */
    public String fallback() {
        return fallback;
    }

    /** What holds for the demo namespace if it is not set. */
    public String demo() {
        return demo;
    }

    static List<String> options() {
        return Arrays.stream(values()).map(NamespaceKey::option).toList();
    }
}
