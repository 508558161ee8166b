package io.switchboard.boot;

import io.switchboard.echo.EchoEndpoint;
import io.switchboard.longpoll.LongPollServlet;
import io.switchboard.oneway.OneWayServlet;
import io.switchboard.pipe.PipeEndpoint;
import io.switchboard.stream.EmulationServlet;
import io.switchboard.stream.HttpStreamServlet;
import io.switchboard.stream.SseServlet;
import io.switchboard.ticket.LoginServlet;
import io.switchboard.ticket.TicketServlet;
import io.switchboard.websocket.NativeEndpoint;
import java.util.List;

/** The doors of this build, below the context path. */
final class Endpoints {
    static final List<String> PATHS = List.of(
            NativeEndpoint.PATH,
            HttpStreamServlet.PATH,
            SseServlet.PATH,
            LongPollServlet.PATH,
            EmulationServlet.PATH,
            OneWayServlet.PATH,
            TicketServlet.PATH,
            LoginServlet.PATH,
            EchoEndpoint.PATH,
            PipeEndpoint.PATH);

    private Endpoints() {}
}
