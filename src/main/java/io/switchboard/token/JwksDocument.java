package io.switchboard.token;

import io.switchboard.json.JsonFault;
import io.switchboard.json.JsonReader;
import java.security.Key;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;

/** A JSON Web Key Set (RFC 7517), of which the public keys that we can use are taken. Immutable. */
final class JwksDocument {
    private static final Set<String> KINDS = Set.of("RSA", "EC", "OKP");
    /** All that makes a public key: private parts and certificates are not even looked at. */
    private static final List<String> PARTS = List.of("kty", "crv", "x", "y", "n", "e");

    private final List<TrustedKey> keys;

    private JwksDocument(List<TrustedKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads a key set; keys of other kinds, for other uses or too weak are left out.
     *
     * @throws IllegalArgumentException if it is no key set
     * @throws JsonFault if it is not even JSON
     */
    static JwksDocument parse(String json, Set<Algorithm> algorithms) {
        JsonReader in = new JsonReader(Members.read(json)
                .raw("keys")
                .orElseThrow(() -> new IllegalArgumentException("a key set must have keys")));
        List<TrustedKey> keys = new ArrayList<>();
        in.enterArray();
        while (in.nextElement()) {
            key(in.raw(), algorithms).ifPresent(keys::add);
        }
        return new JwksDocument(keys);
    }

    /** The keys that may have signed a token: those of exactly its id, or, if it names none, the only one that fits. */
    List<TrustedKey> candidates(Compact token) {
        List<TrustedKey> fitting =
                keys.stream().filter(key -> key.isUsedWith(token.algorithm())).toList();
        if (token.kid().isEmpty()) {
            return fitting.size() == 1 ? fitting : List.of();
        }
        return fitting.stream().filter(key -> key.isCalled(token.kid().get())).toList();
    }

    private static Optional<TrustedKey> key(String json, Set<Algorithm> algorithms) {
        try {
            Members jwk = Members.read(json);
            if (!KINDS.contains(jwk.text("kty").orElse("")) || !isForSignatures(jwk)) {
                return Optional.empty();
            }
            Map<String, Object> parts = new HashMap<>();
            PARTS.forEach(name -> jwk.text(name).ifPresent(value -> parts.put(name, value)));
            Key key = JsonWebKey.Factory.newJwk(parts).getKey();
            Set<Algorithm> fitting = EnumSet.noneOf(Algorithm.class);
            fitting.addAll(algorithms);
            fitting.removeIf(algorithm -> !algorithm.fits(key));
            jwk.text("alg")
                    .ifPresent(only ->
                            fitting.removeIf(algorithm -> !algorithm.id().equals(only)));
            return fitting.isEmpty() ? Optional.empty() : Optional.of(new TrustedKey(key, fitting, jwk.text("kid")));
        } catch (JoseException | JsonFault | IllegalArgumentException e) {
            return Optional.empty(); // one that we cannot read takes nothing from the others
        }
    }

    private static boolean isForSignatures(Members jwk) {
        return jwk.text("use").orElse("sig").equals("sig")
                && (jwk.raw("key_ops").isEmpty() || jwk.list("key_ops").contains("verify"));
    }
}
