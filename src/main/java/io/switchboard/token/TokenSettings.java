package io.switchboard.token;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which tokens are good. Immutable.
 *
 * @param keys keys that we were given
 * @param jwks where more keys are published
 * @param issuer what {@code iss} must be; not looked at if empty
 * @param audience what {@code aud} must be or hold; not looked at if empty
 * @param userClaim claim that holds the user's id
 * @param rolesClaim claim that holds his roles: a string, or an array of them
 * @param skew how far the issuer's clock may be ahead in {@code nbf} and {@code iat}; {@code exp} is exact
 */
public record TokenSettings(
        List<TrustedKey> keys,
        Optional<JwksSource> jwks,
        Optional<String> issuer,
        Optional<String> audience,
        String userClaim,
        String rolesClaim,
        Duration skew) {
    /** The usual claim for the user's id. */
    public static final String USER_CLAIM = "sub";

    /** The usual claim for his roles. */
    public static final String ROLES_CLAIM = "roles";

    /** How far clocks are usually apart. */
    public static final Duration SKEW = Duration.ofSeconds(10);

    private static final Duration MAX_SKEW = Duration.ofSeconds(60);
    private static final int MAX_KEYS = 16;

    /** Refuses, with an {@link IllegalArgumentException}, what has no sense or weakens the check. */
    public TokenSettings {
        keys = List.copyOf(keys);
        require(keys.size() <= MAX_KEYS, "at most " + MAX_KEYS + " keys");
        require(issuer.filter(String::isBlank).isEmpty(), "issuer must not be empty");
        require(audience.filter(String::isBlank).isEmpty(), "audience must not be empty");
        require(!userClaim.isBlank(), "the user's claim must have a name");
        require(!rolesClaim.isBlank(), "the claim of the roles must have a name");
        require(!skew.isNegative() && skew.compareTo(MAX_SKEW) <= 0, "clock skew must be 0 to 60 s");
    }

    /** These keys, and nothing demanded of issuer and audience. */
    public static TokenSettings of(List<TrustedKey> keys, Optional<JwksSource> jwks) {
        return new TokenSettings(keys, jwks, Optional.empty(), Optional.empty(), USER_CLAIM, ROLES_CLAIM, SKEW);
    }

    /** Whether there is any key that could have signed a token. */
    public boolean hasKeys() {
        return !keys.isEmpty() || jwks.isPresent();
    }

    private static void require(boolean condition, String demand) {
        if (!condition) {
            throw new IllegalArgumentException(demand);
        }
    }
}
