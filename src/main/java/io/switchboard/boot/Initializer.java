package io.switchboard.boot;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;

/**
 * Registers {@link Lifecycle} as the last listener of the web application, which makes it the first to hear of the stop.
 *
 * <p>An annotated listener hears of it too late: Tomcat and Undertow put the one that closes all sockets with 1001 behind
 * those of the application. They run the initializers of applications after their own.
 */
public class Initializer implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> none, ServletContext context) {
        context.addListener(Lifecycle.class);
    }
}
