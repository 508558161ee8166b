package io.switchboard.it;

import java.io.IOException;
import java.net.URL;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page client on its own, and the pages in a real browser against the WAR exactly as built. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class PagesIT {
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return War.asBuilt();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clocks",
                "commands",
                "connection",
                "elements",
                "http",
                "iterator",
                "subscription",
                "tabs",
                "tokens",
                "transports"
            })
    void pageClientKeepsItsPromises(String name) throws IOException, InterruptedException {
        NodeScripts.run("unit/" + name + ".test.mjs", Site.of(base));
    }

    @ParameterizedTest
    @ValueSource(strings = {"index", "echo", "chat", "client", "elements", "tabs"})
    void pagesWork(String name) throws IOException, InterruptedException {
        Program.find("/usr/bin/chromium");
        NodeScripts.run("browser/" + name + ".test.mjs", Site.of(base));
    }

    /** With pings as far apart as they are: else streams end before their reader gives them up, and bring all that they held. */
    @Test
    void pageFindsItsWayPastAProxyThatHoldsStreamsBack() throws IOException, InterruptedException {
        Program.find("/usr/bin/chromium");
        try (OwnProxy proxy = OwnProxy.start(OwnProxy.Kind.NGINX, "nginx-buffers.conf", Site.of(base))) {
            NodeScripts.run("browser/proxied.test.mjs", proxy.site(), Map.of("SWITCHBOARD_WAY", "longpoll"));
        }
    }
}
