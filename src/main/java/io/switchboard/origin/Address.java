package io.switchboard.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address that was written as one: names are never looked up. Immutable. */
final class Address {
    private static final Pattern V4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    // begins with a digit or a colon: only then the JDK takes what has a colon for an address, and never asks a name
    // server
    private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final int SITE_BYTES = 8;

    private final byte[] bytes;

    private Address(byte[] bytes) {
        this.bytes = bytes;
    }

    /** An address as it is written, without port; an IPv6 zone is cut off. */
    static Optional<Address> parse(String text) {
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        if (!V4.matcher(plain).matches() && !V6.matcher(plain).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Address(InetAddress.getByName(plain).getAddress()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** An address as proxies write it: maybe in quotes, in brackets, with a port. */
    static Optional<Address> parseHop(String text) {
        String hop = text.strip();
        if (hop.length() > 1 && hop.startsWith("\"") && hop.endsWith("\"")) {
            hop = hop.substring(1, hop.length() - 1);
        }
        int end = hop.startsWith("[")
                ? hop.indexOf(']')
                : hop.indexOf(':') == hop.lastIndexOf(':') ? hop.indexOf(':') : -1;
        if (hop.startsWith("[")) {
            boolean v6 = end > 0 && hop.lastIndexOf(':', end) > 0; // maybe one that stands for an IPv4 address
            return v6 && isPort(hop.substring(end + 1)) ? parse(hop.substring(1, end)) : Optional.empty();
        }
        if (end < 0) {
            return parse(hop);
        }
        return isPort(hop.substring(end)) ? parse(hop.substring(0, end)) : Optional.empty();
    }

    private static boolean isPort(String text) {
        return text.isEmpty()
                || (text.startsWith(":") && PORT.matcher(text.substring(1)).matches());
    }

    /** Its usual form. */
    String text() {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // it has 4 or 16 bytes
        }
    }

    /** What one household or host is given: the address itself, and the first 64 bits of an IPv6 one. */
    String site() {
        return bytes.length == 4
                ? text()
                : new Address(Arrays.copyOf(Arrays.copyOf(bytes, SITE_BYTES), bytes.length)).text() + "/64";
    }

    /** Whether the first bits are those of another address of the same kind. */
    boolean startsLike(Address other, int bits) {
        if (bytes.length != other.bytes.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit & 7);
            if ((bytes[bit >> 3] & mask) != (other.bytes[bit >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }

    int bits() {
        return bytes.length * 8;
    }
}
