package io.switchboard.settings;

/** Thrown where a setting has a value that it cannot have: the module does not start then. */
public final class SettingsFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private SettingsFault(String message, Throwable cause) {
        super(message, cause);
    }

    static SettingsFault in(String key, IllegalArgumentException cause) {
        return new SettingsFault(key + ": " + cause.getMessage(), cause);
    }
}
