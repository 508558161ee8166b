package io.switchboard.websocket;

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
import java.util.stream.Collectors;

/**
 * Stands at every WebSocket door: gives the container our endpoint, and the endpoint the identity of its caller.
 *
 * <p>Containers make it themselves and do not inject into it, hence the look-ups. Stateless.
 */
public class Doorman extends ServerEndpointConfig.Configurator {
    private static final String IDENTITY = Doorman.class.getName() + ".identity";
    private static final String ARRIVAL = Doorman.class.getName() + ".arrival";

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

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        config.getUserProperties().put(IDENTITY, identity(request));
        config.getUserProperties()
                .put(ARRIVAL, CDI.current().select(Arrivals.class).get().get());
    }

    static Identity identity(Map<String, Object> properties) {
        return properties.get(IDENTITY) instanceof Identity identity ? identity : Identity.ANONYMOUS;
    }

    static String address(Map<String, Object> properties) {
        return properties.get(ARRIVAL) instanceof Arrival arrival ? arrival.address() : "";
    }

    private static Identity identity(HandshakeRequest request) {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            return Identity.ANONYMOUS;
        }
        // asked now, since no container answers this once the handshake is over
        return new Identity(
                principal.getName(),
                CDI.current().select(Namespaces.class).get().roles().stream()
                        .filter(request::isUserInRole)
                        .collect(Collectors.toSet()),
                Optional.empty());
    }
}
