package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

/** The module behind the TLS listener of Payara Micro, with the certificate for development that it brings. */
class TlsIT {
    @Test
    void echoAnswersOverWss() throws IOException, GeneralSecurityException {
        try (OwnServer running = OwnServer.start();
                SSLSocket socket = connect(running)) {
            var in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            String path = running.site().contextPath() + "/echo?raw";
            out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost:" + running.tlsPort()
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                            + "\r\nSec-WebSocket-Key: " + RawWebSocket.KEY + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(Answer.read(in).statusLine()).startsWith("HTTP/1.1 101");

            out.write(Frame.text("Hello").masked(0x12345678));
            assertThat(Frame.read(in).text()).isEqualTo("Hello");
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    private static SSLSocket connect(OwnServer server) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
        var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.tlsPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Trusts everybody: everyone knows the key of this certificate. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
