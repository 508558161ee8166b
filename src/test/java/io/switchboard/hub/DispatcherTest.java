package io.switchboard.hub;

import static io.switchboard.hub.TestExchange.open;
import static io.switchboard.hub.TestExchange.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.access.Admission;
import io.switchboard.access.Identity;
import io.switchboard.channel.OnLag;
import io.switchboard.message.Disconnect;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of commands, good and bad. */
class DispatcherTest {
    private final TestExchange exchange =
            new TestExchange(TailLimits.DEFAULT, open("chat"), plain("plain", OnLag.RESUBSCRIBE));

    @Test
    void anErrorEndsTheSessionOfTheCommandOnly() {
        boolean[] broken = {true};
        TestExchange failing = TestExchange.judging(
                () -> {
                    if (broken[0]) {
                        throw new StackOverflowError();
                    }
                    return CompletableFuture.completedFuture(Admission.of(Identity.ANONYMOUS));
                },
                open("chat"));
        TestExchange.Client first = failing.connect();
        broken[0] = false;
        TestExchange.Client second = failing.connect();

        assertThat(first.connection.closed()).contains(Disconnect.INTERNAL);
        assertThat(second.session.isOpen()).isTrue();
        assertThat(failing.counters.snapshot())
                .containsEntry("sessions.failed", 1L)
                .containsEntry("sessions.closed.3004", 1L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "subscribe|`{\"channel\":\"nowhere:a\"}`|102",
                "subscribe|`{\"channel\":\"a\"}`|102",
                "subscribe|`{\"channel\":\"chat:\\u0000\"}`|107",
                "subscribe|`{\"channel\":\"$chat:a\"}`|103",
                "subscribe|`{\"channel\":\"chat:a#ann\"}`|103",
                "subscribe|`{\"channel\":\"chat:a\",\"token\":\"T\"}`|103",
                "subscribe|`{\"channel\":\"chat:a\",\"type\":1}`|108",
                "subscribe|`{\"channel\":\"chat:a\",\"tf\":{}}`|107",
                "publish|`{\"channel\":\"chat:a\"}`|107",
                "publish|`{\"channel\":\"nowhere:a\",\"data\":1}`|102",
                "presence|`{\"channel\":\"nowhere:a\"}`|102",
                "presence_stats|`{\"channel\":\"chat:a b\"}`|107",
                "history|`{\"channel\":\"plain:a\"}`|108",
                "history|`{\"channel\":\"chat:a\",\"since\":{\"epoch\":\"other\"}}`|112",
                "history|`{\"channel\":\"chat:a\",\"since\":{\"offset\":9}}`|112",
                "history|`{\"channel\":\"chat:a\",\"since\":{\"offset\":0},\"reverse\":true}`|107",
                "rpc|`{\"method\":\"m\"}`|108",
                "sub_refresh|`{\"channel\":\"chat:a\",\"token\":\"T\"}`|103"
            })
    void whatCannotBeObeyedIsRefusedAndTheSessionLives(String command, String request, int code) {
        TestExchange.Client client = exchange.connect();

        assertThat(client.ask("{\"id\":7,\"" + command + "\":" + request + "}"))
                .singleElement()
                .asString()
                .startsWith("{\"id\":7,\"error\":{\"code\":" + code + ",");
        assertThat(client.session.isOpen()).isTrue();
        assertThat(exchange.counters.snapshot()).containsEntry("problems." + code, 1L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"id\":2,\"connect\":{}}`|3501",
                "`{\"id\":2,\"refresh\":{\"token\":\"T\"}}`|3501",
                "`nonsense`|3501",
                "``|3501"
            })
    void whatBreaksTheProtocolEndsTheSession(String frame, int code) {
        TestExchange.Client client = exchange.connect();
        TestExchange.Client bystander = exchange.connect();

        client.say(frame);

        assertThat(client.connection.closed()).map(Disconnect::code).contains(code);
        assertThat(bystander.session.isOpen()).isTrue();
    }

    @Test
    void nothingButConnectMayComeFirst() {
        for (String frame : new String[] {"{}", "{\"id\":1,\"rpc\":{\"method\":\"m\"}}", "{\"send\":{}}"}) {
            TestExchange.Client client = exchange.arrive(Identity.ANONYMOUS);
            client.say(frame);
            assertThat(client.connection.closed()).contains(Disconnect.BAD_REQUEST);
        }
    }

    @Test
    void aTokenThatNobodyCanCheckIsNotIgnored() {
        TestExchange.Client client = exchange.arrive(Identity.ANONYMOUS);
        client.say("{\"id\":1,\"connect\":{\"token\":\"T\"}}\n{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}");

        assertThat(client.connection.closed()).contains(Disconnect.INVALID_TOKEN);
        assertThat(client.connection.lines()).isEmpty();
        assertThat(exchange.hub.channels()).isZero();
    }

    @Test
    void aConnectThatCannotBeDecidedSendsTheClientBackForAnotherTry() {
        TestExchange broken = TestExchange.judging(
                () -> CompletableFuture.failedFuture(new IllegalStateException("not now")), open("chat"));
        TestExchange.Client client = broken.arrive(Identity.ANONYMOUS);

        client.say("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}");

        assertThat(client.connection.closed()).contains(Disconnect.INTERNAL);
    }

    @Test
    void whatFollowsASlowConnectWaitsForIt() {
        CompletableFuture<Admission> verdict = new CompletableFuture<>();
        TestExchange slow = TestExchange.judging(() -> verdict, open("chat"));
        TestExchange.Client client = slow.arrive(Identity.ANONYMOUS);

        client.say("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}");
        assertThat(client.heard()).isEmpty();
        verdict.complete(Admission.of(Identity.ANONYMOUS));

        assertThat(client.heard())
                .extracting(line -> line.substring(0, 10))
                .containsExactly("{\"id\":1,\"c", "{\"id\":2,\"s");
    }

    @Test
    void aChannelIsFollowedOnceAndLeftAsOftenAsOneLikes() {
        TestExchange.Client client = exchange.connect();
        String subscribe = "{\"id\":2,\"subscribe\":{\"channel\":\"plain:a\"}}";
        String unsubscribe = "{\"id\":3,\"unsubscribe\":{\"channel\":\"plain:a\"}}";

        assertThat(client.ask(subscribe)).containsExactly("{\"id\":2,\"subscribe\":{}}");
        assertThat(client.ask(subscribe)).singleElement().asString().contains("105");
        assertThat(client.ask(unsubscribe)).containsExactly("{\"id\":3,\"unsubscribe\":{}}");
        assertThat(client.ask(unsubscribe)).containsExactly("{\"id\":3,\"unsubscribe\":{}}");
        assertThat(client.ask(subscribe)).containsExactly("{\"id\":2,\"subscribe\":{}}");
    }

    @Test
    void aSessionFollowsSoManyChannelsAndNoMore() {
        TestExchange.Client client = exchange.connect();
        for (int i = 0; i < 128; i++) {
            assertThat(client.ask("{\"id\":2,\"subscribe\":{\"channel\":\"plain:" + i + "\"}}"))
                    .containsExactly("{\"id\":2,\"subscribe\":{}}");
        }
        assertThat(client.ask("{\"id\":2,\"subscribe\":{\"channel\":\"plain:x\"}}"))
                .singleElement()
                .asString()
                .contains("\"code\":106");
    }

    @Test
    void aFrameWithTooManyCommandsEndsTheSession() {
        TestExchange.Client client = exchange.connect();
        client.say("{}\n".repeat(Dispatcher.MAX_COMMANDS));
        assertThat(client.session.isOpen()).isTrue();
        client.say("{}\n".repeat(10_000));
        assertThat(client.connection.closed()).contains(Disconnect.BAD_REQUEST);
    }

    @Test
    void membersAreListedAndCounted() {
        TestExchange.Client ann = exchange.connect();
        TestExchange.Client bob = exchange.connect();
        ann.say("{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}");
        bob.say("{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}");

        assertThat(ann.ask("{\"id\":3,\"presence\":{\"channel\":\"chat:a\"}}"))
                .singleElement()
                .asString()
                .contains("\"" + ann.session.id() + "\":{\"user\":\"\"")
                .contains("\"" + bob.session.id() + "\":{\"user\":\"\"");
        assertThat(ann.ask("{\"id\":4,\"presence_stats\":{\"channel\":\"chat:a\"}}"))
                .containsExactly("{\"id\":4,\"presence_stats\":{\"num_clients\":2,\"num_users\":1}}");
        assertThat(ann.ask("{\"send\":{\"data\":1}}")).isEmpty();
    }
}
