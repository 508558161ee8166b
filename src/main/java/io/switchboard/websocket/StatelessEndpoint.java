package io.switchboard.websocket;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an endpoint of which there is one, for all connections, and which is called without a proxy.
 *
 * <p>The proxy of a normal scope fails on Payara where one of our threads, which have no context class loader, closes a
 * connection; and a dependent object per connection would be kept by the container for ever.
 */
@Stereotype
@Singleton
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StatelessEndpoint {}
