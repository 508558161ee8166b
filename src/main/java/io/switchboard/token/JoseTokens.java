package io.switchboard.token;

import io.switchboard.access.BadToken;
import io.switchboard.access.ConnectionToken;
import io.switchboard.access.SubscriptionToken;
import io.switchboard.access.Tokens;
import io.switchboard.json.JsonFault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Reads JSON Web Tokens that were signed with a key we trust (RFC 7519, by the rules of RFC 8725). Thread-safe.
 *
 * <p>Answers on the caller's thread, or on one of the HTTP client's if keys had to be fetched.
 */
public final class JoseTokens implements Tokens {
    private static final Logger LOG = System.getLogger(JoseTokens.class.getName());

    private final TokenSettings settings;
    private final Clock clock;
    private final Optional<Jwks> jwks;

    /**
     * Reads tokens that these settings call good.
     *
     * @param clock by which tokens expire
     * @param nanos by which published keys grow old
     * @param alarm ends requests for published keys that take too long
     * @throws IllegalArgumentException if there is no key
     * @throws IllegalStateException if this Java takes forged signatures for good
     */
    public JoseTokens(TokenSettings settings, Clock clock, LongSupplier nanos, Alarm alarm) {
        if (!settings.hasKeys()) {
            throw new IllegalArgumentException("no key is set");
        }
        if (settings.jwks().isPresent() || settings.keys().stream().anyMatch(TrustedKey::isElliptic)) {
            ZeroSignature.demandRefusal();
        }
        this.settings = settings;
        this.clock = clock;
        jwks = settings.jwks().map(source -> new Jwks(source, nanos, alarm));
    }

    @Override
    public CompletionStage<ConnectionToken> connection(String token) {
        return read(token, Claims::connection);
    }

    @Override
    public CompletionStage<SubscriptionToken> subscription(String token) {
        return read(token, Claims::subscription);
    }

    private <T> CompletionStage<T> read(String token, Function<Claims, T> reading) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        guarded(answer, () -> {
            Compact compact = Compact.parse(token);
            boolean signed = isSigned(compact, settings.keys());
            if (!signed && jwks.isPresent()) {
                askFor(compact, jwks.get(), reading, answer);
            } else {
                answer.complete(judge(signed, compact, reading));
            }
        });
        return answer;
    }

    private <T> void askFor(Compact token, Jwks published, Function<Claims, T> reading, CompletableFuture<T> answer) {
        published.candidates(token).whenComplete((keys, fault) -> {
            if (fault == null) {
                guarded(answer, () -> answer.complete(judge(isSigned(token, keys), token, reading)));
            } else {
                boolean wrapped = fault instanceof CompletionException && fault.getCause() != null;
                answer.completeExceptionally(wrapped ? fault.getCause() : fault);
            }
        });
    }

    private <T> T judge(boolean signed, Compact token, Function<Claims, T> reading) {
        if (!signed) {
            throw new IllegalArgumentException("no key of ours has signed it");
        }
        Claims claims = new Claims(Members.read(token.payload()), settings);
        T good = reading.apply(claims);
        claims.demandValidity(clock.instant().getEpochSecond());
        return good;
    }

    private static boolean isSigned(Compact token, List<TrustedKey> keys) {
        return keys.stream().anyMatch(token::isSignedBy);
    }

    /** The one ladder from what can be wrong with a token to what the caller is told. */
    private static void guarded(CompletableFuture<?> answer, Runnable task) {
        try {
            task.run();
        } catch (BadToken e) {
            refuse(answer, e);
        } catch (IllegalArgumentException | JsonFault e) {
            refuse(answer, BadToken.invalid(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e); // not the token's fault
        }
    }

    private static void refuse(CompletableFuture<?> answer, BadToken why) {
        LOG.log(Level.DEBUG, "token refused: {0}", why.getMessage());
        answer.completeExceptionally(why);
    }
}
