package io.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A user with a browser: logged in at the {@link LoginServlet}, with the cookie of his HTTP session. Confined to a thread. */
final class Account {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0">
              <filter>
                <filter-name>application-login</filter-name>
                <filter-class>io.switchboard.it.SessionLogin</filter-class>
                <async-supported>true</async-supported>
              </filter>
              <filter-mapping>
                <filter-name>application-login</filter-name>
                <url-pattern>/*</url-pattern>
              </filter-mapping>
              <servlet>
                <servlet-name>login</servlet-name>
                <servlet-class>io.switchboard.it.LoginServlet</servlet-class>
              </servlet>
              <servlet-mapping>
                <servlet-name>login</servlet-name>
                <url-pattern>/login</url-pattern>
              </servlet-mapping>
            </web-app>
            """;

    private final Site site;
    private String cookie = "";

    private Account(Site site) {
        this.site = site;
    }

    /** The WAR with the login beside the module; its filter comes first, as that of a {@code web.xml} does. */
    static WebArchive war(List<String> lines, Class<?>... more) {
        return War.with(lines, more)
                .addClasses(LoginServlet.class, SessionLogin.class, ProbeServlet.class)
                .setWebXML(new StringAsset(WEB_XML));
    }

    /** Logs in with these roles, with commas between. */
    static Account login(Site site, String user, String roles) {
        Account account = new Account(site);
        assertThat(account.ask("in&user=" + user + "&roles=" + roles)).startsWith(user + " ");
        return account;
    }

    /** Does one thing at the login page and returns its answer. */
    String ask(String what) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(site.http("/login?do=" + what)).timeout(Duration.ofSeconds(20));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            response.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.split(";", 2)[0]);
            return response.body().strip();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The cookie of the HTTP session. */
    String cookie() {
        return cookie;
    }

    /** A page of the site itself: it connects with the cookie, and says where it comes from. */
    LiveClient connect() {
        return LiveClient.connect(site, headers());
    }

    /** What a browser sends with a handshake of such a page, as pairs of name and value. */
    String[] headers() {
        return new String[] {"Origin", site.origin(), "Cookie", cookie};
    }
}
