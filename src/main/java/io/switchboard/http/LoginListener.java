package io.switchboard.http;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

/** Hears of HTTP sessions that end or change their id. Stateless. */
@WebListener
public class LoginListener implements HttpSessionListener, HttpSessionIdListener {
    @Inject
    private Logins logins;

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        logins.ended(event.getSession().getId());
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        HttpSession session = event.getSession();
        logins.renamed(oldId, session);
    }
}
