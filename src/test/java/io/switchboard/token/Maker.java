package io.switchboard.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Who makes a token. */
enum Maker {
    JOSE4J {
        @Override
        String token(Algorithm algorithm, String claims) {
            JsonWebSignature jws = new JsonWebSignature();
            jws.setAlgorithmHeaderValue(algorithm.id());
            jws.setHeader("typ", "JWT");
            jws.setPayload(claims);
            jws.setKey(
                    algorithm.isSymmetric()
                            ? new HmacKey(Keys.SECRET.getBytes(StandardCharsets.UTF_8))
                            : Keys.of(algorithm).getPrivate());
            try {
                return jws.getCompactSerialization();
            } catch (JoseException e) {
                throw new AssertionError(e);
            }
        }
    },
    NIMBUS {
        @Override
        String token(Algorithm algorithm, String claims) {
            JWSObject jws = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.parse(algorithm.id())).build(), new Payload(claims));
            try {
                jws.sign(signer(algorithm));
            } catch (JOSEException e) {
                throw new AssertionError(e);
            }
            return jws.serialize();
        }

        private JWSSigner signer(Algorithm algorithm) throws JOSEException {
            if (algorithm.isSymmetric()) {
                return new MACSigner(Keys.SECRET);
            }
            KeyPair pair = Keys.of(algorithm);
            return pair.getPrivate() instanceof ECPrivateKey ec
                    ? new ECDSASigner(ec)
                    : new RSASSASigner(pair.getPrivate());
        }
    },
    JDK {
        @Override
        String token(Algorithm algorithm, String claims) {
            return signed("{\"alg\":\"" + algorithm.id() + "\"}", claims, algorithm, Keys.of(algorithm));
        }
    };

    abstract String token(Algorithm algorithm, String claims);

    /** A token with any header at all, signed as if nothing were wrong with it. */
    static String signed(String header, String claims, Algorithm algorithm, KeyPair pair) {
        String text = base64(header) + "." + base64(claims);
        return text + "." + base64(signature(text, algorithm, pair));
    }

    /** The same, with the secret. */
    static String signed(String header, String claims) {
        return signed(header, claims, Algorithm.HS256, Keys.RSA);
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] hmac(String text, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HMAC"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] signature(String text, Algorithm algorithm, KeyPair pair) {
        if (algorithm == Algorithm.HS256) {
            return hmac(text, Keys.SECRET.getBytes(StandardCharsets.UTF_8));
        }
        String bits = algorithm.id().substring(2);
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm.id().substring(0, 2)) {
                        case "RS" -> "SHA" + bits + "withRSA";
                        case "PS" -> "RSASSA-PSS";
                        case "ES" -> "SHA" + bits + "withECDSAinP1363Format";
                        default -> "Ed25519";
                    });
            if (algorithm == Algorithm.PS256) {
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
