package io.switchboard.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One HTTP request on a bare socket, lawful or not, and what came back; {@code 101} ends the conversation.
 *
 * @param answer status and headers; status 0 if the server just hung up
 * @param body what came after them before the server fell silent or hung up
 * @param ended whether it hung up
 */
record RawHttp(Answer answer, String body, boolean ended) {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 1_500;

    /** Sends these lines, an empty one, and a body. */
    static RawHttp ask(Site site, List<String> lines, String body) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(site.host(), site.port()), PATIENCE_MILLIS);
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            try {
                socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n" + body).getBytes(ISO_8859_1));
            } catch (SocketException hungUp) {
                // it may have answered before it had heard all
            }
            return read(socket, in);
        }
    }

    /** Asks for an upgrade with the headers that it needs, but for those that are given here. */
    static RawHttp handshake(Site site, String path, String... headers) throws IOException {
        return ask(site, handshakeLines("GET " + site.contextPath() + path, site, headers), "");
    }

    /** The lines of such a request; a given header takes the place of the usual one, {@code Name:-} of none. */
    static List<String> handshakeLines(String target, Site site, String... headers) {
        List<String> lines = new ArrayList<>(List.of(target + " HTTP/1.1"));
        for (String usual : List.of(
                "Host: 127.0.0.1:" + site.port(),
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: " + RawWebSocket.KEY)) {
            String name = usual.substring(0, usual.indexOf(':') + 1);
            if (List.of(headers).stream().noneMatch(header -> header.regionMatches(true, 0, name, 0, name.length()))) {
                lines.add(usual);
            }
        }
        List.of(headers).stream().filter(header -> !header.endsWith(":-")).forEach(lines::add);
        return lines;
    }

    int status() {
        return answer.status();
    }

    /** A header, with the values of all that have the name; empty if there is none. */
    String header(String name) {
        return answer.headers().getOrDefault(name, "");
    }

    private static RawHttp read(Socket socket, DataInputStream in) throws IOException {
        Answer answer;
        try {
            answer = Answer.read(in);
        } catch (EOFException | SocketException hungUp) {
            return new RawHttp(new Answer(0, "", Map.of()), "", true);
        }
        if (answer.status() == 101) {
            return new RawHttp(answer, "", false);
        }
        var body = new ByteArrayOutputStream();
        boolean ended = false;
        socket.setSoTimeout(SILENCE_MILLIS);
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                body.write(next);
            }
            ended = true;
        } catch (SocketTimeoutException silent) {
            // it waits for another request
        } catch (SocketException reset) {
            ended = true;
        }
        return new RawHttp(answer, body.toString(ISO_8859_1), ended);
    }
}
