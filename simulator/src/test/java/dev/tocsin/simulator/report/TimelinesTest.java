package dev.tocsin.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.FaultSpan;
import dev.tocsin.simulator.check.Lane;
import dev.tocsin.simulator.report.Timeline.Event;
import dev.tocsin.simulator.report.Timeline.What;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelinesTest {

    private static final Lane TO_POLICE = Lane.of(Lane.Kind.NETWORK, "police");
    private static final Fate PRESS = Fates.delivered("school-1/a", 100, 20, 30);

    private static Timeline only(Scene scene) {
        return Timelines.of(List.of(PRESS), scene).getFirst();
    }

    private static Scene seen(Event... events) {
        Scene none = Fates.scene(List.of("school-1/a"));
        return new Scene("", none.devices(), List.of(), (a, f, t) -> List.of(events), none.endNs(), none.supervision());
    }

    @Test
    void a_fate_alone_tells_edge_decision_datagrams_journal_and_receipts() {
        assertThat(only(seen()).events())
                .extracting(Event::what)
                .containsExactly(
                        What.EDGE, What.DECIDED, What.DATAGRAM, What.DATAGRAM, What.KEPT, What.RECEIPT, What.RECEIPT);
    }

    @Test
    void what_a_world_saw_of_a_lane_replaces_what_the_fate_says_of_it() {
        Event first = new Event(TO_POLICE, What.DATAGRAM, 105 * Fates.MS, OptionalLong.of(110 * Fates.MS), "");
        Event again = Event.at(108 * Fates.MS, TO_POLICE, What.DATAGRAM, "second try");
        List<Event> events = only(seen(again, first)).events();
        assertThat(events)
                .filteredOn(e -> e.what() == What.DATAGRAM && e.lane().equals(TO_POLICE))
                .containsExactly(first, again);
        assertThat(events).filteredOn(e -> e.what() == What.DATAGRAM).hasSize(3);
    }

    @Test
    void a_first_datagram_that_was_seen_to_be_lost_is_not_told_as_sent_besides() {
        Event lost = Event.at(105 * Fates.MS, TO_POLICE, What.DATAGRAM_LOST, "");
        assertThat(only(seen(lost)).events())
                .filteredOn(e -> e.lane().equals(TO_POLICE) && e.what() != What.RECEIPT)
                .containsExactly(lost);
    }

    @Test
    void a_drill_is_missing_at_no_centre_without_drills_and_ends_with_its_receipt() {
        Fate drill = Fates.drill("d", 0, 30);
        Fate slow = Fates.delivered("d", 100, 20, 900);
        List<Timeline> chosen = Timelines.of(List.of(drill, slow), Fates.scene(List.of("d")));
        assertThat(chosen).extracting(Timeline::name).containsExactly(slow.name(), drill.name());
        assertThat(chosen.get(1).drill()).isTrue();
        assertThat(chosen.get(1).missing()).isEmpty();
        assertThat(chosen.get(1).toNs()).isLessThan(100 * Fates.MS);
        assertThat(chosen.get(0).drill()).isFalse();
    }

    @Test
    void alarms_that_a_centre_lacks_come_first_then_the_slowest_and_the_runs_first_is_always_there() {
        List<Fate> presses = new ArrayList<>(List.of(Fates.delivered("d", 0, 1, 1)));
        IntStream.rangeClosed(1, 40).forEach(i -> presses.add(Fates.delivered("d", i * 100L, i, i)));
        presses.add(Fates.unknownToPolice("d", 9_000, 1));
        List<Timeline> chosen = Timelines.of(presses, Fates.scene(List.of("d")));
        assertThat(chosen).hasSize(Timelines.MOST_SLOWEST + 1);
        assertThat(chosen.get(0).missing()).containsExactly("police");
        assertThat(chosen.get(1).name()).isEqualTo("P4000@d");
        assertThat(chosen.getLast().name()).isEqualTo("P0@d");
    }

    @Test
    void one_that_is_missing_is_shown_to_the_end_of_the_run() {
        Timeline missing = Timelines.of(List.of(Fates.unknownToPolice("d", 100, 20)), Fates.scene(List.of("d")))
                .getFirst();
        assertThat(missing.toNs()).isGreaterThanOrEqualTo(60_000 * Fates.MS);
    }

    @Test
    void only_faults_of_its_device_and_its_time_are_on_it() {
        Scene scene = Fates.scene(
                List.of("school-1/a"),
                fault("before", Set.of(), 0, 90),
                fault("meanwhile", Set.of(), 0, 110),
                fault("elsewhere", Set.of("school-1/b"), 0, 110));
        assertThat(only(scene).faults()).extracting(FaultSpan::what).containsExactly("meanwhile");
    }

    private static FaultSpan fault(String what, Set<String> devices, long fromMs, long toMs) {
        return new FaultSpan(what, TO_POLICE, devices, fromMs * Fates.MS, OptionalLong.of(toMs * Fates.MS));
    }

    @Test
    void an_alarm_that_is_sent_for_ever_has_a_bounded_timeline() {
        Event[] many = IntStream.range(0, 2 * Timelines.MOST_EVENTS)
                .mapToObj(i -> Event.at(PRESS.atNs() + i, TO_POLICE, What.DATAGRAM, ""))
                .toArray(Event[]::new);
        List<Event> events = only(seen(many)).events();
        assertThat(events).hasSize(Timelines.MOST_EVENTS);
        assertThat(events.getLast().detail())
                .as("edge and what else the fate tells are among them all")
                .isEqualTo("… and " + (Timelines.MOST_EVENTS + 7) + " events more");
    }

    @Test
    void an_alarm_that_met_no_fault_is_told_apart_from_one_that_did() {
        Scene scene = Fates.scene(List.of("d"), fault("kill", Set.of(), 125, 150));
        Fate early = Fates.delivered("d", 100, 20, 24);
        Fate caught = Fates.delivered("d", 100, 20, 30);
        Fate waiting = Fates.unknownToPolice("d", 100, 20);
        Fate after = Fates.delivered("d", 151, 20, 30);
        assertThat(scene.unfaulted(List.of(early, caught, waiting, after))).containsExactly(early, after);
    }
}
