package io.switchboard.boot;

import io.switchboard.echo.EchoEndpoint;
import io.switchboard.pipe.PipeEndpoint;
import io.switchboard.websocket.NativeEndpoint;
import java.util.List;

/** The doors of this build, below the context path. */
final class Endpoints {
    static final List<String> PATHS = List.of(NativeEndpoint.PATH, EchoEndpoint.PATH, PipeEndpoint.PATH);

    private Endpoints() {}
}
