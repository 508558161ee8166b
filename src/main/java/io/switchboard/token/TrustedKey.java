package io.switchboard.token;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key whose signatures we believe, and the only algorithms it is used with (RFC 8725, section 3.1). Immutable; says
 * nothing of the key in messages or as text.
 */
public final class TrustedKey {
    private static final List<Algorithm> USUAL =
            List.of(Algorithm.RS256, Algorithm.ES256, Algorithm.ES384, Algorithm.ES512, Algorithm.EDDSA);

    private final Key key;
    private final Set<Algorithm> algorithms;
    private final Optional<String> id;

    TrustedKey(Key key, Set<Algorithm> algorithms, Optional<String> id) {
        this.key = key;
        this.algorithms = Set.copyOf(algorithms);
        this.id = id;
        for (Algorithm algorithm : new TreeSet<>(algorithms)) {
            if (!algorithm.fits(key)) {
                throw new IllegalArgumentException(algorithm.demand());
            }
        }
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("a key needs an algorithm");
        }
    }

    /**
     * A secret that both sides hold.
     *
     * @param secret its UTF-8 bytes are the key
     * @param algorithms HS256, HS384, HS512; HS256 if empty
     * @throws IllegalArgumentException if it is shorter than one of them needs
     */
    public static TrustedKey secret(String secret, Set<Algorithm> algorithms) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return new TrustedKey(
                new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HMAC"),
                algorithms.isEmpty() ? Set.of(Algorithm.HS256) : algorithms,
                Optional.empty());
    }

    /**
     * The public keys in a PEM text.
     *
     * @param algorithms what they are used with, each for the keys that it fits; if empty, RS256, EdDSA, or the one of an
     *     elliptic curve
     * @throws IllegalArgumentException if there is anything else in the text, or a key or an algorithm that is of no use
     */
    public static List<TrustedKey> pem(String text, Set<Algorithm> algorithms) {
        List<PublicKey> keys = Pem.parse(text);
        for (Algorithm algorithm : new TreeSet<>(algorithms)) {
            if (keys.stream().noneMatch(algorithm::fits)) {
                throw new IllegalArgumentException(algorithm.demand());
            }
        }
        return keys.stream()
                .map(key -> new TrustedKey(key, fitting(key, algorithms), Optional.empty()))
                .toList();
    }

    private static Set<Algorithm> fitting(PublicKey key, Set<Algorithm> algorithms) {
        Set<Algorithm> fitting = (algorithms.isEmpty() ? USUAL : algorithms)
                .stream().filter(algorithm -> algorithm.fits(key)).collect(Collectors.toSet());
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException(
                    algorithms.isEmpty()
                            ? "must be an RSA key of at least 2048 bits, an EC key of P-256, P-384 or P-521, or an Ed25519 key"
                            : "holds a key that none of its algorithms fits");
        }
        return fitting;
    }

    Key key() {
        return key;
    }

    boolean isUsedWith(Algorithm algorithm) {
        return algorithms.contains(algorithm);
    }

    /** Whether its set gave it exactly this id. */
    boolean isCalled(String name) {
        return id.filter(name::equals).isPresent();
    }

    /** Whether it relies on what {@link ZeroSignature} tests. */
    boolean isElliptic() {
        return algorithms.stream().anyMatch(Arrays.asList(Algorithm.ES256, Algorithm.ES384, Algorithm.ES512)::contains);
    }

    @Override
    public String toString() {
        return "key for " + algorithms.stream().sorted().map(Algorithm::id).collect(Collectors.joining(", "));
    }
}
