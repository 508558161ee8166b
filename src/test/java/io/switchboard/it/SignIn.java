package io.switchboard.it;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.security.Principal;

/**
 * The login of an application: believes the headers {@code X-User} and {@code X-Role}, and tells the container's API so.
 *
 * <p>In place of a realm, which every container wants to be configured in its own way.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class SignIn implements Filter {
    static final String USER = "X-User";
    static final String ROLE = "X-Role";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var plain = (HttpServletRequest) request;
        chain.doFilter(plain.getHeader(USER) == null ? plain : new SignedIn(plain), response);
    }

    private static final class SignedIn extends HttpServletRequestWrapper {
        SignedIn(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Principal getUserPrincipal() {
            String user = getHeader(USER);
            return () -> user;
        }

        @Override
        public boolean isUserInRole(String role) {
            return role.equals(getHeader(ROLE));
        }
    }
}
