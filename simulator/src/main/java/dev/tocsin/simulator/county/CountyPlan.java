package dev.tocsin.simulator.county;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.session.AlarmTiming;
import dev.tocsin.simulator.board.SampleSource;
import dev.tocsin.simulator.centre.authority.Policy;
import dev.tocsin.simulator.check.Deed;
import dev.tocsin.simulator.network.Capacity;
import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.scenario.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a county is to do, worked out beforehand. Times count from the scenario's start, which comes when the devices
 * have had time to arm and link.
 *
 * @param code the county's code; its randomness follows from it
 * @param seed of the whole run
 * @param start true time at the scenario's start
 * @param centres ids of its centres
 * @param devices ids of its devices
 * @param heartbeat period of every device's
 * @param secure whether they speak DTLS; otherwise plain CoAP
 * @param timing when they send alarms again
 * @param signatures what devices and centres sign with
 * @param backups centres that have a second address
 * @param weather what befalls every device's datagrams, each way, unless {@code links} says otherwise
 * @param nat how long the NAT before each device keeps an idle port, unless {@code links} says
 *     otherwise; empty for no NAT
 * @param moves of contacts, in order of time
 * @param troubles what goes wrong, in order of time
 * @param links devices whose links are otherwise, or have a capacity, and centres whose have one
 * @param drills what education orders, in order of time
 * @param acceptances what officers accept, in order of time
 * @param sensing what happens to sensors
 * @param upkeep what its centres can do
 * @param duration how long stimuli and troubles go on
 * @param settle how long after that, and after the last trouble has healed, everything may take
 */
public record CountyPlan(
        String code,
        long seed,
        Instant start,
        List<String> centres,
        List<String> devices,
        Duration heartbeat,
        boolean secure,
        AlarmTiming timing,
        SignatureAlgorithm signatures,
        List<String> backups,
        Conditions weather,
        Optional<Duration> nat,
        List<Move> moves,
        List<PlannedTrouble> troubles,
        List<Link> links,
        List<PlannedDrill> drills,
        List<PlannedAcceptance> acceptances,
        Sensing sensing,
        Upkeep upkeep,
        Duration duration,
        Duration settle) {

    /** Of a county in which nothing happens to a sensor. */
    public CountyPlan(
            String code,
            long seed,
            Instant start,
            List<String> centres,
            List<String> devices,
            Duration heartbeat,
            boolean secure,
            AlarmTiming timing,
            SignatureAlgorithm signatures,
            List<String> backups,
            Conditions weather,
            Optional<Duration> nat,
            List<Move> moves,
            List<PlannedTrouble> troubles,
            List<Link> links,
            List<PlannedDrill> drills,
            List<PlannedAcceptance> acceptances,
            Duration duration,
            Duration settle) {
        this(
                code,
                seed,
                start,
                centres,
                devices,
                heartbeat,
                secure,
                timing,
                signatures,
                backups,
                weather,
                nat,
                moves,
                troubles,
                links,
                drills,
                acceptances,
                Sensing.NOTHING,
                Upkeep.USUAL,
                duration,
                settle);
    }

    public CountyPlan {
        centres = List.copyOf(centres);
        devices = List.copyOf(devices);
        backups = List.copyOf(backups);
        moves = List.copyOf(moves);
        troubles = List.copyOf(troubles);
        links = List.copyOf(links);
        drills = List.copyOf(drills);
        acceptances = List.copyOf(acceptances);
    }

    /**
     * A contact takes a level.
     *
     * @param atNs when, from the scenario's start
     * @param device which device
     * @param input which contact, as in the board's profile
     * @param closed its level
     * @param begins the deed that begins with it; null for none
     */
    public record Move(
            long atNs,
            String device,
            String input,
            boolean closed,
            @Nullable Begun begins) {}

    /** A deed that begins with a move. */
    public record Begun(String id, Deed.Kind kind) {}

    /**
     * What happens to sensors.
     *
     * @param gauge the levels of water gauges
     * @param signals what is played to them, in order of time
     */
    public record Sensing(Fleet.Gauge gauge, List<PlannedSignal> signals) {

        /** Nothing. */
        public static final Sensing NOTHING = new Sensing(Fleet.Gauge.USUAL, List.of());

        public Sensing {
            signals = List.copyOf(signals);
        }
    }

    /**
     * Something is played to a device's sensor.
     *
     * @param id its name
     * @param atNs when, from the scenario's start
     * @param source what it reads then, from zero on in its own time
     * @param length for how long
     * @param owes the kinds of alarm that should come of it
     */
    public record PlannedSignal(
            String id, String device, long atNs, SampleSource source, Duration length, Set<AlarmKind> owes) {
        public PlannedSignal {
            owes = Set.copyOf(owes);
        }
    }

    /**
     * What centres can do.
     *
     * @param entriesPerSecond how much a ledger takes in; as much as comes where empty
     * @param certificates how long those of its authority are good, and renew; without an authority where empty
     */
    public record Upkeep(OptionalInt entriesPerSecond, Optional<Policy> certificates) {

        /** As much as comes. */
        public static final Upkeep USUAL = new Upkeep(OptionalInt.empty(), Optional.empty());
    }

    /** Something goes wrong at a moment. */
    public record PlannedTrouble(long atNs, Trouble trouble) {}

    /**
     * A device's link, or a centre's, of which only the capacity counts: what befalls datagrams is the devices'.
     *
     * @param conditions what befalls its datagrams, each way
     * @param down how much passes towards it
     * @param up how much passes from it
     * @param natIdle how long the NAT in front of it remembers; none is there where empty
     */
    public record Link(String host, Conditions conditions, Capacity down, Capacity up, Optional<Duration> natIdle) {}

    /**
     * Education orders a drill, and tells police.
     *
     * @param id its name
     * @param fromNs when it begins, from the scenario's start
     * @param toNs when it ends
     * @param devices whose alarms are drills then
     * @param by who orders it
     */
    public record PlannedDrill(String id, long fromNs, long toNs, List<String> devices, String by) {
        public PlannedDrill {
            devices = List.copyOf(devices);
        }
    }

    /**
     * Somebody at every centre accepts alarms.
     *
     * @param atNs when, from the scenario's start
     * @param after empty: what is open at that moment is accepted, once. Otherwise from then on each alarm is accepted so
     *     long after it came to that centre
     * @param devices whose alarms
     * @param by who
     */
    public record PlannedAcceptance(long atNs, Optional<Duration> after, List<String> devices, String by) {
        public PlannedAcceptance {
            devices = List.copyOf(devices);
        }
    }
}
