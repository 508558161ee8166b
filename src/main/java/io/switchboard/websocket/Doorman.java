package io.switchboard.websocket;

import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.channel.Namespaces;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stands at every WebSocket door: gives the container our endpoint, and the endpoint the identity of its caller.
 *
 * <p>Containers make it themselves and do not inject into it, hence the look-ups. Stateless.
 */
public class Doorman extends ServerEndpointConfig.Configurator {
    /** The one property of a socket: its {@link Arrival}, and its session as soon as it has one. */
    static final String PROPERTY = "io.switchboard";

    /** Endpoints are stateless beans, one for all connections. */
    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return CDI.current().select(type).get();
    }

    /** Never compresses: an idle compressor costs 87 KiB per session, and its decoder is a way to hurt us. */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    /** Whether the filter has let the caller through; where a container skips it (Jetty does), nobody gets in. */
    @Override
    public boolean checkOrigin(String origin) {
        return !arrival().equals(Arrival.UNKNOWN);
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Arrival arrival = arrival();
        Principal principal = request.getUserPrincipal();
        boolean loggedIn = principal != null && arrival.believesLogin();
        config.getUserProperties().put(PROPERTY, loggedIn ? loggedIn(arrival, principal, request) : anonymous(arrival));
    }

    static Arrival arrival(Map<String, Object> properties) {
        return properties.get(PROPERTY) instanceof Arrival arrival ? arrival : Arrival.UNKNOWN;
    }

    private static Arrival arrival() {
        return CDI.current().select(Arrivals.class).get().get();
    }

    private static Arrival anonymous(Arrival arrival) {
        return new Arrival(arrival.caller(), false, Optional.empty());
    }

    /** Asked now, since no container answers this once the handshake is over. */
    private static Arrival loggedIn(Arrival arrival, Principal principal, HandshakeRequest request) {
        Set<String> roles = CDI.current().select(Namespaces.class).get().rolesHeld(request::isUserInRole);
        Caller caller = arrival.caller();
        Identity identity = Identity.of(principal.getName(), roles);
        return new Arrival(
                new Caller(caller.address(), caller.origin(), identity, caller.credential()), true, arrival.login());
    }
}
