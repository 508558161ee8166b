package io.switchboard.quota;

/**
 * How much of a node anybody may take; 0 means as much as he likes. Immutable.
 *
 * @param connections connections of the node
 * @param unconnected connections whose clients have not said yet who they are
 * @param connectionsPerUser connections of one user; the anonymous are not counted
 * @param connectionsPerAddress connections from one address, or from one /64 of IPv6
 * @param handshakes new connections per second
 * @param handshakesPerAddress new connections per second from one address
 * @param session what one session may say
 * @param user what one user may say
 * @param address what one address may say
 * @param names channels per minute that one user, or one address of anonymous ones, may name for the first time
 */
public record QuotaLimits(
        int connections,
        int unconnected,
        int connectionsPerUser,
        int connectionsPerAddress,
        int handshakes,
        int handshakesPerAddress,
        Flow session,
        Flow user,
        Flow address,
        int names) {
    /**
     * How much may be said per second; a burst may bring as much as several seconds.
     *
     * @param commands commands
     * @param bytes bytes of messages
     */
    public record Flow(int commands, int bytes) {
        /** As much as one likes. */
        public static final Flow FREE = new Flow(0, 0);
    }

    /** No limits at all. */
    public static final QuotaLimits NONE = new QuotaLimits(0, 0, 0, 0, 0, 0, Flow.FREE, Flow.FREE, Flow.FREE, 0);
}
