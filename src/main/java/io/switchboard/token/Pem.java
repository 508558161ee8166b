package io.switchboard.token;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads public keys from text (RFC 7468, section 13); every fault is an {@link IllegalArgumentException}. */
final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final String WANTED = "must be BEGIN PUBLIC KEY, base64 and END PUBLIC KEY, and nothing else";

    private Pem() {}

    /** All keys in a text, at least one; {@code \n} may stand for a line break, as it must in many environments. */
    static List<PublicKey> parse(String text) {
        String plain = text.replace("\\n", "\n");
        if (plain.contains("PRIVATE KEY")) {
            throw new IllegalArgumentException("must be a public key, is a private one");
        }
        List<PublicKey> keys = new ArrayList<>();
        Matcher matcher = KEY.matcher(plain);
        int at = 0;
        while (matcher.find()) {
            requireBlank(plain.substring(at, matcher.start()));
            keys.add(key(matcher.group(1)));
            at = matcher.end();
        }
        requireBlank(plain.substring(at));
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(WANTED);
        }
        return keys;
    }

    private static void requireBlank(String between) {
        if (!between.isBlank()) {
            throw new IllegalArgumentException(WANTED);
        }
    }

    private static PublicKey key(String base64) {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(decode(base64));
        return Stream.of("RSA", "EC", "EdDSA")
                .flatMap(kind -> key(kind, spec).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be an RSA, EC or Ed25519 public key"));
    }

    private static Optional<PublicKey> key(String kind, X509EncodedKeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(kind).generatePublic(spec));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // it is of another kind
        }
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(WANTED, e);
        }
    }
}
