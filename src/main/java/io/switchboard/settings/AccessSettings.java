package io.switchboard.settings;

import io.switchboard.origin.AddressRange;
import io.switchboard.origin.Origins;
import io.switchboard.origin.Proxies;
import io.switchboard.quota.QuotaLimits;
import java.time.Duration;

/** Makes what decides about callers of settings; every method throws a {@link SettingsFault} like {@link Settings}. */
public final class AccessSettings {
    private final Settings settings;

    /** Reads from these settings. */
    public AccessSettings(Settings settings) {
        this.settings = settings;
    }

    /** Whose pages may use us. */
    public Origins origins() {
        boolean none = settings.read(Key.ORIGIN_NULL, Values::bool);
        boolean missing = settings.read(Key.ORIGIN_MISSING, Values::bool);
        return settings.read(Key.ORIGINS, text -> new Origins(Values.names(text), none, missing));
    }

    /** The proxies in front of us. */
    public Proxies proxies() {
        Proxies.Header header = settings.read(Key.PROXY_HEADER, Proxies.Header::named);
        return settings.read(
                Key.PROXIES,
                text -> new Proxies(
                        Values.names(text).stream().map(AddressRange::parse).toList(), header));
    }

    /** Whether a caller nobody knows may connect. */
    public boolean anonymous() {
        return settings.read(Key.ANONYMOUS, Values::bool);
    }

    /** Whether what a user says keeps his HTTP session alive. */
    public boolean keepsLoginAlive() {
        return settings.read(Key.KEEP_LOGIN_ALIVE, Values::bool);
    }

    /** How long a ticket is good. */
    public Duration ticketLifetime() {
        return settings.read(Key.TICKET_LIFETIME, Values::duration);
    }

    /** How long a revocation is remembered. */
    public Duration revocationMemory() {
        return settings.read(Key.REVOCATION_MEMORY, Values::duration);
    }

    /** How much of the node anybody may take. */
    public QuotaLimits quotas() {
        return new QuotaLimits(
                number(Key.CONNECTIONS),
                number(Key.CONNECTIONS_UNCONNECTED),
                number(Key.CONNECTIONS_PER_USER),
                number(Key.CONNECTIONS_PER_ADDRESS),
                number(Key.HANDSHAKES),
                number(Key.HANDSHAKES_PER_ADDRESS),
                flow(Key.COMMANDS_PER_SESSION, Key.BYTES_PER_SESSION),
                flow(Key.COMMANDS_PER_USER, Key.BYTES_PER_USER),
                flow(Key.COMMANDS_PER_ADDRESS, Key.BYTES_PER_ADDRESS),
                number(Key.NEW_CHANNELS));
    }

    private QuotaLimits.Flow flow(Key commands, Key bytes) {
        return new QuotaLimits.Flow(number(commands), settings.read(bytes, Values::bytes));
    }

    private int number(Key key) {
        return settings.read(key, Values::natural);
    }
}
