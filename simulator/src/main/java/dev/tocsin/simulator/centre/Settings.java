package dev.tocsin.simulator.centre;

import java.time.Duration;
import java.util.List;

/**
 * What a centre can be told about itself.
 *
 * @param id its id, as devices know it
 * @param heartbeat the period that is expected of a device that has not said its own yet
 * @param offlineGrace beyond three periods without a sign, how long until a device counts as offline
 * @param ledgerPoll how often to look for entries that another process wrote
 * @param counties codes of the counties whose devices it expects to report; empty: all. An alarm is taken from any
 * @param drills whether it takes drill alarms, and orders drills
 * @param partners centres that tell one another of drills
 */
public record Settings(
        String id,
        Duration heartbeat,
        Duration offlineGrace,
        Duration ledgerPoll,
        List<String> counties,
        boolean drills,
        Partners partners) {

    /** Usual period of a heartbeat. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(60);

    /** Usual grace. */
    public static final Duration OFFLINE_GRACE = Duration.ofSeconds(20);

    /** Usual look at the ledger. */
    public static final Duration LEDGER_POLL = Duration.ofMillis(200);

    /** So many periods without a sign make a device suspect. */
    static final int PERIODS = 3;

    public Settings {
        counties = List.copyOf(counties);
    }

    /** A centre without partners. */
    public Settings(
            String id,
            Duration heartbeat,
            Duration offlineGrace,
            Duration ledgerPoll,
            List<String> counties,
            boolean drills) {
        this(id, heartbeat, offlineGrace, ledgerPoll, counties, drills, Partners.NONE);
    }

    /** The same centre among these partners. */
    public Settings with(Partners others) {
        return new Settings(id, heartbeat, offlineGrace, ledgerPoll, counties, drills, others);
    }

    /** Whether a county's devices report to it. A device of an unknown county, the empty text, reports to every centre. */
    boolean serves(String county) {
        return counties.isEmpty() || county.isEmpty() || counties.contains(county);
    }

    /** How long after its last sign of life a device with this period counts as offline. */
    public Duration offlineAfter(Duration period) {
        return Duration.ofNanos(PERIODS * period.toNanos() + offlineGrace.toNanos());
    }

    /** A centre with the usual values: it takes no drills. */
    public static Settings of(String id) {
        return new Settings(id, HEARTBEAT, OFFLINE_GRACE, LEDGER_POLL, List.of(), false);
    }
}
