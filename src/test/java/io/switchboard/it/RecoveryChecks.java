package io.switchboard.it;

import static io.switchboard.it.Stage.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** History, and what a client that comes back is given of what it missed. */
interface RecoveryChecks {
    Site site();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    `'limit':0`                                            | ``
                    `'reverse':true`                                       | ``
                    `'limit':3`                                            | 1 2 3
                    `'limit':-1`                                           | 1 2 3 4 5 6 7 8 9 10
                    `'limit':99999999999`                                  | 1 2 3 4 5 6 7 8 9 10
                    `'limit':3,'reverse':true`                             | 10 9 8
                    `'limit':3,'since':{}`                                 | 1 2 3
                    `'limit':3,'since':{'offset':4}`                       | 5 6 7
                    `'limit':3,'since':{'offset':4,'epoch':'%2$s'}`        | 5 6 7
                    `'limit':3,'since':{'offset':8,'epoch':'%2$s'}`        | 9 10
                    `'limit':3,'since':{'offset':10,'epoch':'%2$s'}`       | ``
                    `'since':{'offset':4,'epoch':'%2$s'}`                  | ``
                    `'limit':3,'reverse':true,'since':{'offset':4}`        | 3 2 1
                    `'limit':3,'reverse':true,'since':{'offset':99}`       | 10 9 8
                    """)
    default void historyByLimitSinceAndReverse(String query, String offsets) {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site())) {
            String epoch = ann.subscribe(channel).getString("epoch");
            publish(ann, channel, 10);

            JsonObject result = ann.ask("history", "{'channel':'%1$s'," + query + "}", channel, epoch);

            assertThat(offsets(result)).isEqualTo(offsets);
            assertThat(result.getInt("offset")).isEqualTo(10);
            assertThat(result.getString("epoch")).isEqualTo(epoch);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    `'limit':3,'since':{'offset':1,'epoch':'other'}`       | 112
                    `'limit':3,'since':{'offset':11}`                      | 112
                    `'since':{'offset':11,'epoch':'%2$s'}`                 | 112
                    `'reverse':true,'since':{'offset':0}`                  | 107
                    `'limit':3,'reverse':true,'since':{'epoch':'%2$s'}`    | 107
                    """)
    default void historyOfNowhereIsRefused(String query, int code) {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site())) {
            String epoch = ann.subscribe(channel).getString("epoch");
            publish(ann, channel, 10);

            assertThat(ann.refused("history", "{'channel':'%1$s'," + query + "}", channel, epoch))
                    .isEqualTo(code);
        }
    }

    @Test
    default void historyReturnsWhatIsLeftOfAnEvictedRange() {
        String channel = fresh("small");
        try (var ann = LiveClient.connect(site())) {
            publish(ann, channel, 10);

            JsonObject result = ann.ask("history", "{'channel':'%s','limit':5,'since':{'offset':2}}", channel);

            assertThat(offsets(result)).isEqualTo("8 9 10");
        }
    }

    @Test
    default void allThatWasMissedComesWithTheAnswer() {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site());
                var bob = LiveClient.connect(site())) {
            publish(ann, channel, 2);
            JsonObject first = bob.subscribe(channel);
            assertThat(first.getInt("offset")).isEqualTo(2);
            assertThat(first).doesNotContainKeys("was_recovering", "recovered", "publications");
            bob.ask("unsubscribe", "{'channel':'%s'}", channel);
            publish(ann, channel, 5);

            JsonObject again = recover(bob, channel, 2, first.getString("epoch"));

            assertThat(again.getBoolean("was_recovering")).isTrue();
            assertThat(again.getBoolean("recovered")).isTrue();
            assertThat(offsets(again)).isEqualTo("3 4 5 6 7");
            assertThat(again.getInt("offset")).as("where the request stood").isEqualTo(2);
            publish(ann, channel, 1);
            assertThat(bob.push(channel, "pub").getInt("offset")).isEqualTo(8);
        }
    }

    @Test
    default void whoMissedNothingIsToldSo() {
        String channel = fresh("big");
        try (var ann = LiveClient.connect(site())) {
            publish(ann, channel, 2);
            String epoch = ann.ask("history", "{'channel':'%s'}", channel).getString("epoch");

            JsonObject again = recover(ann, channel, 2, epoch);

            assertThat(again.getBoolean("recovered")).isTrue();
            assertThat(again).doesNotContainKey("publications");
            assertThat(again.getInt("offset")).isEqualTo(2);
        }
    }

    @Test
    default void whatIsMoreThanAFrameComesInOrderAllTheSame() {
        String channel = fresh("big");
        String kilobyte = "x".repeat(1024);
        int missed = 700;
        try (var ann = LiveClient.connect(site());
                var bob = LiveClient.connect(site())) {
            IntStream.rangeClosed(1, missed)
                    .map(i -> ann.say("publish", "{'channel':'%s','data':'%s'}", channel, kilobyte))
                    .boxed()
                    .toList()
                    .forEach(ann::reply);

            JsonObject again = recover(bob, channel, 0, "");

            assertThat(again.getBoolean("recovered")).isTrue();
            int inAnswer = again.getJsonArray("publications").size();
            assertThat(inAnswer).isBetween(1, missed);
            for (int offset = 1; offset <= inAnswer; offset++) {
                assertThat(again.getJsonArray("publications")
                                .getJsonObject(offset - 1)
                                .getInt("offset"))
                        .isEqualTo(offset);
            }
            for (int offset = inAnswer + 1; offset <= missed; offset++) {
                assertThat(bob.push(channel, "pub").getInt("offset")).isEqualTo(offset);
            }
            publish(ann, channel, 1);
            assertThat(bob.push(channel, "pub").getInt("offset")).isEqualTo(missed + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"small, 2, true", "small, 0, true", "big, 11, true", "big, 4, false"})
    default void whatCannotBeRecoveredIsSaidAndNothingIsSent(String namespace, int offset, boolean sameEpoch) {
        String channel = fresh(namespace);
        try (var ann = LiveClient.connect(site());
                var bob = LiveClient.connect(site())) {
            publish(ann, channel, 10);
            String epoch = ann.ask("history", "{'channel':'%s'}", channel).getString("epoch");

            JsonObject result = recover(bob, channel, offset, sameEpoch ? epoch : "other");

            assertThat(result.getBoolean("was_recovering")).isTrue();
            assertThat(result).doesNotContainKeys("recovered", "publications");
            assertThat(result.getInt("offset")).as("the top").isEqualTo(10);
            assertThat(result.getString("epoch")).isEqualTo(epoch);
            publish(ann, channel, 1);
            assertThat(bob.push(channel, "pub").getInt("offset")).isEqualTo(11);
        }
    }

    @Test
    default void whoWantsAllOrNothingGetsAnError() {
        String channel = fresh("small");
        String request = "{'channel':'%s','recover':true,'offset':%d,'flag':3}";
        try (var ann = LiveClient.connect(site())) {
            publish(ann, channel, 10);

            assertThat(ann.refused("subscribe", request, channel, 2)).isEqualTo(112);

            assertThat(ann.ask("subscribe", request, channel, 8).getBoolean("recovered"))
                    .isTrue();
        }
    }

    @Test
    default void onlyTheLatestValueIsGivenWhereOnlyThatIsKept() {
        String channel = fresh("last");
        try (var ann = LiveClient.connect(site());
                var bob = LiveClient.connect(site())) {
            publish(ann, channel, 3);

            JsonObject first = bob.subscribe(channel);

            assertThat(offsets(first)).isEqualTo("3");
            assertThat(first.getBoolean("recovered")).isTrue();
            publish(ann, channel, 1);
            assertThat(bob.push(channel, "pub").getInt("offset")).isEqualTo(4);
            bob.ask("unsubscribe", "{'channel':'%s'}", channel);
            JsonObject again = recover(bob, channel, 4, first.getString("epoch"));
            assertThat(again.getBoolean("recovered")).isTrue();
            assertThat(again).doesNotContainKey("publications");
        }
    }

    @Test
    default void cacheWithNothingInItHasNothingToGive() {
        try (var ann = LiveClient.connect(site())) {
            JsonObject result = ann.subscribe(fresh("last"));

            assertThat(result.getBoolean("was_recovering")).isTrue();
            assertThat(result).doesNotContainKeys("recovered", "publications");
        }
    }

    @Test
    default void channelsThatKeepNothingRecoverNothing() {
        try (var ann = LiveClient.connect(site())) {
            assertThat(recover(ann, fresh("plain"), 3, "any")).isEmpty();
        }
    }

    private static JsonObject recover(LiveClient client, String channel, int offset, String epoch) {
        return client.ask(
                "subscribe", "{'channel':'%s','recover':true,'offset':%d,'epoch':'%s'}", channel, offset, epoch);
    }

    private static void publish(LiveClient client, String channel, int count) {
        IntStream.range(0, count).forEach(i -> client.publish(channel, String.valueOf(i)));
    }

    private static String offsets(JsonObject result) {
        List<String> offsets = result.getJsonArray("publications").getValuesAs(JsonObject.class).stream()
                .map(publication -> publication.get("offset").toString())
                .toList();
        return String.join(" ", offsets);
    }
}
