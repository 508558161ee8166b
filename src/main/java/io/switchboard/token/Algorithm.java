package io.switchboard.token;

import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jose4j.keys.EllipticCurves;

/** A way of signing tokens (RFC 7518, section 3), and the only kind of key that it is used with. */
public enum Algorithm {
    HS256("HS256", "HMAC", 256),
    HS384("HS384", "HMAC", 384),
    HS512("HS512", "HMAC", 512),
    RS256("RS256", "RSA", Algorithm.RSA_BITS),
    RS384("RS384", "RSA", Algorithm.RSA_BITS),
    RS512("RS512", "RSA", Algorithm.RSA_BITS),
    PS256("PS256", "RSA", Algorithm.RSA_BITS),
    PS384("PS384", "RSA", Algorithm.RSA_BITS),
    PS512("PS512", "RSA", Algorithm.RSA_BITS),
    ES256("ES256", "P-256", 256),
    ES384("ES384", "P-384", 384),
    ES512("ES512", "P-521", 521),
    EDDSA("EdDSA", "Ed25519", 255);

    private static final int RSA_BITS = 2048;

    private final String id;
    private final String kind;
    private final int bits;

    Algorithm(String id, String kind, int bits) {
        this.id = id;
        this.kind = kind;
        this.bits = bits;
    }

    /**
     * Reads a name as it stands in tokens; the case of letters matters.
     *
     * @throws IllegalArgumentException if none of ours is called so
     */
    public static Algorithm parse(String id) {
        return named(id)
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Algorithm::id).toList())));
    }

    /** The algorithm of exactly that name. */
    static Optional<Algorithm> named(String id) {
        return Arrays.stream(values()).filter(one -> one.id.equals(id)).findFirst();
    }

    /** The name in tokens. */
    public String id() {
        return id;
    }

    /** Whether its key is a secret that both sides hold. */
    boolean isSymmetric() {
        return kind.equals("HMAC");
    }

    /** Whether a key is of the right kind, and strong enough. */
    boolean fits(Key key) {
        if (key instanceof SecretKey secret) {
            return isSymmetric() && secret.getEncoded().length * Byte.SIZE >= bits;
        }
        if (key instanceof RSAPublicKey rsa) {
            return kind.equals("RSA") && rsa.getModulus().bitLength() >= bits;
        }
        if (key instanceof ECPublicKey ec) {
            return kind.equals(EllipticCurves.getName(ec.getParams().getCurve()));
        }
        return key instanceof EdECPublicKey ed && kind.equals(ed.getParams().getName());
    }

    /** What a key must be to fit. */
    String demand() {
        return id + " needs " + (isSymmetric() ? "a secret" : "a public key of kind " + kind) + " of at least " + bits
                + " bits";
    }
}
