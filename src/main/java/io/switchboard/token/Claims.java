package io.switchboard.token;

import io.switchboard.access.BadToken;
import io.switchboard.access.ConnectionToken;
import io.switchboard.access.ServerSubscription;
import io.switchboard.access.SubscriptionToken;
import io.switchboard.channel.ChannelName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a token claims, read once its signature was found good. Immutable.
 *
 * <p>A claim that is not as it should be is an {@link IllegalArgumentException} or a
 * {@link io.switchboard.json.JsonFault}.
 */
final class Claims {
    private static final int MAX_USER = 255;
    private static final int MAX_SUBSCRIPTIONS = 128;

    private final Members members;
    private final TokenSettings settings;

    Claims(Members members, TokenSettings settings) {
        this.members = members;
        this.settings = settings;
    }

    /**
     * Makes sure that the token is for us and holds now.
     *
     * @param now in seconds since 1970
     * @throws BadToken if it does not hold yet or no longer
     */
    void demandValidity(long now) {
        settings.issuer()
                .ifPresent(issuer ->
                        require(members.text("iss").filter(issuer::equals).isPresent(), "iss"));
        List<String> audience = members.oneOrMore("aud");
        settings.audience().ifPresent(we -> require(audience.contains(we), "aud"));
        OptionalLong expiry = members.time("exp");
        require(expiry.isPresent(), "exp");
        long soon = now + settings.skew().toSeconds();
        require(members.time("iat").orElse(0) <= soon, "iat");
        if (expiry.getAsLong() <= now || members.time("nbf").orElse(0) > soon) {
            throw BadToken.expired();
        }
    }

    ConnectionToken connection() {
        require(members.raw("channel").isEmpty(), "channel"); // a subscription token opens no connection
        return new ConnectionToken(
                user(),
                new HashSet<>(members.oneOrMore(settings.rolesClaim())),
                members.payload("info"),
                members.raw("meta"),
                members.time("iat"),
                expiresAt(),
                subscriptions());
    }

    SubscriptionToken subscription() {
        return new SubscriptionToken(
                user(),
                channel(members.text("channel").orElse("")),
                members.text("client").filter(client -> !client.isEmpty()),
                members.payload("info"),
                members.payload("data"),
                expiresAt());
    }

    private String user() {
        String user = members.text(settings.userClaim()).orElse("");
        boolean plain = user.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        require(plain && user.length() <= MAX_USER, "the user's claim");
        return user;
    }

    /** {@code expire_at} replaces {@code exp} for what the token opens, not for the token. */
    private OptionalLong expiresAt() {
        OptionalLong replaced = members.time("expire_at");
        if (replaced.isEmpty()) {
            return members.time("exp");
        }
        return replaced.getAsLong() == 0 ? OptionalLong.empty() : replaced;
    }

    private Map<String, ServerSubscription> subscriptions() {
        Map<String, ServerSubscription> subscriptions = new LinkedHashMap<>();
        Optional<Members> subs = members.object("subs");
        if (subs.isPresent()) {
            subs.get()
                    .names()
                    .forEach(name -> subscriptions.put(
                            channel(name),
                            subs.get()
                                    .object(name)
                                    .map(sub -> new ServerSubscription(sub.payload("info"), sub.payload("data")))
                                    .orElse(ServerSubscription.PLAIN)));
        } else {
            members.list("channels").forEach(name -> subscriptions.put(channel(name), ServerSubscription.PLAIN));
        }
        require(subscriptions.size() <= MAX_SUBSCRIPTIONS, "the number of subscriptions");
        return subscriptions;
    }

    private static String channel(String name) {
        require(ChannelName.parse(name).isPresent(), "the name of a channel");
        return name;
    }

    private static void require(boolean condition, String claim) {
        if (!condition) {
            throw new IllegalArgumentException(claim + " is not what it must be");
        }
    }
}
