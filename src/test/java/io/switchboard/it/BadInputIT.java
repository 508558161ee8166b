package io.switchboard.it;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What no honest client sends: the sender is told why it was closed, it is counted, and a bystander in the same channel
 * hears the next publication as if nothing had happened.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class BadInputIT implements MischiefChecks, FrameChecks, FloodChecks, OddTextChecks, OddCommandChecks {
    @ArquillianResource
    private URL base;

    private Bystander bystander;

    @Deployment(testable = false)
    static WebArchive war() {
        return War.with(Stage.lines(Stage.UNHURRIED), ProbeServlet.class, FailingEndpoint.class, FailingFilter.class);
    }

    @BeforeEach
    void placeBystander() {
        bystander = new Bystander(Site.of(base));
    }

    @AfterEach
    void bystanderIsTheOnlyOneLeftAndHears() {
        try {
            bystander.assertUnharmed();
        } finally {
            bystander.close();
        }
    }

    @Override
    public Bystander bystander() {
        return bystander;
    }
}
