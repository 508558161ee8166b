package io.switchboard.it;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

/**
 * The login of an application that keeps its user in the HTTP session, and tells the container's API of him.
 *
 * <p>In place of a realm, which every container wants to be configured in its own way.
 */
public class SessionLogin implements Filter {
    static final String USER = "user";
    static final String ROLES = "roles";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new LoggedIn((HttpServletRequest) request), response);
    }

    private static final class LoggedIn extends HttpServletRequestWrapper {
        LoggedIn(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Principal getUserPrincipal() {
            return attribute(USER).<Principal>map(user -> () -> user).orElse(null);
        }

        @Override
        public String getRemoteUser() {
            return attribute(USER).orElse(null);
        }

        @Override
        public boolean isUserInRole(String role) {
            return attribute(ROLES)
                    .filter(roles -> List.of(roles.split(",", -1)).contains(role))
                    .isPresent();
        }

        @Override
        public void logout() throws ServletException {
            getSession().removeAttribute(USER);
            super.logout();
        }

        private Optional<String> attribute(String name) {
            return Optional.ofNullable(getSession(false)).map(session -> read(session, name));
        }

        private static String read(HttpSession session, String name) {
            try {
                return (String) session.getAttribute(name);
            } catch (IllegalStateException e) {
                return null; // invalidated by this request
            }
        }
    }
}
