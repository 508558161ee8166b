package io.switchboard.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Words that nobody can guess, of letters, digits, {@code -} and {@code _}. Thread-safe. */
public final class Secrets {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();
    private final int bytes;

    /** Words of so many random bytes. */
    public Secrets(int bytes) {
        this.bytes = bytes;
    }

    /** Another one. */
    public String next() {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return ENCODER.encodeToString(drawn);
    }

    /** A word by which a text is known again, and that does not tell it: SHA-256. */
    public static String hash(String text) {
        try {
            return ENCODER.encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
