package io.switchboard.settings;

import io.switchboard.token.Algorithm;
import io.switchboard.token.JwksSource;
import io.switchboard.token.TokenSettings;
import io.switchboard.token.TrustedKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the keys of tokens of settings; every method throws a {@link SettingsFault} like {@link Settings}. */
public final class TokenKeys {
    private final Settings settings;

    /** Reads from these settings. */
    public TokenKeys(Settings settings) {
        this.settings = settings;
    }

    /** Which tokens are good; empty if no key is set. */
    public Optional<TokenSettings> read() {
        List<TrustedKey> keys = new ArrayList<>();
        Set<Algorithm> hmac = settings.read(Key.TOKEN_HMAC_ALGORITHMS, TokenKeys::algorithms);
        Set<Algorithm> forKeys = settings.read(Key.TOKEN_KEY_ALGORITHMS, TokenKeys::algorithms);
        Set<Algorithm> forJwks = settings.read(Key.TOKEN_JWKS_ALGORITHMS, TokenKeys::algorithms);
        settings.read(Key.TOKEN_HMAC_SECRET, TokenKeys::given)
                .ifPresent(secret ->
                        keys.add(settings.read(Key.TOKEN_HMAC_SECRET, text -> TrustedKey.secret(secret, hmac))));
        settings.read(Key.TOKEN_PUBLIC_KEYS, TokenKeys::given)
                .ifPresent(
                        pem -> keys.addAll(settings.read(Key.TOKEN_PUBLIC_KEYS, text -> TrustedKey.pem(pem, forKeys))));
        Optional<JwksSource> jwks = settings.read(
                Key.TOKEN_JWKS_URL,
                text -> given(text).map(url -> new JwksSource(address(url), forJwks, JwksSource.USUAL_AGE)));
        TokenSettings all = settings.read(
                Key.TOKEN_CLOCK_SKEW,
                skew -> new TokenSettings(
                        keys,
                        jwks,
                        settings.read(Key.TOKEN_ISSUER, TokenKeys::given),
                        settings.read(Key.TOKEN_AUDIENCE, TokenKeys::given),
                        settings.read(Key.TOKEN_USER_CLAIM, text -> text),
                        settings.read(Key.TOKEN_ROLES_CLAIM, text -> text),
                        Values.duration(skew)));
        return Optional.of(all).filter(TokenSettings::hasKeys);
    }

    private static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be an address", e);
        }
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(value -> !value.isBlank());
    }

    private static Set<Algorithm> algorithms(String text) {
        return Values.names(text).stream().map(Algorithm::parse).collect(Collectors.toUnmodifiableSet());
    }
}
