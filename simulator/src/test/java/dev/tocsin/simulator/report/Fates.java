package dev.tocsin.simulator.report;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.FaultSpan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Presses that fared one way or the other. Times in ms. */
final class Fates {

    static final List<String> CENTRES = List.of("police", "education");
    static final Set<String> ROUTE = Set.copyOf(CENTRES);
    static final long MS = 1_000_000;

    private Fates() {}

    /** In both ledgers; decided after 4 ms, sent after 5. */
    static Fate delivered(String device, long atMs, long policeMs, long educationMs) {
        return fate(device, atMs, true, Map.of("police", atMs + policeMs, "education", atMs + educationMs));
    }

    /** Only education has it. */
    static Fate unknownToPolice(String device, long atMs, long educationMs) {
        return fate(device, atMs, true, Map.of("education", atMs + educationMs));
    }

    /** Nobody has it. */
    static Fate inNoLedger(String device, long atMs, boolean durable) {
        return fate(device, atMs, durable, Map.of());
    }

    /** In the only ledger that gets drills. */
    static Fate drill(String device, long atMs, long educationMs) {
        return fate(device, atMs, true, Set.of("education"), Map.of("education", atMs + educationMs));
    }

    private static Fate fate(String device, long atMs, boolean durable, Map<String, Long> receivedMs) {
        return fate(device, atMs, durable, ROUTE, receivedMs);
    }

    private static Fate fate(
            String device, long atMs, boolean durable, Set<String> route, Map<String, Long> receivedMs) {
        TreeMap<String, Long> receivedNs = new TreeMap<>();
        receivedMs.forEach((centre, ms) -> receivedNs.put(centre, ms * MS));
        TreeMap<String, Long> sentNs = new TreeMap<>();
        route.forEach(c -> sentNs.put(c, (atMs + 5) * MS));
        return new Fate(
                "P" + atMs + "@" + device,
                device,
                AlarmKind.PANIC,
                AlarmState.RAISED,
                route.size() < CENTRES.size(),
                Optional.of(new AlarmId("d", 1, 7, atMs + 1)),
                new TreeSet<>(route),
                durable,
                new TreeSet<>(receivedMs.keySet()),
                0,
                atMs * MS,
                OptionalLong.of((atMs + 4) * MS),
                OptionalLong.empty(),
                durable ? OptionalLong.of((atMs + 9) * MS) : OptionalLong.empty(),
                sentNs,
                new TreeMap<>(),
                receivedNs,
                false);
    }

    /** A scene with these devices and faults, over after a minute. */
    static Scene scene(List<String> devices, FaultSpan... faults) {
        return new Scene("A story.", devices, List.of(faults), Trace.NONE, 60_000 * MS, Duration.ofSeconds(200));
    }
}
