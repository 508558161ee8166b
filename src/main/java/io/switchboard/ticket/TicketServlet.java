package io.switchboard.ticket;

import io.switchboard.access.Access;
import io.switchboard.access.Admission;
import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.credential.Tickets;
import io.switchboard.http.DoorServlet;
import io.switchboard.http.Handed;
import io.switchboard.json.JsonWriter;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
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
public class TicketServlet extends DoorServlet {
    /** Where it is, below the context path. */
    public static final String PATH = "/connection/ticket";

    private static final long serialVersionUID = 1;
    private static final long TIMEOUT_MILLIS = 10_000;

    @Inject
    private transient Access access;

    @Inject
    private transient Tickets tickets;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!door().passes(request, response)) {
            return;
        }
        Caller caller = door().visitor(request).caller();
        AsyncContext async = request.startAsync();
        async.setTimeout(TIMEOUT_MILLIS);
        admission(Handed.bearer(request), caller).whenComplete((admission, failure) -> {
            answer(
                    (HttpServletResponse) async.getResponse(),
                    failure == null
                            ? admission.flatMap(found -> tickets.issue(found, caller.origin()))
                            : Optional.empty());
            async.complete();
        });
    }

    /** Who asks; empty if nobody knows him. */
    private CompletionStage<Optional<Admission>> admission(Optional<String> token, Caller caller) {
        return token.map(shown -> access.authenticator().renew(shown).thenApply(Optional::of))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.of(caller.identity())
                        .filter(Identity::isSignedIn)
                        .map(Admission::of)));
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
