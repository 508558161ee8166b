package io.switchboard.it;

import io.switchboard.websocket.HandshakeFilter;
import jakarta.servlet.annotation.WebFilter;

/** Lets callers through to the {@link FailingEndpoint}: where no filter of ours has seen them, nobody gets in. */
@WebFilter(urlPatterns = FailingEndpoint.PATH, asyncSupported = true)
public class FailingFilter extends HandshakeFilter {}
