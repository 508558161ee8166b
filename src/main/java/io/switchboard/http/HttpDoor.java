package io.switchboard.http;

import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.channel.Namespaces;
import io.switchboard.hub.Dispatcher;
import io.switchboard.json.NativeReader;
import io.switchboard.json.Received;
import io.switchboard.message.Command;
import io.switchboard.origin.Origins;
import io.switchboard.session.Codec;
import io.switchboard.session.Connection;
import io.switchboard.session.Frame;
import io.switchboard.session.Seldom;
import io.switchboard.session.Session;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What every HTTP door does alike: judges requests, reads bodies, makes sessions, hands on what clients say. Thread-safe. */
public final class HttpDoor {
    /** Largest body that is taken, in bytes; one byte more is answered 413. */
    public static final int MAX_BODY = 65_536;

    /** Who wants to open a session. */
    public record Visitor(Caller caller, Optional<HttpSession> login) {}

    private static final NativeReader READER = new NativeReader(Dispatcher.MAX_COMMANDS);
    private static final String RETRY_SECONDS = "5";
    private static final long BODY_NANOS = 10_000_000_000L; // that a body may take to arrive

    private final Dispatcher dispatcher;
    private final Gate gate;
    private final Logins logins;
    private final Namespaces namespaces;
    private final Handles handles;
    private final LongSupplier nanos;
    private final Seldom faults;
    private final Map<Body, Long> arriving = new ConcurrentHashMap<>();

    /** A door to this dispatcher, with the clock of its sessions. */
    public HttpDoor(
            Dispatcher dispatcher,
            Gate gate,
            Logins logins,
            Namespaces namespaces,
            Handles handles,
            LongSupplier nanos) {
        this.dispatcher = dispatcher;
        this.gate = gate;
        this.logins = logins;
        this.namespaces = namespaces;
        this.handles = handles;
        this.nanos = nanos;
        faults = new Seldom(System.getLogger(HttpDoor.class.getName()), nanos);
    }

    /** Answers a preflight. */
    public void preflight(HttpServletRequest request, HttpServletResponse response) {
        Cors.preflight(request, response, gate.origin(request), "GET, POST, OPTIONS");
    }

    /**
     * Whether a request may go on; if not, it is answered: 403 for a foreign page, 415 for a body that is no JSON, which a
     * page elsewhere could have sent without being asked (Fetch standard, section 3.2.3).
     */
    public boolean passes(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Origins.Verdict origin = gate.origin(request);
        Cors.answer(request, response, origin);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (origin == Origins.Verdict.FOREIGN) {
            response.sendError(gate.foreign(request).status());
            return false;
        }
        if (request.getMethod().equals("POST") && !isJson(request)) {
            response.sendError(415, "Content-Type must be application/json");
            return false;
        }
        return true;
    }

    /** Who sends a request that passes; to be asked by the thread that the container gave it. */
    public Visitor visitor(HttpServletRequest request) {
        Origins.Verdict origin = gate.origin(request);
        Gate.Passed passed = gate.passed(request, origin, gate.address(request));
        Principal principal = request.getUserPrincipal();
        if (principal == null || !passed.believesLogin()) {
            return new Visitor(passed.caller(), Optional.empty());
        }
        Caller caller = passed.caller();
        Identity identity = Identity.of(principal.getName(), namespaces.rolesHeld(request::isUserInRole));
        return new Visitor(
                new Caller(caller.address(), caller.origin(), identity, caller.credential()), Logins.of(request));
    }

    /** Whether there is room for one more session; if not, the answer says when to come back, and its status is 503. */
    public boolean hasRoom(Visitor visitor, HttpServletResponse response) {
        Optional<Gate.Refused> full = gate.room(visitor.caller().address());
        full.ifPresent(refused -> {
            response.setHeader("Retry-After", RETRY_SECONDS);
            response.setStatus(refused.status());
        });
        return full.isEmpty();
    }

    /** Does something with the body of an asynchronous request once it is here; one that is no good is answered. */
    public void body(AsyncContext async, Consumer<String> use) throws IOException {
        Body body = Body.read((HttpServletRequest) async.getRequest(), MAX_BODY);
        arriving.put(body, nanos.getAsLong() + BODY_NANOS);
        body.then((text, failure) -> {
            arriving.remove(body);
            if (text == null) {
                finish(async, failure instanceof Body.Unfit unfit ? unfit.status() : 500);
                return;
            }
            try {
                use.accept(text);
            } catch (RuntimeException | Error fault) {
                faults.warn(() -> "a request failed", fault);
                finish(async, 500);
            }
        });
    }

    /** Ends requests whose bodies do not come; called with every tick. */
    public void check() {
        long now = nanos.getAsLong();
        arriving.forEach((body, until) -> {
            if (now - until > 0) {
                body.giveUp();
            }
        });
    }

    /** Makes a request one whose answer may take for ever: the container's clock does not see what it is for, and we have one. */
    public static AsyncContext endless(HttpServletRequest request) {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        return async;
    }

    /** Ends an asynchronous answer of which nothing was written, with this status and no body. */
    public static void finish(AsyncContext async, int status) {
        try {
            ((HttpServletResponse) async.getResponse()).setStatus(status);
            async.complete();
        } catch (IllegalStateException e) {
            // its client is gone, and the container was quicker
        }
    }

    /** Makes the session of a connection, which ends with its visitor's login. */
    public Session open(Visitor visitor, Connection connection, Codec codec) {
        Session session = dispatcher.open(connection, codec, visitor.caller());
        connection.handle().ifPresent(handle -> handles.put(handle, session, connection));
        visitor.login().ifPresent(login -> logins.bind(login, session));
        return session;
    }

    /** Obeys what a client said. */
    public void obey(Session session, String text) {
        heed(session, () -> {
            if (dispatcher.mayRead(session, Frame.utf8Length(text))) {
                Received received = READER.read(text);
                received.fault().ifPresentOrElse(session::close, () -> dispatcher.obey(session, received.commands()));
            }
        });
    }

    /** Obeys commands that a door has made of a request. */
    public void obey(Session session, List<Command> commands) {
        heed(session, () -> dispatcher.obey(session, commands));
    }

    private static void heed(Session session, Runnable task) {
        if (session.isOpen()) {
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                session.fail(failure);
            }
        }
    }

    /** Who speaks in requests of his own. */
    public Handles handles() {
        return handles;
    }

    private static boolean isJson(HttpServletRequest request) {
        String type = Optional.ofNullable(request.getContentType()).orElse("").toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.startsWith("application/json;");
    }
}
