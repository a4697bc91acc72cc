package dev.tocsin.simulator.county;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.session.AlarmTiming;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.check.Deed;
import dev.tocsin.simulator.county.CountyPlan.Begun;
import dev.tocsin.simulator.county.CountyPlan.Link;
import dev.tocsin.simulator.county.CountyPlan.Move;
import dev.tocsin.simulator.county.CountyPlan.PlannedTrouble;
import dev.tocsin.simulator.network.Capacity;
import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.storage.PowerCut;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes wrong in a county does what it says, and heals to what was there before. */
class TroublesTest {

    private static final long S = 1_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final String BUTTON = "school-001/button-1";
    private static final Capacity UNLIMITED = new Capacity.Unlimited();

    @Test
    void an_alarm_with_a_certificate_that_has_ended_is_kept_and_flagged() {
        PlannedTrouble ends = new PlannedTrouble(S, new Trouble.Certificate(BUTTON));
        PlannedTrouble reboots =
                new PlannedTrouble(2 * S, new Trouble.PowerOff(BUTTON, Duration.ofSeconds(5), PowerCut.LOST));
        try (County county = played(List.of(), ends, reboots)) {
            assertThat(alarms(county, "police"))
                    .singleElement()
                    .satisfies(entry ->
                            assertThat(entry.fact().detail()).contains("certificate expired at 2027-03-01T00:00:01Z"));
            assertThat(county.chronicle().exercised()).containsEntry("certificate-expired", 1L);
        }
    }

    @Test
    void after_a_weather_a_link_is_as_its_own_and_not_as_the_others() {
        Link nothingPasses = new Link(BUTTON, Conditions.GOOD.withLoss(1), UNLIMITED, UNLIMITED, Optional.empty());
        PlannedTrouble weather = new PlannedTrouble(
                S, new Trouble.Weather(List.of(BUTTON), Duration.ofSeconds(1), Conditions.GOOD.withLoss(1)));
        try (County county = played(List.of(nothingPasses), weather)) {
            assertThat(alarms(county, "police")).isEmpty();
        }
        try (County county = played(List.of(), weather)) {
            assertThat(alarms(county, "police")).hasSize(1);
        }
    }

    @Test
    void a_centre_whose_line_carries_nothing_hears_nothing() {
        Capacity trickle = new Capacity.Rate(1, 1500);
        Link line = new Link("police", Conditions.GOOD, trickle, trickle, Optional.empty());
        try (County county = played(List.of(line))) {
            assertThat(alarms(county, "police")).isEmpty();
            assertThat(alarms(county, "education")).hasSize(1);
        }
    }

    @Test
    void a_power_cut_after_the_first_datagram_and_before_the_sync_is_counted() {
        PlannedTrouble cut =
                new PlannedTrouble(30 * S + 8 * MS, new Trouble.PowerOff(BUTTON, Duration.ofSeconds(5), PowerCut.LOST));
        try (County county = played(List.of(), cut)) {
            assertThat(county.chronicle().exercised()).containsEntry(Races.CUT_BETWEEN_SEND_AND_SYNC, 1L);
        }
        PlannedTrouble later =
                new PlannedTrouble(35 * S, new Trouble.PowerOff(BUTTON, Duration.ofSeconds(5), PowerCut.LOST));
        try (County county = played(List.of(), later)) {
            assertThat(county.chronicle().exercised()).doesNotContainKey(Races.CUT_BETWEEN_SEND_AND_SYNC);
        }
    }

    @Test
    void an_alarm_that_comes_again_before_its_commit_is_counted() {
        PlannedTrouble slow = new PlannedTrouble(
                29 * S,
                new Trouble.Centre(
                        "police", Duration.ofSeconds(60), Trouble.Centre.Outage.SLOW, Duration.ofSeconds(40)));
        try (County county = played(List.of(), slow)) {
            assertThat(county.chronicle().exercised()).containsKey(Races.AGAIN_BEFORE_COMMIT);
            assertThat(alarms(county, "police")).hasSize(1);
        }
    }

    @Test
    void a_centre_killed_between_its_commit_and_the_receipt_is_counted_and_so_is_the_duplicate_after_it() {
        PlannedTrouble mute = new PlannedTrouble(
                29 * S, new Trouble.Partition(List.of("police"), List.of(BUTTON), Duration.ofSeconds(5), false));
        PlannedTrouble kill = new PlannedTrouble(
                31 * S,
                new Trouble.Centre("police", Duration.ofSeconds(5), Trouble.Centre.Outage.KILLED, Duration.ZERO));
        try (County county = played(List.of(), mute, kill)) {
            assertThat(county.chronicle().exercised())
                    .containsEntry(Races.KILLED_BETWEEN_COMMIT_AND_RECEIPT, 1L)
                    .containsKey(Races.AGAIN_AFTER_RESTART);
            assertThat(alarms(county, "police")).hasSize(1);
        }
    }

    @Test
    void a_centre_killed_with_an_alarm_that_waits_for_its_commit_is_counted() {
        PlannedTrouble slow = new PlannedTrouble(
                29 * S,
                new Trouble.Centre("police", Duration.ofSeconds(9), Trouble.Centre.Outage.SLOW, Duration.ofSeconds(3)));
        PlannedTrouble kill = new PlannedTrouble(
                31 * S,
                new Trouble.Centre("police", Duration.ofSeconds(5), Trouble.Centre.Outage.KILLED, Duration.ZERO));
        try (County county = played(List.of(), slow, kill)) {
            assertThat(county.chronicle().exercised()).containsEntry(Races.KILLED_BEFORE_COMMIT, 1L);
            assertThat(alarms(county, "police")).hasSize(1);
        }
    }

    @Test
    void a_stall_lasts_as_long_as_the_longest_of_those_that_overlap() {
        PlannedTrouble lasting = new PlannedTrouble(
                29 * S, new Trouble.Disk(BUTTON, Duration.ofSeconds(50), Trouble.Disk.Illness.STALL, 0));
        PlannedTrouble within = new PlannedTrouble(
                31 * S, new Trouble.Disk(BUTTON, Duration.ofSeconds(5), Trouble.Disk.Illness.STALL, 0));
        try (County county = played(List.of(), lasting, within)) {
            assertThat(county.chronicle().claims())
                    .filteredOn(c -> c.alarm().kind() == AlarmKind.PANIC)
                    .singleElement()
                    .satisfies(c -> assertThat(c.keptNs().orElse(0)).isGreaterThan(c.edgeNs() + 45 * S));
        }
    }

    @Test
    void a_weather_comes_back_when_a_shorter_one_within_it_is_over() {
        Conditions nothing = Conditions.GOOD.withLoss(1);
        PlannedTrouble lasting =
                new PlannedTrouble(S, new Trouble.Weather(List.of(BUTTON), Duration.ofHours(1), nothing));
        PlannedTrouble fine = new PlannedTrouble(
                10 * S, new Trouble.Weather(List.of(BUTTON), Duration.ofSeconds(5), Conditions.GOOD));
        try (County county = played(List.of(), lasting, fine)) {
            assertThat(county.witness().silences())
                    .filteredOn(s -> s.centre().equals("police"))
                    .last()
                    .satisfies(s -> assertThat(s.toNs() - s.fromNs()).isGreaterThan(3_000 * S));
        }
    }

    @Test
    void a_device_whose_power_goes_while_it_is_gone_stays_without_until_the_last_cut_is_over() {
        PlannedTrouble first =
                new PlannedTrouble(10 * S, new Trouble.PowerOff(BUTTON, Duration.ofSeconds(5), PowerCut.LOST));
        PlannedTrouble second =
                new PlannedTrouble(12 * S, new Trouble.PowerOff(BUTTON, Duration.ofSeconds(60), PowerCut.LOST));
        try (County county = played(List.of(), first, second)) {
            assertThat(alarms(county, "police")).isEmpty();
            assertThat(county.chronicle().exercised()).containsEntry("power-cut", 1L);
        }
    }

    private static List<Entry> alarms(County county, String centre) {
        return county.ledger(centre).entries(1, 1_000).stream()
                .filter(e -> e.type() == EntryType.ALARM)
                .filter(e -> e.fact().kind().equals(Optional.of(AlarmKind.PANIC)))
                .toList();
    }

    /** A press half a minute after the start, at a school's only button. */
    private static County played(List<Link> links, PlannedTrouble... troubles) {
        Move press = new Move(30 * S, BUTTON, "panic", true, new Begun("A@" + BUTTON, Deed.Kind.PRESS));
        Move release = new Move(31 * S, BUTTON, "panic", false, null);
        CountyPlan plan = new CountyPlan(
                "530902",
                1,
                Instant.parse("2027-03-01T00:00:00Z"),
                List.of("police", "education"),
                List.of(BUTTON),
                Duration.ofSeconds(60),
                true,
                AlarmTiming.QUICK,
                SignatureAlgorithm.ED25519,
                List.of(),
                Conditions.GOOD,
                Optional.empty(),
                List.of(press, release),
                List.of(troubles),
                links,
                List.of(),
                List.of(),
                Duration.ofSeconds(40),
                Duration.ofMinutes(2));
        County county = new County(plan, Duration.ofSeconds(40), Duration.ofMillis(20));
        assertThat(county.play(standing -> true)).isTrue();
        assertThat(county.chronicle().failures()).isEmpty();
        return county;
    }
}
