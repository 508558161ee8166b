package io.switchboard.channel;

import java.util.Arrays;
import java.util.Optional;

/**
 * Name of a channel: 1 to 255 visible ASCII characters.
 *
 * <p>The part before the first {@code :} names the namespace, a leading {@code $} marks a channel that needs a
 * subscription token, and what follows the last {@code #} is a comma-separated list of the only users who may use it.
 * {@code *} is reserved. The case of letters matters. Immutable.
 */
public record ChannelName(String value) {
    /** Longest name, in characters. */
    public static final int MAX_LENGTH = 255;

    private static final char FIRST_VISIBLE = '!';
    private static final char LAST_VISIBLE = '~';

    /** Refuses, with an {@link IllegalArgumentException}, what {@link #parse} would not take. */
    public ChannelName {
        if (!wellFormed(value)) {
            throw new IllegalArgumentException("not a channel name");
        }
    }

    /** The channel of that name, or empty if no channel may be called so. */
    public static Optional<ChannelName> parse(String text) {
        return wellFormed(text) ? Optional.of(new ChannelName(text)) : Optional.empty();
    }

    /** The part before the first {@code :}, without the mark of a private channel; empty if there is none. */
    public String namespace() {
        int colon = value.indexOf(':');
        return colon < 0 ? "" : value.substring(isPrivate() ? 1 : 0, colon);
    }

    /** Whether only a subscription token opens this channel. */
    public boolean isPrivate() {
        return value.charAt(0) == '$';
    }

    /** Whether the name carries a list of users. */
    public boolean isListed() {
        return value.indexOf('#') >= 0;
    }

    /** Whether the name's own list holds exactly this user id. */
    public boolean lists(String user) {
        return isListed()
                && !user.isEmpty()
                && Arrays.asList(value.substring(value.lastIndexOf('#') + 1).split(",", -1))
                        .contains(user);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean wellFormed(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().allMatch(c -> c >= FIRST_VISIBLE && c <= LAST_VISIBLE && c != '*');
    }
}
