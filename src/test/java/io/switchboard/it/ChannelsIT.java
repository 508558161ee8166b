package io.switchboard.it;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients and application code do with channels, all against one deployment: starting Payara costs 15 seconds. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ChannelsIT implements NativeChecks, ReplyChecks, RecoveryChecks, PipeChecks, ApiChecks {
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return War.with(Stage.lines("switchboard.subscriptions=8"), ProbeServlet.class, SignIn.class);
    }

    @Override
    public Site site() {
        return Site.of(base);
    }
}
