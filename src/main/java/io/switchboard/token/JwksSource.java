package io.switchboard.token;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where an issuer publishes its keys, and what they are used with. Immutable.
 *
 * @param url of the JSON Web Key Set; https, or http if it is on this machine
 * @param algorithms what its keys are used with, each key with those that fit it; if empty, all but PS256, PS384, PS512
 * @param refreshAfter how old the keys may grow before they are fetched again
 */
public record JwksSource(URI url, Set<Algorithm> algorithms, Duration refreshAfter) {
    /** How old keys usually grow. */
    public static final Duration USUAL_AGE = Duration.ofMinutes(10);

    private static final Duration LEAST_AGE = Duration.ofSeconds(30);
    private static final Duration LARGEST_AGE = Duration.ofDays(1);
    private static final Set<Algorithm> USUAL = Set.copyOf(EnumSet.complementOf(EnumSet.of(
            Algorithm.HS256, Algorithm.HS384, Algorithm.HS512, Algorithm.PS256, Algorithm.PS384, Algorithm.PS512)));

    /** Refuses, with an {@link IllegalArgumentException}, what an attacker could listen to or shape. */
    public JwksSource {
        algorithms = algorithms.isEmpty() ? USUAL : Set.copyOf(algorithms);
        if (algorithms.stream().anyMatch(Algorithm::isSymmetric)) {
            throw new IllegalArgumentException("a published key is no secret: HS256, HS384, HS512 do not fit");
        }
        if (url.getScheme() == null
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawFragment() != null) {
            throw new IllegalArgumentException("must be a URL with a host, and without user or fragment");
        }
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(url.getHost()))) {
            throw new IllegalArgumentException("must be https, or http to a loopback address");
        }
        if (refreshAfter.compareTo(LEAST_AGE) < 0 || refreshAfter.compareTo(LARGEST_AGE) > 0) {
            throw new IllegalArgumentException("must be 30 s to 1 d");
        }
    }

    /** By its written form: a name could come to mean another host. */
    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(?:\\.\\d{1,3}){3}");
    }
}
