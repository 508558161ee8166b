package io.switchboard.token;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * A signed token in its compact form (RFC 7515, section 7.1), taken apart but not believed yet. Immutable.
 *
 * @param token the whole
 * @param algorithm how it says it is signed
 * @param kid id of the key that it says it is signed with
 * @param payload the JSON that is signed
 */
record Compact(String token, Algorithm algorithm, Optional<String> kid, String payload) {
    private static final int MAX_LENGTH = 8 * 1024;
    private static final int MAX_KID = 128;
    private static final int PARTS = 3;
    private static final int ENCRYPTED_PARTS = 5;
    /** What changes the meaning of the rest, and nothing of it do we support. */
    private static final List<String> UNSUPPORTED = List.of("crit", "enc", "zip", "b64");

    private static final Set<String> TYPES = Set.of("jwt", "at+jwt");

    /**
     * Takes a token apart. Headers that offer a key, such as {@code jku} or {@code x5c}, mean nothing.
     *
     * @throws IllegalArgumentException if it is not as it should be
     * @throws io.switchboard.json.JsonFault if its header is no JSON
     */
    static Compact parse(String token) {
        require(token.length() <= MAX_LENGTH, "longer than 8 KiB");
        String[] parts = token.split("\\.", -1);
        require(parts.length != ENCRYPTED_PARTS, "encrypted");
        require(parts.length == PARTS, "not of three parts");
        Members header = Members.read(Members.text(decode(parts[0])));
        UNSUPPORTED.forEach(name -> require(!header.names().contains(name), name + " is not supported"));
        header.text("typ").ifPresent(type -> require(TYPES.contains(type.toLowerCase(Locale.ROOT)), "of another type"));
        Optional<String> kid = header.text("kid");
        require(kid.filter(id -> id.isEmpty() || id.length() > MAX_KID).isEmpty(), "kid must be 1 to 128 characters");
        Algorithm algorithm = header.text("alg")
                .flatMap(Algorithm::named)
                .orElseThrow(() -> new IllegalArgumentException("signed in no way that we know"));
        require(decode(parts[2]).length > 0, "not signed");
        return new Compact(token, algorithm, kid, Members.text(decode(parts[1])));
    }

    /** Whether this key, used with the token's algorithm, has signed it. */
    boolean isSignedBy(TrustedKey key) {
        if (!key.isUsedWith(algorithm)) {
            return false;
        }
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm.id()));
        signature.setKey(key.key());
        try {
            signature.setCompactSerialization(token);
            return signature.verifySignature();
        } catch (JoseException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "token signed with " + algorithm.id();
    }

    /** Only the one canonical spelling: no padding, no white space, no bits left over. */
    private static byte[] decode(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            require(
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(part),
                    "not base64url");
            return bytes;
        } catch (IllegalArgumentException e) { // the decoder's own message quotes
            throw new IllegalArgumentException("not base64url");
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
