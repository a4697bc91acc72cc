package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.session.AlarmTiming;
import dev.tocsin.simulator.scenario.Fleet;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.Stimulus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that give any scenario another fleet and another length. */
final class FleetOptions {

    private static final Duration LONGEST = Duration.ofDays(3650);

    private static final SortedMap<String, AlarmTiming> TIMINGS =
            new TreeMap<>(Map.of("quick", AlarmTiming.QUICK, "rfc7252", AlarmTiming.RFC_7252));

    @Option(names = "--devices", paramLabel = "N", description = "another number of devices than the scenario's")
    private @Nullable Integer devices;

    @Option(
            names = "--heartbeat",
            paramLabel = "DURATION",
            converter = RunCommand.DurationOption.class,
            description = "another heartbeat period than the scenario's, such as 10s")
    private @Nullable Duration heartbeat;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            converter = RunCommand.DurationOption.class,
            description = {
                "another length than the scenario's, such as 1h: what goes on to its end goes on to this one,",
                "what begins later is left out"
            })
    private @Nullable Duration duration;

    @Option(
            names = "--alarm-timing",
            paramLabel = "TIMING",
            completionCandidates = Timings.class,
            description = "when devices send alarms again: quick, or rfc7252 to compare with; virtual world only")
    private @Nullable String alarmTiming;

    @Option(
            names = "--signatures",
            paramLabel = "ALGORITHM",
            completionCandidates = SignatureWords.class,
            description = "what devices and centres sign with: ${COMPLETION-CANDIDATES}")
    private @Nullable String signatures;

    /** The scenario as these options want it. */
    Scenario adjusted(Scenario read, Misuse misuse) {
        Scenario adjusted = duration == null ? read : lasting(read, duration, misuse);
        Fleet fleet = adjusted.fleet();
        if (heartbeat != null) {
            if (heartbeat.compareTo(Duration.ofSeconds(1)) < 0 || heartbeat.compareTo(Duration.ofHours(1)) > 0) {
                throw misuse.of("--heartbeat is out of range: 1s to 1h");
            }
            fleet = fleet.withHeartbeat(heartbeat);
        }
        if (devices != null) {
            if (devices < 1 || devices > Fleet.MAX_DEVICES) {
                throw misuse.of("--devices is out of range: 1 to " + Fleet.MAX_DEVICES);
            }
            fleet = fleet.withDevices(
                    switch (fleet.devices()) {
                        case Fleet.Schools schools -> new Fleet.Total(devices, schools.most(), schools.mix());
                        case Fleet.Total total -> new Fleet.Total(devices, total.perSchool(), total.mix());
                        case Fleet.Named named ->
                            throw misuse.of("--devices needs a scenario with schools; this one names its devices");
                    });
        }
        if (alarmTiming != null) {
            AlarmTiming timing = TIMINGS.get(alarmTiming);
            if (timing == null) {
                throw misuse.of("there is no alarm timing " + alarmTiming + "; "
                        + TomlTable.hintFor(alarmTiming, List.copyOf(TIMINGS.keySet())));
            }
            fleet = fleet.withTiming(timing);
        }
        if (signatures != null) {
            fleet = fleet.withSignatures(algorithm(signatures, misuse));
        }
        return adjusted.withFleet(fleet);
    }

    /** The algorithm that a word stands for. */
    static SignatureAlgorithm algorithm(String word, Misuse misuse) {
        SignatureAlgorithm algorithm = Fleet.SIGNATURES.get(word);
        if (algorithm == null) {
            throw misuse.of("there is no signature algorithm " + word + "; "
                    + TomlTable.hintFor(word, List.copyOf(Fleet.SIGNATURES.keySet())));
        }
        return algorithm;
    }

    private static Scenario lasting(Scenario read, Duration length, Misuse misuse) {
        if (length.isZero() || length.compareTo(LONGEST) > 0) {
            throw misuse.of("--duration is out of range: 1us to " + LONGEST.toDays() + "d");
        }
        Scenario cut = read.withDuration(length);
        if (cut.stimuli().stream().allMatch(s -> s.action() instanceof Stimulus.Accept)) {
            throw misuse.of("--duration ends before the first stimulus: nothing would happen");
        }
        return cut;
    }

    /** These options, to be given again. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (devices != null) {
            words.addAll(List.of("--devices", Integer.toString(devices)));
        }
        if (duration != null) {
            words.addAll(List.of("--duration", plain(duration)));
        }
        if (heartbeat != null) {
            words.addAll(List.of("--heartbeat", plain(heartbeat)));
        }
        if (alarmTiming != null) {
            words.addAll(List.of("--alarm-timing", alarmTiming));
        }
        if (signatures != null) {
            words.addAll(List.of("--signatures", signatures));
        }
        return words;
    }

    /** For the shell's completion. */
    static final class Timings implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return TIMINGS.keySet().iterator();
        }
    }

    /** For the shell's completion. */
    static final class SignatureWords implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Fleet.SIGNATURES.keySet().iterator();
        }
    }

    private static String plain(Duration d) {
        return d.toNanos() % 1_000_000 == 0 ? d.toMillis() + "ms" : d.toNanos() / 1e3 + "us";
    }
}
