package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens through a real container: who connects with one is that user, for as long as it says. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TokenIT {
    private static final String SECRET = "a secret of the test, which is long enough for HS256";
    private static final long HOUR = 3_600;

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return War.with(
                Stage.lines(
                        "switchboard.token.hmac-secret=" + SECRET,
                        "switchboard.token.issuer=the test",
                        "switchboard.token.in-query=true"),
                ProbeServlet.class);
    }

    @Test
    void theTokenSaysWhoHeIsAndWhatHeMay() {
        try (var ann = LiveClient.open(Site.of(base))) {
            String token = token("\"sub\":\"ann\",\"roles\":[\"writer\"],\"info\":{\"name\":\"Ann\"}", HOUR);
            JsonObject connected = ann.ask("connect", "{'token':'%s'}", token);

            assertThat(connected.getBoolean("expires")).isTrue();
            assertThat(connected.getInt("ttl")).isBetween(1, (int) HOUR - 25);
            ann.subscribe("staff:tokens");
            ann.publish("staff:tokens", "1");
            JsonObject info = ann.push("staff:tokens", "pub").getJsonObject("info");
            assertThat(info.getString("user")).isEqualTo("ann");
            assertThat(info.getJsonObject("conn_info").getString("name")).isEqualTo("Ann");
        }
    }

    @Test
    void theTokenSubscribesAndTheClientRecoversWhatItMissed() {
        String token = token("\"sub\":\"bob\",\"channels\":[\"big:unasked\"]", HOUR);
        new Probe(Site.of(base)).ask("publish", "channel", "big:unasked", "data", "1");
        JsonObject position;
        try (var bob = LiveClient.open(Site.of(base))) {
            JsonObject subscribed = bob.ask("connect", "{'token':'%s'}", token).getJsonObject("subs");
            position = subscribed.getJsonObject("big:unasked");
            new Probe(Site.of(base)).ask("publish", "channel", "big:unasked", "data", "2");
            assertThat(bob.heard("big:unasked")).isEqualTo("2");
        }
        new Probe(Site.of(base)).ask("publish", "channel", "big:unasked", "data", "3");
        try (var bob = LiveClient.open(Site.of(base))) {
            String since = "{'recover':true,'offset':%d,'epoch':'%s'}"
                    .formatted(position.getInt("offset"), position.getString("epoch"));
            JsonObject recovered = bob.ask("connect", "{'token':'%s','subs':{'big:unasked':%s}}", token, since)
                    .getJsonObject("subs")
                    .getJsonObject("big:unasked");
            assertThat(recovered.getBoolean("recovered")).isTrue();
            assertThat(recovered.getJsonArray("publications").getValuesAs(JsonObject.class))
                    .extracting(publication -> publication.get("data").toString())
                    .containsExactly("2", "3");
        }
    }

    @Test
    void aRightThatEndsAndIsNotRenewedEndsTheConnection() {
        try (var ann = LiveClient.open(Site.of(base));
                var bob = LiveClient.open(Site.of(base))) {
            ann.ask("connect", "{'token':'%s'}", token("\"sub\":\"ann\"", 8));
            bob.ask("connect", "{'token':'%s'}", token("\"sub\":\"bob\"", 8));
            assertThat(bob.ask("refresh", "{'token':'%s'}", token("\"sub\":\"bob\"", HOUR))
                            .getInt("ttl"))
                    .isPositive();

            assertThat(ann.end().code()).isEqualTo(3005);
            bob.subscribe("staff:renewed");
        }
    }

    @Test
    void aSubscriptionTokenOpensAPrivateChannel() {
        try (var ann = LiveClient.open(Site.of(base))) {
            ann.ask("connect", "{'token':'%s'}", token("\"sub\":\"ann\"", HOUR));
            assertThat(ann.refused("subscribe", "{'channel':'$big:secret'}")).isEqualTo(103);
            String right = token("\"sub\":\"ann\",\"channel\":\"$big:secret\"", HOUR);
            assertThat(ann.ask("subscribe", "{'channel':'$big:secret','token':'%s'}", right)
                            .getBoolean("expires"))
                    .isTrue();
        }
    }

    @Test
    void whatIsNotGoodIsRefused() {
        assertThat(refusal(token("\"sub\":\"ann\"", -10))).isEqualTo(109);
        assertThat(closing(token("\"sub\":\"ann\"", HOUR) + "x")).isEqualTo(3500);
        assertThat(closing("e30."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString("{}".getBytes(StandardCharsets.UTF_8))
                        + "."))
                .isEqualTo(3500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol", "query"})
    void aPageMayHandItOverInTheHandshake(String way) throws IOException {
        String token = token("\"sub\":\"carol\"", HOUR);
        boolean query = way.equals("query");
        String[] headers = query
                ? new String[0]
                : new String[] {"Sec-WebSocket-Protocol: switchboard.token." + token + ", centrifuge-json"};
        try (var client =
                RawWebSocket.connect(Site.of(base).ws("/connection/websocket" + (query ? "?token=" + token : "")))) {
            Answer answer = client.handshake(RawWebSocket.KEY, headers);
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.headers().getOrDefault("Sec-WebSocket-Protocol", ""))
                    .isEqualTo(query ? "" : "centrifuge-json");
            client.send(Frame.text("{\"connect\":{},\"id\":1}\n{\"subscribe\":{\"channel\":\"staff:x\"},\"id\":2}"));
            assertThat(client.receiveMessage().text()).contains("\"expires\":true");
        }
    }

    private int refusal(String token) {
        try (var client = LiveClient.open(Site.of(base))) {
            return client.refused("connect", "{'token':'%s'}", token);
        }
    }

    private int closing(String token) {
        try (var client = LiveClient.open(Site.of(base))) {
            client.say("connect", "{'token':'%s'}", token);
            return client.end().code();
        }
    }

    private static String token(String claims, long seconds) {
        long now = Instant.now().getEpochSecond();
        String payload = "{" + claims + ",\"iss\":\"the test\",\"iat\":" + now + ",\"exp\":" + (now + seconds) + "}";
        String signed = List.of("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", payload).stream()
                .map(part -> base64(part.getBytes(StandardCharsets.UTF_8)))
                .reduce((header, body) -> header + "." + body)
                .orElseThrow();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
