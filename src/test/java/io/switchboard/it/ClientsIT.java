package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that others wrote, unchanged: the official Centrifuge SDK, npm {@code ws}, Python's {@code websockets}. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ClientsIT {
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return War.with(Stage.lines("switchboard.ping-interval=4s", "switchboard.pong-timeout=3s"), ProbeServlet.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"centrifuge", "centrifuge-breaks", "ws"})
    void scriptsPass(String name) throws IOException, InterruptedException {
        NodeScripts.run("compat/" + name + ".test.mjs", Site.of(base));
    }

    @ParameterizedTest
    @CsvSource({"centrifuge, http_stream", "centrifuge-breaks, http_stream", "centrifuge, sse"})
    void officialSdkFallsBack(String name, String transport) throws IOException, InterruptedException {
        NodeScripts.run("compat/" + name + ".test.mjs", Site.of(base), Map.of("SWITCHBOARD_TRANSPORT", transport));
    }

    @Test
    void pythonIsUnderstood() throws IOException, InterruptedException {
        // by its full path: Debian's own interpreter is the one that sees Debian's python3-websockets
        String python = Program.find("/usr/bin/python3").path().toString();
        Path script = Path.of(System.getProperty("basedir"), "src/test/js/compat/echo_websockets.py");
        ProcessBuilder builder = new ProcessBuilder(python, script.toString()).redirectErrorStream(true);
        builder.environment().put("SWITCHBOARD_URL", Site.of(base).http("").toString());

        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(output).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
