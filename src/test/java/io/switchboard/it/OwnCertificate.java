package io.switchboard.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for the loopback interface that nobody signed.
 *
 * @param pem a file with its key and itself
 * @param trusting TLS that trusts it and no other
 */
record OwnCertificate(Path pem, SSLContext trusting) {
    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "own";

    /** The one of this run. */
    static OwnCertificate get() {
        return Run.CERTIFICATE;
    }

    private static OwnCertificate make() throws IOException {
        Path target = Path.of(System.getProperty("basedir"), "target").toAbsolutePath();
        Path folder = Files.createTempDirectory(target, "own-certificate-");
        Path file = folder.resolve("own.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        Program.find(keytool.toString()).path().toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        file.toString(),
                        "-validity",
                        "2",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        try (InputStream said = process.getInputStream()) {
            String words = new String(said.readAllBytes(), US_ASCII);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(words);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        try {
            return read(file, folder.resolve("own.pem"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OwnCertificate read(Path store, Path pem) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        byte[] key = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
        byte[] certificate = keys.getCertificate(ALIAS).getEncoded();
        Files.writeString(pem, block("PRIVATE KEY", key) + block("CERTIFICATE", certificate));

        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        return new OwnCertificate(pem, context);
    }

    private static String block(String name, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + name + "-----\n" + lines + "\n-----END " + name + "-----\n";
    }

    private static final class Run {
        private static final OwnCertificate CERTIFICATE;

        static {
            try {
                CERTIFICATE = make();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
