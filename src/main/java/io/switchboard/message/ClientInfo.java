package io.switchboard.message;

import java.util.Optional;

/**
 * Who a connected client is, as others may see it.
 *
 * @param user id of the user, empty if anonymous
 * @param client id of the session
 * @param connInfo JSON about the connection
 * @param chanInfo JSON about this subscription
 */
public record ClientInfo(String user, String client, Optional<String> connInfo, Optional<String> chanInfo) {}
