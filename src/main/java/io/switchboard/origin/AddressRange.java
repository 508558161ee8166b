package io.switchboard.origin;

import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses that begin with the same bits. Immutable. */
public final class AddressRange {
    private static final Pattern BITS = Pattern.compile("\\d{1,3}");

    private final Address first;
    private final int bits;

    private AddressRange(Address first, int bits) {
        this.first = first;
        this.bits = bits;
    }

    /**
     * Reads an address, or a range such as {@code 10.0.0.0/8}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static AddressRange parse(String text) {
        String[] parts = text.strip().split("/", 2);
        Optional<Address> address = Address.parse(parts[0]);
        boolean whole = parts.length == 1;
        if (address.isPresent() && (whole || BITS.matcher(parts[1]).matches())) {
            int bits = whole ? address.get().bits() : Integer.parseInt(parts[1]);
            if (bits <= address.get().bits()) {
                return new AddressRange(address.get(), bits);
            }
        }
        throw new IllegalArgumentException("must be an address or a range like 10.0.0.0/8, is '" + text + "'");
    }

    /** Whether an address is one of these. */
    boolean contains(Address address) {
        return address.startsLike(first, bits);
    }

    /** What counts as one address in limits: the first 64 bits of an IPv6 one, and whatever is no address as it is. */
    public static String site(String address) {
        return Address.parse(address).map(Address::site).orElse(address);
    }
}
