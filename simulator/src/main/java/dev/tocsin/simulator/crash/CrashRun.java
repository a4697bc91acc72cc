package dev.tocsin.simulator.crash;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.coap.CentreServer;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.lab.LabCentres;
import dev.tocsin.simulator.lab.Laboratory;
import dev.tocsin.simulator.lab.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A device is started, its button pressed as fast as it goes, and killed with SIGKILL at a random instant: before it is
 * armed, while it writes, while it sends. Again and again, on one journal. Then it is left alive, and both centres' ledgers
 * are compared with what its own output proves.
 */
public final class CrashRun {

    private static final String DEVICE = "school-001/button-1";
    private static final List<String> CENTRES = List.of("police", "education");

    /** Every this many lives one is killed in its start. */
    private static final int EARLY_EVERY = 3;

    /** Such a life lasts up to this from the start of its process. */
    private static final int MAX_START_MS = 1_500;

    /** The others last up to this after they armed. */
    private static final int MAX_LIFE_MS = 1_500;

    /** A device that has not armed after this long never will. */
    private static final int ARM_MS = 60_000;

    private static final int PRESS_MS = 30;
    private static final int RELEASE_MS = 115;

    /** What the hand does over and over: an alarm, two more presses of it, the key that ends it. */
    private static final List<Step> HAND = List.of(
            new Step("press", PRESS_MS),
            new Step("release", RELEASE_MS),
            new Step("press", PRESS_MS),
            new Step("release", RELEASE_MS),
            new Step("press", PRESS_MS),
            new Step("release", RELEASE_MS),
            new Step("key", PRESS_MS),
            new Step("key back", RELEASE_MS));

    private record Step(String typed, int forMs) {}

    private static final int SETTLE_MS = 90_000;
    private static final int LOOK_MS = 250;

    /**
     * How it went.
     *
     * @param kills how often it was killed
     * @param killedArmed how many of those after it was armed
     * @param raised alarms that its output told of
     * @param resets those of them that the key ended
     * @param durable alarms that were kept, or received by a centre, as far as the output tells
     * @param undurable raised, and durable nowhere when it was killed
     * @param lost durable for a centre and not in its ledger
     * @param duplicated more than one entry under one id, over both ledgers
     * @param reused ids that two lives gave out
     * @param conflicts conflict entries in both ledgers
     * @param ledgers alarms in each ledger
     */
    public record Result(
            int kills,
            int killedArmed,
            int raised,
            int resets,
            int durable,
            long undurable,
            Set<AlarmId> lost,
            int duplicated,
            Set<AlarmId> reused,
            int conflicts,
            Map<String, Integer> ledgers) {
        /** Whether every promise held. */
        public boolean held() {
            return lost.isEmpty() && duplicated == 0 && reused.isEmpty() && conflicts == 0 && raised > 0;
        }
    }

    private final Diary diary = new Diary();
    private final Consumer<String> progress;
    private final RandomGenerator random;

    private CrashRun(RandomGenerator random, Consumer<String> progress) {
        this.random = random;
        this.progress = progress;
    }

    /**
     * Runs it. Blocks, about 2 s a kill.
     *
     * @param folder an empty one
     * @param progress told of each kill
     */
    public static Result run(Path folder, int kills, RandomGenerator random, Clock clock, Consumer<String> progress)
            throws IOException, InterruptedException {
        Laboratory lab =
                Laboratory.create(folder, new Laboratory.Plan(Ports.free(CENTRES), List.of(DEVICE), "5s"), clock);
        Path home = lab.devices().get(DEVICE);
        if (home == null) {
            throw new IllegalStateException("the laboratory lacks its device");
        }
        List<Path> configs =
                lab.centres().stream().map(Laboratory.LabCentre::config).toList();
        try (LabCentres centres = LabCentres.start(configs)) {
            return new CrashRun(random, progress).run(home.resolve("device.toml"), kills, centres.servers());
        }
    }

    private Result run(Path config, int kills, Map<String, CentreServer> centres)
            throws IOException, InterruptedException {
        int killedArmed = 0;
        for (int life = 1; life <= kills; life++) {
            boolean armed = liveAndDie(config, life);
            killedArmed += armed ? 1 : 0;
            progress.accept("kill %d of %d, %s: %d alarms so far"
                    .formatted(life, kills, armed ? "armed" : "before it armed", diary.raised()));
        }
        DeviceProcess last = new DeviceProcess(config, diary::line);
        if (!last.awaitArmed(SETTLE_MS)) {
            last.kill();
            throw new IOException("the device does not arm any more after " + kills + " kills");
        }
        for (int waited = 0; waited < SETTLE_MS && !missing(centres).isEmpty(); waited += LOOK_MS) {
            if (!last.livesFor(LOOK_MS)) {
                throw new IOException("the device ended by itself");
            }
        }
        last.stop();
        return judge(kills, killedArmed, centres);
    }

    /** Every third life ends somewhere in its start; the others some time after the device armed. */
    private boolean liveAndDie(Path config, int life) throws IOException, InterruptedException {
        DeviceProcess device = new DeviceProcess(config, diary::line);
        boolean early = life % EARLY_EVERY == 0;
        if (!early && !pressUntil(device, life, ARM_MS, true)) {
            device.kill();
            throw new IOException("the device did not arm within " + ARM_MS + " ms in life " + life);
        }
        pressUntil(device, life, random.nextInt(early ? MAX_START_MS : MAX_LIFE_MS), false);
        boolean armed = device.awaitArmed(0);
        device.kill();
        return armed;
    }

    /** Presses and turns the key for that long, or until it is armed. Returns whether it is armed. */
    private static boolean pressUntil(DeviceProcess device, int life, int limitMs, boolean untilArmed)
            throws IOException, InterruptedException {
        int passed = 0;
        for (int step = 0; passed < limitMs && !(untilArmed && device.awaitArmed(0)); step++) {
            Step hand = HAND.get(step % HAND.size());
            int next = Math.min(hand.forMs, limitMs - passed);
            device.type(hand.typed);
            if (!device.livesFor(next)) {
                throw new IOException("the device ended by itself in life " + life);
            }
            passed += next;
        }
        return device.awaitArmed(0);
    }

    private Set<AlarmId> missing(Map<String, CentreServer> centres) {
        Set<AlarmId> missing = new HashSet<>();
        centres.forEach((id, server) -> {
            for (AlarmId alarm : diary.durableFor(id)) {
                if (server.ledger().find(alarm).isEmpty()) {
                    missing.add(alarm);
                }
            }
        });
        return missing;
    }

    private Result judge(int kills, int killedArmed, Map<String, CentreServer> centres) {
        int duplicated = 0;
        int conflicts = 0;
        Map<String, Integer> sizes = new LinkedHashMap<>();
        Set<AlarmId> durable = new HashSet<>();
        for (Map.Entry<String, CentreServer> centre : centres.entrySet()) {
            Map<AlarmId, Integer> seen = new HashMap<>();
            for (Entry entry : all(centre.getValue().ledger())) {
                if (entry.type() == EntryType.ALARM) {
                    entry.fact().alarm().ifPresent(id -> seen.merge(id, 1, Integer::sum));
                }
                conflicts += entry.type() == EntryType.CONFLICT ? 1 : 0;
            }
            duplicated += (int) seen.values().stream().filter(n -> n > 1).count();
            sizes.put(centre.getKey(), seen.size());
            durable.addAll(diary.durableFor(centre.getKey()));
        }
        return new Result(
                kills,
                killedArmed,
                diary.raised(),
                diary.resets(),
                durable.size(),
                diary.undurable(CENTRES),
                missing(centres),
                duplicated,
                diary.reused(),
                conflicts,
                sizes);
    }

    private static List<Entry> all(LedgerView ledger) {
        List<Entry> entries = new ArrayList<>();
        for (List<Entry> page = ledger.entries(1, 1_000); !page.isEmpty(); ) {
            entries.addAll(page);
            page = ledger.entries(entries.getLast().number() + 1, 1_000);
        }
        return entries;
    }
}
