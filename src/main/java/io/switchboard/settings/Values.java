package io.switchboard.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the values of settings; each method throws an {@link IllegalArgumentException} that says what it takes. */
final class Values {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,9})\\s*([a-z]*)");

    private Values() {}

    static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> throw new IllegalArgumentException("must be true or false, is '" + text + "'");
        };
    }

    /** Names with commas between them; none if there is nothing. */
    static Set<String> names(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    static int natural(String text) {
        Matcher matcher = match(text, "a whole number");
        if (!matcher.group(2).isEmpty()) {
            throw new IllegalArgumentException("must be a whole number, is '" + text + "'");
        }
        return Integer.parseInt(matcher.group(1));
    }

    static int positive(String text) {
        int number = natural(text);
        if (number == 0) {
            throw new IllegalArgumentException("must be more than 0");
        }
        return number;
    }

    /** A number with the unit ms, s, m, h or d. */
    static Duration duration(String text) {
        String wanted = "a number with ms, s, m, h or d";
        Matcher matcher = match(text, wanted);
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> throw new IllegalArgumentException("must be " + wanted + ", is '" + text + "'");
        };
    }

    /** A number of bytes, or with the unit KiB or MiB. */
    static int bytes(String text) {
        String wanted = "a number of bytes, or with KiB or MiB";
        Matcher matcher = match(text, wanted);
        long number = Long.parseLong(matcher.group(1));
        long bytes = switch (matcher.group(2)) {
            case "", "b" -> number;
            case "kib", "k" -> number << 10;
            case "mib", "m" -> number << 20;
            default -> throw new IllegalArgumentException("must be " + wanted + ", is '" + text + "'");
        };
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("must be less than 2 GiB");
        }
        return (int) bytes;
    }

    private static Matcher match(String text, String wanted) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be " + wanted + ", is '" + text + "'");
        }
        return matcher;
    }
}
