package io.switchboard.it;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;

/**
 * The address of a deployed WAR, always on the loopback interface.
 *
 * <p>Payara may report the machine's own address, TomEE says localhost: limits per address and rules for loopback would
 * then differ between containers.
 */
public record Site(String host, int port, String contextPath) {

    /** Returns the site behind the URL that Arquillian injects. */
    public static Site of(URL base) {
        String path = base.getPath();
        return new Site("127.0.0.1", base.getPort(), path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /** Returns the site of a context path in the running container, for a deployment that a test makes itself. */
    public static Site at(String contextPath) {
        return new Site("127.0.0.1", Integer.getInteger("container.port"), contextPath);
    }

    /** Returns the origin of its pages, as browsers name it. */
    public String origin() {
        return "http://" + host + ":" + port;
    }

    /** Returns the HTTP address of a path such as {@code /echo?raw}. */
    public URI http(String path) {
        return URI.create("http://" + host + ":" + port + contextPath + path);
    }

    /** Returns the WebSocket address of a path such as {@code /echo?raw}. */
    public URI ws(String path) {
        return URI.create("ws://" + host + ":" + port + contextPath + path);
    }

    /** Returns whether the WAR answers there. */
    boolean serves() {
        try {
            var connection = (HttpURLConnection) http("/status").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            connection.setRequestProperty("Connection", "close");
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
