package io.switchboard.quota;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one session may still take: of its own quota, its user's and its address's. Thread-safe. */
public final class Allowance {
    /** What becomes of a command. */
    public enum Answer {
        /** It may be obeyed. */
        OBEY,
        /** It is one too many. */
        REFUSE,
        /** It is one of far too many: the session should end. */
        END
    }

    private final Quotas quotas;
    private final Party address;
    private @Nullable Party user; // all guarded by this
    private boolean connected;
    private boolean left;
    private long commandsEmptyAt;
    private long bytesEmptyAt;

    Allowance(Quotas quotas, Party address) {
        this.quotas = quotas;
        this.address = address;
        commandsEmptyAt = quotas.now();
        bytesEmptyAt = commandsEmptyAt;
    }

    /** The client is this user from now on, empty for an anonymous one; false if the user has too many connections. */
    public synchronized boolean connect(String name) {
        if (left) {
            return true;
        }
        Optional<Party> party = name.isEmpty() ? Optional.empty() : quotas.user(name);
        if (!name.isEmpty() && party.isEmpty()) {
            return false;
        }
        if (user != null) {
            user.leave();
        }
        user = party.orElse(null);
        if (!connected) {
            connected = true;
            quotas.connected();
        }
        return true;
    }

    /** Whether a command of this weight may be obeyed. */
    public synchronized Answer command(long weight) {
        long now = quotas.now();
        Rate rate = quotas.sessionCommands();
        Rate.Verdict verdict = rate.judge(commandsEmptyAt, weight, now);
        if (verdict == Rate.Verdict.END) {
            return Answer.END;
        }
        commandsEmptyAt = rate.fill(commandsEmptyAt, weight, now);
        boolean admitted = verdict == Rate.Verdict.ADMIT
                && address.commands(weight, now)
                && (user == null || user.commands(weight, now));
        return admitted ? Answer.OBEY : Answer.REFUSE;
    }

    /** Whether a message of this size may be read. */
    public synchronized boolean message(long bytes) {
        long now = quotas.now();
        Rate rate = quotas.sessionBytes();
        boolean admitted = rate.judge(bytesEmptyAt, bytes, now) == Rate.Verdict.ADMIT
                && address.bytes(bytes, now)
                && (user == null || user.bytes(bytes, now));
        if (admitted) {
            bytesEmptyAt = rate.fill(bytesEmptyAt, bytes, now);
        }
        return admitted;
    }

    /** Whether the client may name this channel. */
    public synchronized boolean name(String channel) {
        Party party = user == null ? address : user;
        return party.name(channel, quotas.now());
    }

    /** The connection is gone. Safe to call again. */
    public synchronized void leave() {
        if (!left) {
            left = true;
            address.leave();
            if (user != null) {
                user.leave();
            }
            quotas.left(connected);
        }
    }
}
