package io.switchboard.it;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What no honest client sends, and how it ends.
 *
 * @param what its name in reports
 * @param code close code that its sender hears, 1006 for an end without one
 * @param counted close code that the session is counted with
 * @param packets bytes to send after the answer to a connect
 */
record Mischief(String what, int code, int counted, List<byte[]> packets) {
    private static final String CONTAINER = System.getProperty("container");
    private static final int MASK = 0x12345678;

    /** Everything that ends a session, in one row. */
    static Stream<Mischief> all() {
        return Stream.of(Nonsense.texts(), Nonsense.tooBig(), BadFrames.all(), BadFrames.texts())
                .flatMap(some -> some);
    }

    /** A message of the protocol below ours that is answered with this close code. */
    static Mischief frames(String what, int code, Frame... frames) {
        return packets(what, code, Stream.of(frames).map(frame -> frame.masked(MASK)));
    }

    static Mischief bytes(String what, int code, byte[]... packets) {
        return packets(what, code, Stream.of(packets));
    }

    private static Mischief packets(String what, int code, Stream<byte[]> packets) {
        return new Mischief(what, code, asSeen(code), packets.toList());
    }

    /** The same, but in this container it ends with another code. */
    Mischief in(String container, int otherCode) {
        return container.equals(CONTAINER) ? new Mischief(what, otherCode, asSeen(otherCode), packets) : this;
    }

    /** The same, but in this container it is counted with another code. */
    Mischief counted(String container, int otherCode) {
        return container.equals(CONTAINER) ? new Mischief(what, code, otherCode, packets) : this;
    }

    /** WildFly tells the application 1006 whenever it closes a connection for its own reasons. */
    static int asSeen(int code) {
        return "wildfly".equals(CONTAINER) && (code == 1002 || code == 1007) ? 1006 : code;
    }

    /** The same with more behind it in this container. */
    Mischief followed(String container, byte[] packet) {
        List<byte[]> all = new ArrayList<>(packets);
        all.add(packet);
        return container.equals(CONTAINER) ? new Mischief(what, code, counted, all) : this;
    }

    @Override
    public String toString() {
        return what;
    }
}
