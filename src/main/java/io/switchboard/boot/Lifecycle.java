package io.switchboard.boot;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Starts and stops with the web application.
 *
 * <p>{@link Initializer} registers it. The stop must not be left to the container: Payara drops its sockets without a close
 * frame, and others say 1001 instead of 1012. (WildFly says 1001 all the same when its process ends: it suspends before any
 * application hears of it.)
 */
public class Lifecycle implements ServletContextListener {
    private static final Logger LOG = System.getLogger("io.switchboard");

    private Optional<Exchange> exchange = Optional.empty();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Exchange started = CDI.current().select(Exchange.class).get();
        exchange = Optional.of(started);
        ServletContext context = event.getServletContext();
        LOG.log(
                Level.INFO,
                () -> "Switchboard " + Version.CURRENT + " on " + context.getServerInfo() + ", engine "
                        + started.engine().name() + ", endpoints " + context.getContextPath() + " "
                        + String.join(" ", Endpoints.PATHS) + ", namespaces "
                        + started.namespaces().names());
        ContainerFloor.warning(context.getServerInfo()).ifPresent(warning -> LOG.log(Level.WARNING, warning));
        started.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        started.settings().unknown().forEach(key -> LOG.log(Level.WARNING, "unknown setting {0}", key));
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        exchange.ifPresent(Exchange::stop);
    }
}
