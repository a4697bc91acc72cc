package dev.tocsin.simulator.crash;

import dev.tocsin.sdk.model.AlarmId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the device's own words, read from its output until the moment it was killed, prove: an id that was told twice by
 * two lives is a reused id; one that was kept, or received by a centre, must be in ledgers in the end. Fed by the reader
 * of each life's output; any thread.
 */
public final class Diary {

    private final Set<AlarmId> raised = new LinkedHashSet<>();
    private final Set<AlarmId> resets = new HashSet<>();
    private final Set<AlarmId> numbers = new HashSet<>();
    private final Set<AlarmId> kept = new LinkedHashSet<>();
    private final Map<String, Set<AlarmId>> received = new HashMap<>();
    private final Set<AlarmId> reused = new LinkedHashSet<>();
    private final Set<AlarmId> taken = new HashSet<>();

    /** Takes a line of the firmware's output. */
    public synchronized void line(String line) {
        String[] words = line.split(" ", 4);
        if (words.length < 2) {
            return;
        }
        AlarmId id = AlarmId.parse(words[1]).orElse(null);
        if (id == null) {
            return;
        }
        switch (words[0]) {
            case "raised" -> {
                raised.add(id);
                if (line.endsWith(" PANIC RESTORED")) {
                    resets.add(id);
                }
                // an alarm of an earlier life is told again as "resumed", never as "raised"
                if (!numbers.add(withoutNonce(id))) {
                    reused.add(id);
                }
            }
            case "kept" -> kept.add(id);
            case "received" -> {
                if (words.length > 2) {
                    received.computeIfAbsent(words[2], c -> new HashSet<>()).add(id);
                }
            }
            default -> {}
        }
        taken.add(id);
    }

    /** The boot's nonce keeps ids apart even where the boot counter fails; here the counter itself is tried. */
    private static AlarmId withoutNonce(AlarmId id) {
        return id.boot() == AlarmId.UNCOUNTED ? id : new AlarmId(id.device(), id.boot(), 0, id.sequence());
    }

    public synchronized int raised() {
        return raised.size();
    }

    /** Events of the key, among those raised. */
    synchronized int resets() {
        return resets.size();
    }

    /** Ids that were durable for a centre before some kill. */
    public synchronized Set<AlarmId> durableFor(String centre) {
        Set<AlarmId> durable = new LinkedHashSet<>(kept);
        durable.addAll(received.getOrDefault(centre, Set.of()));
        return durable;
    }

    /** Ids that were raised and, as far as the output says, durable for no centre. */
    public synchronized long undurable(List<String> centres) {
        return raised.stream()
                .filter(id -> centres.stream().noneMatch(c -> durableFor(c).contains(id)))
                .count();
    }

    /** Ids that two lives used. */
    public synchronized Set<AlarmId> reused() {
        return Set.copyOf(reused);
    }

    /** Every id that was ever told. */
    synchronized Set<AlarmId> all() {
        return Set.copyOf(taken);
    }
}
