package dev.tocsin.simulator.county;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.session.AlarmTiming;
import dev.tocsin.simulator.centre.ledger.HeldNotice;
import dev.tocsin.simulator.centre.ledger.LedgerCheck;
import dev.tocsin.simulator.check.Deed;
import dev.tocsin.simulator.check.LedgerAlarm;
import dev.tocsin.simulator.check.LedgerCopy;
import dev.tocsin.simulator.county.CountyPlan.Begun;
import dev.tocsin.simulator.county.CountyPlan.Move;
import dev.tocsin.simulator.county.CountyPlan.PlannedTrouble;
import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.network.Latency;
import dev.tocsin.simulator.storage.PowerCut;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CountyTest {

    private static final long S = 1_000_000_000L;
    private static final long MS = 1_000_000L;

    private static final Conditions ROUGH = Conditions.GOOD
            .withLatency(new Latency.LogNormal(Duration.ofMillis(60), 0.5))
            .withLoss(0.05)
            .withDuplicates(0.01)
            .withReordering(0.01);

    /** Each of so many devices is pressed once, half a second apart. */
    static CountyPlan plan(long seed, int devices, boolean secure, PlannedTrouble... troubles) {
        return plan(SignatureAlgorithm.ED25519, seed, devices, secure, troubles);
    }

    private static CountyPlan plan(
            SignatureAlgorithm signatures, long seed, int devices, boolean secure, PlannedTrouble... troubles) {
        List<String> ids = IntStream.rangeClosed(1, devices)
                .mapToObj(i -> "school-001/button-" + i)
                .toList();
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            long atNs = S + i * 500L * MS;
            String device = ids.get(i);
            moves.add(new Move(atNs, device, "panic", true, new Begun("A@" + device, Deed.Kind.PRESS)));
            moves.add(new Move(atNs + 300 * MS, device, "panic", false, null));
        }
        moves.sort(Comparator.comparingLong(Move::atNs));
        return new CountyPlan(
                "530902",
                seed,
                Instant.parse("2027-03-01T00:00:00Z"),
                List.of("police", "education"),
                ids,
                Duration.ofSeconds(60),
                secure,
                AlarmTiming.QUICK,
                signatures,
                List.of(),
                ROUGH,
                Optional.empty(),
                moves,
                List.of(troubles),
                List.of(),
                List.of(),
                List.of(),
                Duration.ofSeconds(30),
                Duration.ofMinutes(3));
    }

    private static County played(CountyPlan plan) {
        County county = new County(plan, Duration.ofSeconds(40), Duration.ofMillis(20));
        assertThat(county.play(standing -> true)).isTrue();
        return county;
    }

    private static List<String> devicesIn(LedgerCopy ledger) {
        return ledger.alarms().stream()
                .filter(row -> !row.conflict())
                .map(LedgerAlarm::alarm)
                .filter(alarm -> alarm.kind() == dev.tocsin.sdk.model.AlarmKind.PANIC)
                .map(alarm -> alarm.id().device())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void a_county_signs_with_what_it_is_told_to_and_so_do_those_who_forge(SignatureAlgorithm algorithm) {
        PlannedTrouble forging =
                new PlannedTrouble(0, new Trouble.Attack(Duration.ofSeconds(30), Trouble.Attack.Deed.FORGE, 20));
        CountyPlan plan = plan(algorithm, 7, 3, false, forging);
        String digest;
        try (County county = played(plan)) {
            assertThat(county.centreKeys().values())
                    .extracting(Verifier::algorithm)
                    .containsOnly(algorithm);
            for (LedgerCopy ledger : county.ledgers()) {
                assertThat(devicesIn(ledger)).as(ledger.centre()).isEqualTo(plan.devices());
                assertThat(ledger.alarms()).allMatch(row -> row.genuine());
            }
            digest = county.digest();
        }
        try (County again = played(plan)) {
            assertThat(again.digest()).isEqualTo(digest);
        }
    }

    @Test
    void every_press_stands_once_in_both_ledgers() {
        CountyPlan plan = plan(1, 5, true);
        try (County county = played(plan)) {
            assertThat(county.chronicle().failures()).isEmpty();
            for (LedgerCopy ledger : county.ledgers()) {
                assertThat(devicesIn(ledger)).as(ledger.centre()).isEqualTo(plan.devices());
            }
        }
    }

    @Test
    void the_same_seed_has_the_same_digest_and_another_another() {
        String first;
        try (County county = played(plan(7, 3, true))) {
            first = county.digest();
        }
        try (County county = played(plan(7, 3, true))) {
            assertThat(county.digest()).isEqualTo(first);
        }
        try (County county = played(plan(8, 3, true))) {
            assertThat(county.digest()).isNotEqualTo(first);
        }
    }

    @Test
    void a_press_whose_device_loses_power_40_ms_later_arrives_after_the_reboot() {
        PlannedTrouble cut = new PlannedTrouble(
                S + 40 * MS, new Trouble.PowerOff("school-001/button-1", Duration.ofSeconds(60), PowerCut.LOST));
        try (County county = played(plan(3, 1, false, cut))) {
            assertThat(county.chronicle().failures()).isEmpty();
            assertThat(county.chronicle().power()).hasSize(3);
            for (LedgerCopy ledger : county.ledgers()) {
                assertThat(devicesIn(ledger)).as(ledger.centre()).containsExactly("school-001/button-1");
            }
        }
    }

    @Test
    void a_killed_centre_has_everything_after_its_return() {
        PlannedTrouble kill = new PlannedTrouble(
                2 * S,
                new Trouble.Centre("police", Duration.ofSeconds(30), Trouble.Centre.Outage.KILLED, Duration.ZERO));
        CountyPlan plan = plan(4, 6, true, kill);
        try (County county = played(plan)) {
            for (LedgerCopy ledger : county.ledgers()) {
                assertThat(devicesIn(ledger)).as(ledger.centre()).isEqualTo(plan.devices());
            }
        }
    }

    @Test
    void police_are_told_once_of_each_drill_s_start_and_end_whatever_is_lost_and_whoever_is_killed() {
        CountyPlan plan = withDrill(plan(5, 2, true, killed("police", 10), killed("education", 40)));
        try (County county = played(plan)) {
            assertThat(county.chronicle().failures()).isEmpty();
            List<HeldNotice> atPolice = county.notices().getOrDefault("police", List.of());
            assertThat(atPolice).extracting(held -> held.notice().over()).containsExactly(false, true);
            assertThat(atPolice).allSatisfy(held -> {
                assertThat(held.notice().order()).isEqualTo("quake-school-001");
                assertThat(held.envelope()
                                .isSignedBy(Objects.requireNonNull(
                                        county.centreKeys().get("education"))))
                        .isTrue();
            });
            assertThat(county.notices().get("education")).isEmpty();
            assertThat(county.chronicle().exercised()).containsEntry("drill-noticed", 2L);
            assertThat(county.ledgers())
                    .allSatisfy(ledger -> assertThat(ledger.chain()).isInstanceOf(LedgerCheck.Result.Sound.class));
        }
    }

    private static PlannedTrouble killed(String centre, long atS) {
        return new PlannedTrouble(
                atS * S,
                new Trouble.Centre(centre, Duration.ofSeconds(60), Trouble.Centre.Outage.KILLED, Duration.ZERO));
    }

    /** Every third datagram is lost. Education orders a drill at the start; it runs from 12 s to 62 s. */
    private static CountyPlan withDrill(CountyPlan p) {
        return new CountyPlan(
                p.code(),
                p.seed(),
                p.start(),
                p.centres(),
                p.devices(),
                p.heartbeat(),
                p.secure(),
                p.timing(),
                p.signatures(),
                p.backups(),
                ROUGH.withLoss(0.33),
                p.nat(),
                p.moves(),
                p.troubles(),
                p.links(),
                List.of(new CountyPlan.PlannedDrill("quake", 12 * S, 62 * S, p.devices(), "Zhang")),
                p.acceptances(),
                p.duration(),
                Duration.ofMinutes(10));
    }
}
