package io.switchboard.ticket;

import io.switchboard.access.Access;
import io.switchboard.access.Admission;
import io.switchboard.access.Identity;
import io.switchboard.channel.Namespaces;
import io.switchboard.credential.Tickets;
import io.switchboard.http.Cors;
import io.switchboard.http.Gate;
import io.switchboard.http.Handed;
import io.switchboard.http.HttpDoor;
import io.switchboard.json.JsonWriter;
import io.switchboard.origin.Origins;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Gives tickets: {@code POST} with {@code Content-Type: application/json}, by the container's login or with
 * {@code Authorization: Bearer} and a connection token. Thread-safe.
 *
 * <p>A login that came by cookie counts only for a page of this site that says so in its {@code Origin}, and the content
 * type makes browsers ask before they send it from elsewhere: so no other page can get a ticket in a user's name.
 */
@WebServlet(urlPatterns = TicketServlet.PATH, asyncSupported = true)
public class TicketServlet extends HttpServlet {
    /** Where it is, below the context path. */
    public static final String PATH = "/connection/ticket";

    private static final long serialVersionUID = 1;
    private static final String METHODS = "POST, OPTIONS";
    private static final long TIMEOUT_MILLIS = 10_000;

    @Inject
    private transient Gate gate;

    @Inject
    private transient Access access;

    @Inject
    private transient Tickets tickets;

    @Inject
    private transient Namespaces namespaces;

    @Override
    protected void doOptions(HttpServletRequest request, HttpServletResponse response) {
        Cors.preflight(request, response, gate.origin(request), METHODS);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Origins.Verdict origin = gate.origin(request);
        Cors.answer(request, response, origin);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (origin == Origins.Verdict.FOREIGN) {
            response.sendError(gate.foreign(request).status());
        } else if (!HttpDoor.isJson(request)) {
            response.sendError(415, "Content-Type must be application/json");
        } else {
            AsyncContext async = request.startAsync();
            async.setTimeout(TIMEOUT_MILLIS);
            String named = Gate.named(request);
            admission(request, origin).whenComplete((admission, failure) -> {
                answer(
                        (HttpServletResponse) async.getResponse(),
                        failure == null ? admission.flatMap(found -> tickets.issue(found, named)) : Optional.empty());
                async.complete();
            });
        }
    }

    /** Who asks; empty if nobody knows him. */
    private CompletionStage<Optional<Admission>> admission(HttpServletRequest request, Origins.Verdict origin) {
        Optional<String> token = Handed.bearer(request);
        if (token.isPresent()) {
            return access.authenticator().renew(token.get()).thenApply(Optional::of);
        }
        return CompletableFuture.completedFuture(Optional.ofNullable(request.getUserPrincipal())
                .filter(principal -> Gate.believesLogin(request, origin))
                .map(principal ->
                        Admission.of(Identity.of(principal.getName(), namespaces.rolesHeld(request::isUserInRole)))));
    }

    private void answer(HttpServletResponse response, Optional<String> ticket) {
        try {
            if (ticket.isEmpty()) {
                response.sendError(401);
                return;
            }
            response.setContentType("application/json;charset=UTF-8");
            response.getWriter()
                    .write(new JsonWriter()
                            .open()
                            .text("ticket", ticket.get())
                            .number("ttl", tickets.lifetime().toSeconds())
                            .close()
                            .toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
