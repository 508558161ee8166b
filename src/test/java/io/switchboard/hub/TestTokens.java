package io.switchboard.hub;

import io.switchboard.access.BadToken;
import io.switchboard.access.ConnectionToken;
import io.switchboard.access.ServerSubscription;
import io.switchboard.access.SubscriptionToken;
import io.switchboard.access.Tokens;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds good what a test has put in; {@code old} is expired, {@code broken} cannot be judged, the rest is bad. */
final class TestTokens implements Tokens {
    /** Lasts for ever. */
    static final long EVER = Long.MAX_VALUE;

    /** Answers come when this is complete. */
    CompletableFuture<Boolean> gate = CompletableFuture.completedFuture(true);

    private final Map<String, ConnectionToken> connections = new HashMap<>();
    private final Map<String, SubscriptionToken> subscriptions = new HashMap<>();

    @Override
    public CompletionStage<ConnectionToken> connection(String token) {
        return gate.thenApply(open -> find(connections, token));
    }

    @Override
    public CompletionStage<SubscriptionToken> subscription(String token) {
        return gate.thenApply(open -> find(subscriptions, token));
    }

    /** A connection token that ends so many seconds after the beginning of the test. */
    TestTokens user(String text, String user, long end, Set<String> roles, Map<String, ServerSubscription> subs) {
        connections.put(
                text,
                new ConnectionToken(
                        user, roles, Optional.of("\"info\""), Optional.empty(), OptionalLong.empty(), at(end), subs));
        return this;
    }

    TestTokens user(String text, String user, long end, String... roles) {
        return user(text, user, end, Set.of(roles), Map.of());
    }

    /** A subscription token for one session of a user, or for all of them if {@code client} is empty. */
    TestTokens channel(String text, String user, String channel, String client, long end) {
        Optional<String> only = Optional.of(client).filter(id -> !id.isEmpty());
        subscriptions.put(
                text,
                new SubscriptionToken(
                        user, channel, only, Optional.of("\"of the token\""), Optional.of("{\"d\":1}"), at(end)));
        return this;
    }

    TestTokens channel(String text, String user, String channel, long end) {
        return channel(text, user, channel, "", end);
    }

    private static OptionalLong at(long end) {
        // the manual clock begins at one second
        return end == EVER ? OptionalLong.empty() : OptionalLong.of(TestExchange.START.getEpochSecond() + 1 + end);
    }

    private static <T> T find(Map<String, T> good, String token) {
        if (token.equals("old")) {
            throw BadToken.expired();
        }
        if (token.equals("broken")) {
            throw new IllegalStateException("cannot be judged");
        }
        return Optional.ofNullable(good.get(token)).orElseThrow(() -> BadToken.invalid("unknown"));
    }
}
