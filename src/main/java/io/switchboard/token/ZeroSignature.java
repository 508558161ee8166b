package io.switchboard.token;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;

/**
 * The signature r = s = 0, which some releases of Java 15 to 18 take for a good ECDSA signature of anything
 * (CVE-2022-21449).
 */
final class ZeroSignature {
    /** How Java judges a signature. */
    interface Judge {
        boolean accepts(String algorithm, PublicKey key, byte[] signature) throws GeneralSecurityException;
    }

    private static final String DER = "SHA256withECDSA";
    private static final String PLAIN = "SHA256withECDSAinP1363Format";
    private static final byte[] DER_ZEROS = {0x30, 6, 2, 1, 0, 2, 1, 0};
    private static final byte[] PLAIN_ZEROS = new byte[64];

    private ZeroSignature() {}

    /** Makes sure that this Java refuses it; throws an {@link IllegalStateException} otherwise. */
    static void demandRefusal() {
        demandRefusal(ZeroSignature::java);
    }

    static void demandRefusal(Judge judge) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            PublicKey key = generator.generateKeyPair().getPublic();
            if (judge.accepts(DER, key, DER_ZEROS) || judge.accepts(PLAIN, key, PLAIN_ZEROS)) {
                throw new IllegalStateException(
                        "this Java takes forged ECDSA signatures for good (CVE-2022-21449): update it");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot check ECDSA signatures", e);
        }
    }

    private static boolean java(String algorithm, PublicKey key, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(key);
        verifier.update((byte) 1);
        try {
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        }
    }
}
