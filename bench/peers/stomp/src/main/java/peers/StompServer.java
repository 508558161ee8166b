package peers;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;

/** STOMP with Spring's simple broker: clients send straight to /topic/NAME. */
@SpringBootApplication
@EnableWebSocketMessageBroker
public class StompServer implements WebSocketMessageBrokerConfigurer {

    public static void main(String[] args) {
        SpringApplication.run(StompServer.class, args);
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/stomp").setAllowedOrigins("*");
        // Both channels are thread pools that reorder what they carry unless told otherwise, here for what clients
        // send and below for what they get. The benchmark checks the order.
        registry.setPreserveReceiveOrder(true);
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.setPreservePublishOrder(true);
        // No task scheduler: that means heart-beats 0,0.
        registry.enableSimpleBroker("/topic");
    }

    @Override
    public void configureWebSocketTransport(WebSocketTransportRegistration registry) {
        // The defaults, 10 s and 512 KiB, close a subscriber who falls behind in a burst.
        registry.setSendTimeLimit(60_000);
        registry.setSendBufferSizeLimit(64 * 1024 * 1024);
        registry.setMessageSizeLimit(64 * 1024);
    }

    @EventListener(ApplicationReadyEvent.class)
    public void ready() {
        System.out.println("ready");
    }
}
