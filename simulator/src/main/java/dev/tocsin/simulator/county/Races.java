package dev.tocsin.simulator.county;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.simulator.centre.ledger.ForwardingLedger;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.check.Claim;
import dev.tocsin.simulator.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Counts the moments that hurt, as they are really met: what a test that aims at them must show to have hit. Watches what
 * is submitted to ledgers, and concludes the rest from the chronicle when all is over.
 */
final class Races {

    /** Power went after an alarm's first datagram and before its record was synced. */
    static final String CUT_BETWEEN_SEND_AND_SYNC = "race-power-cut-between-send-and-sync";

    /** An alarm came again while it waited for its commit. */
    static final String AGAIN_BEFORE_COMMIT = "race-duplicate-before-commit";

    /** An alarm came again after its commit, for the receipt had been lost, or was late. */
    static final String RECEIPT_MISSED = "race-receipt-lost-or-late";

    /** An alarm that had been committed before the centre was killed came again after its return. */
    static final String AGAIN_AFTER_RESTART = "race-duplicate-after-restart";

    /** A centre was killed with an alarm that waited for its commit. */
    static final String KILLED_BEFORE_COMMIT = "race-centre-killed-before-commit";

    /** A centre was killed after it had committed an alarm, and before the device had its receipt. */
    static final String KILLED_BETWEEN_COMMIT_AND_RECEIPT = "race-centre-killed-between-commit-and-receipt";

    /** A receipt that is this late is late for another reason. */
    private static final long RECEIPT_DUE_NS = 5_000_000_000L;

    private final World world;
    private final Chronicle chronicle;
    private final Map<String, Map<AlarmId, Committed>> committed = new HashMap<>();

    private record Committed(long atNs, int boot) {}

    Races(World world, Chronicle chronicle) {
        this.world = world;
        this.chronicle = chronicle;
    }

    /** A centre boots; so much had waited for its commit when the boot before ended, and nobody commits it now. */
    void restarted(Set<AlarmId> waiting) {
        waiting.forEach(id -> chronicle.exercised(KILLED_BEFORE_COMMIT));
        waiting.clear();
    }

    /**
     * A centre's ledger, as its next boot finds it.
     *
     * @param boot which boot, counted
     * @param waiting takes what waits for its commit
     */
    Ledger watch(String centre, int boot, Set<AlarmId> waiting, Ledger ledger) {
        return new Watched(committed.computeIfAbsent(centre, c -> new HashMap<>()), boot, waiting, ledger);
    }

    /** Adds what only the whole story tells. */
    void conclude() {
        Map<String, List<Long>> cuts = new HashMap<>();
        chronicle.power().stream()
                .filter(change -> !change.on())
                .forEach(change -> cuts.computeIfAbsent(change.device(), d -> new ArrayList<>())
                        .add(change.atNs()));
        for (Claim claim : chronicle.claims()) {
            long sentNs = claim.sentNs().values().stream().min(Long::compare).orElse(Long.MAX_VALUE);
            cuts.getOrDefault(claim.alarm().id().device(), List.of()).stream()
                    .filter(cut -> cut >= sentNs)
                    .findFirst()
                    .filter(cut -> claim.keptNs().orElse(Long.MAX_VALUE) > cut && isOpen(claim, cut))
                    .ifPresent(cut -> chronicle.exercised(CUT_BETWEEN_SEND_AND_SYNC));
        }
        for (Chronicle.Spell spell : chronicle.spells()) {
            if (spell.trouble() instanceof Trouble.Centre c && c.outage() == Trouble.Centre.Outage.KILLED) {
                chronicle.claims().stream()
                        .filter(claim -> isUnreceipted(claim, c.centre(), spell.fromNs()))
                        .forEach(claim -> chronicle.exercised(KILLED_BETWEEN_COMMIT_AND_RECEIPT));
            }
        }
    }

    /** Whether a centre that it was sent to had not given its receipt. */
    private static boolean isOpen(Claim claim, long atNs) {
        return claim.sentNs().keySet().stream()
                .anyMatch(centre -> claim.receivedNs().getOrDefault(centre, Long.MAX_VALUE) > atNs);
    }

    private boolean isUnreceipted(Claim claim, String centre, long atNs) {
        Optional<Committed> there = Optional.ofNullable(
                committed.getOrDefault(centre, Map.of()).get(claim.alarm().id()));
        return there.filter(c -> c.atNs <= atNs && c.atNs >= atNs - RECEIPT_DUE_NS)
                        .isPresent()
                && claim.receivedNs().getOrDefault(centre, Long.MAX_VALUE) > atNs;
    }

    /** Lets everything through, and looks. */
    private final class Watched extends ForwardingLedger {

        private final Map<AlarmId, Committed> known;
        private final int boot;
        private final Set<AlarmId> waiting;
        private final Ledger ledger;

        Watched(Map<AlarmId, Committed> known, int boot, Set<AlarmId> waiting, Ledger ledger) {
            super(ledger);
            this.known = known;
            this.boot = boot;
            this.waiting = waiting;
            this.ledger = ledger;
        }

        @Override
        public void submit(Submission submission, Consumer<Outcome> done) {
            if (submission instanceof Submission.Received received) {
                AlarmId id = received.alarm().id();
                Committed before = known.get(id);
                if (before != null) {
                    chronicle.exercised(before.boot == boot ? RECEIPT_MISSED : AGAIN_AFTER_RESTART);
                } else if (!waiting.add(id)) {
                    chronicle.exercised(AGAIN_BEFORE_COMMIT);
                }
                ledger.submit(submission, outcome -> {
                    waiting.remove(id);
                    if (outcome instanceof Outcome.Committed) {
                        known.putIfAbsent(id, new Committed(world.nanoTime(), boot));
                    }
                    done.accept(outcome);
                });
            } else {
                ledger.submit(submission, done);
            }
        }

        @Override
        public void close() {
            ledger.close();
        }
    }
}
