package io.switchboard.http;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;

/**
 * Notices that a user logs out, or comes with other roles, while something live hangs on his HTTP session: a logout need not
 * end that session, and then no listener hears of it. Does nothing for anybody else. Stateless.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class LoginFilter implements Filter {
    @Inject
    private Logins logins;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest plain = (HttpServletRequest) request;
        Optional<String> id = Logins.of(plain).map(HttpSession::getId).filter(logins::knows);
        if (id.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        logins.seen(plain, id.get());
        try {
            chain.doFilter(new Watched(plain), response);
        } finally {
            logins.left(plain);
        }
    }

    private final class Watched extends HttpServletRequestWrapper {
        Watched(HttpServletRequest request) {
            super(request);
        }

        @Override
        public void logout() throws ServletException {
            Optional<String> id = Logins.of(this).map(HttpSession::getId);
            super.logout();
            id.ifPresent(logins::ended);
            Logins.of(this).map(HttpSession::getId).ifPresent(logins::ended); // it may have got another
        }
    }
}
