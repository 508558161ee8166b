package io.switchboard.fuzz;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** IP addresses as they may be written, found without regard to how a header is built. Stateless. */
final class Literals {
    private static final Pattern RUN = Pattern.compile("[0-9A-Fa-f:.]+");
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    private Literals() {}

    /** The usual form of a text that is one address and nothing else. */
    static Optional<String> read(String text) {
        if (!RUN.matcher(text).matches() || text.length() > 45) {
            return Optional.empty();
        }
        boolean quad = text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        if (!quad && !text.contains(":")) {
            return Optional.empty();
        }
        if (quad) {
            for (String part : text.split("\\.")) {
                if (Integer.parseInt(part) > 255 || (part.length() > 1 && part.startsWith("0"))) {
                    return Optional.empty();
                }
            }
        }
        try {
            // what has a colon and begins like a number is never looked up
            return text.startsWith(".")
                    ? Optional.empty()
                    : Optional.of(InetAddress.getByName(text).getHostAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** All addresses that some reading of these texts could find, with and without port. */
    static Set<String> in(List<String> texts) {
        Set<String> found = new TreeSet<>();
        for (String text : texts) {
            RUN.matcher(text).results().map(MatchResult::group).forEach(run -> {
                read(run).ifPresent(found::add);
                read(PORT.matcher(run).replaceFirst("")).ifPresent(found::add);
            });
        }
        return found;
    }
}
