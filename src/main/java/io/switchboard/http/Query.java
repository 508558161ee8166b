package io.switchboard.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The parameters in the address of a request: asking the container for one would read the body of a form. Stateless. */
public final class Query {
    private static final int MAX = 8_192;

    private Query() {}

    /** The first parameter of that name; one that is empty or far too long does not count. */
    public static Optional<String> first(HttpServletRequest request, String name) {
        return all(request, name).stream().findFirst();
    }

    /** All parameters of that name, in their order. */
    public static List<String> all(HttpServletRequest request, String name) {
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> pair.startsWith(name + "=") && pair.length() <= MAX)
                .map(pair -> decoded(pair.substring(name.length() + 1)))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // as it stands: nothing that we know looks like that
        }
    }
}
