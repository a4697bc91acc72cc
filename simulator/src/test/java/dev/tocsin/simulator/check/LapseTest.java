package dev.tocsin.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.simulator.check.Lapse.Certified;
import dev.tocsin.simulator.check.Lapse.Filed;
import dev.tocsin.simulator.check.Lapse.Powered;
import dev.tocsin.simulator.scenario.Expectation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A device whose first certificate ends at 100 s; it has power again from 200 s on, is pressed at 206 s and at 900 s. */
class LapseTest {

    private static final long S = 1_000_000_000L;
    private static final String DEVICE = "school/button-1";
    private static final List<String> CENTRES = List.of("education", "police");
    private static final Expectation.Renewed EXPECTED =
            new Expectation.Renewed("renewal", Duration.ofMinutes(5), Optional.of(Duration.ofSeconds(10)));

    private final List<Certified> certificates = new ArrayList<>(List.of(new Certified(DEVICE, 0, 100 * S)));
    private final List<Powered> powered = new ArrayList<>(List.of(new Powered(DEVICE, 0, 50 * S)));
    private final List<Filed> filed = new ArrayList<>();
    private final List<Fate> presses = new ArrayList<>();

    private List<Lapse> lapses() {
        return Lapse.of(certificates, powered, filed, presses);
    }

    private void back() {
        powered.add(new Powered(DEVICE, 200 * S, 1_000 * S));
    }

    private void renewed(long atS) {
        certificates.add(new Certified(DEVICE, atS * S, (atS + 10_000) * S));
    }

    /** In both ledgers a second later. */
    private void press(long atS, boolean flagged) {
        press(atS, atS + 1, flagged, CENTRES);
    }

    private void press(long atS, long filedS, boolean flagged, List<String> centres) {
        AlarmId id = new AlarmId(DEVICE, 1, 7, presses.size() + 1);
        TreeMap<String, Long> filedNs = new TreeMap<>();
        for (String centre : centres) {
            filed.add(new Filed(id, centre, filedS * S, flagged));
            filedNs.put(centre, filedS * S);
        }
        presses.add(new Fate(
                "P" + atS,
                DEVICE,
                AlarmKind.PANIC,
                AlarmState.RAISED,
                false,
                Optional.of(id),
                new TreeSet<>(CENTRES),
                true,
                new TreeSet<>(centres),
                0,
                atS * S,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                new TreeMap<>(),
                filedNs,
                new TreeMap<>(),
                false));
    }

    /** As it should be. */
    private void holiday() {
        back();
        press(206, true);
        renewed(230);
        press(900, false);
    }

    private Outcome judged() {
        return RenewalVerdict.of(EXPECTED, lapses(), Optional.empty());
    }

    @Test
    void who_gets_power_after_the_end_of_the_certificate_has_lapsed_since_the_power() {
        holiday();
        assertThat(lapses()).singleElement().satisfies(lapse -> {
            assertThat(lapse.sinceNs()).isEqualTo(200 * S);
            assertThat(lapse.returned()).isTrue();
            assertThat(lapse.renewedNs()).hasValue(230 * S);
            assertThat(lapse.first()).contains(new Lapse.FirstPress(206 * S, OptionalLong.of(207 * S), true));
            assertThat(lapse.before(true)).isEqualTo(2);
            assertThat(lapse.after(300 * S, false)).isEqualTo(2);
        });
    }

    @Test
    void who_has_power_when_the_certificate_ends_has_lapsed_since_that() {
        powered.set(0, new Powered(DEVICE, 0, 1_000 * S));
        renewed(130);
        assertThat(lapses()).singleElement().satisfies(lapse -> {
            assertThat(lapse.sinceNs()).isEqualTo(100 * S);
            assertThat(lapse.returned()).isFalse();
        });
    }

    @Test
    void who_renewed_in_time_or_has_no_power_again_has_not_lapsed() {
        assertThat(lapses()).as("no power again").isEmpty();
        back();
        renewed(70);
        assertThat(lapses()).as("renewed before the end").isEmpty();
    }

    @Test
    void a_holiday_as_it_should_be_holds() {
        holiday();
        assertThat(judged())
                .isEqualTo(new Outcome(
                        "renewal",
                        Verdict.HELD,
                        "1 of 1 devices that had power with a lapsed certificate renewed it, the slowest after 30.0 s"
                                + " (limit 300 s); ledger entries until then: 2 flagged, 0 not; after the limit: 0"
                                + " flagged, 2 not; 1 of 1 first presses after the power in every ledger in time, 1 of"
                                + " them flagged, the last 7.00 s after the power (limit 10 s)"));
    }

    /** Whatever the books say of when it renewed: power, press, and only then a renewal is what a holiday ends with. */
    @Test
    void a_first_press_that_is_in_a_ledger_without_a_flag_is_a_violation_though_it_came_in_time() {
        back();
        renewed(203);
        press(206, false);
        press(900, false);
        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judged().detail()).endsWith("first press not flagged in every ledger that has it: " + DEVICE);
    }

    @Test
    void a_certificate_that_is_never_renewed_is_a_violation_that_names_the_device() {
        back();
        press(206, true);
        press(900, true);
        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judged().detail())
                .startsWith("0 of 1 devices")
                .contains("never renewed: " + DEVICE, "still flagged after the limit: " + DEVICE);
    }

    @Test
    void a_late_renewal_is_a_violation() {
        back();
        press(206, true);
        renewed(501);
        press(900, false);
        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judged().detail()).endsWith("renewed too late: " + DEVICE);
    }

    @Test
    void a_first_press_that_is_late_or_missing_at_one_centre_is_a_violation() {
        back();
        press(206, 211, true, CENTRES);
        renewed(230);
        press(900, false);
        assertThat(judged().detail()).endsWith("first press not in every ledger in time: " + DEVICE);
        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);

        presses.clear();
        filed.clear();
        press(206, 207, true, List.of("police"));
        press(900, false);
        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judged().detail())
                .contains("0 of 1 first presses")
                .endsWith("first press not in every ledger in time: " + DEVICE);
    }

    @Test
    void an_alarm_through_a_lapsed_certificate_without_a_flag_is_a_violation() {
        back();
        press(206, false);
        renewed(230);
        press(900, false);
        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judged().detail()).contains("an alarm through a lapsed certificate without a flag: " + DEVICE);
    }

    @Test
    void without_presses_before_and_after_nothing_was_shown() {
        back();
        renewed(230);
        press(900, false);
        assertThat(judged().detail()).endsWith("nobody pressed before a renewal");
        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);

        presses.clear();
        filed.clear();
        press(206, true);
        assertThat(judged().detail()).endsWith("each of them has to send an alarm after the limit, too");
        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);

        presses.clear();
        filed.clear();
        press(215, true);
        press(900, false);
        assertThat(judged().detail()).endsWith("nobody pressed within 10 s of the power");
        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void where_nothing_lapsed_or_the_run_was_cut_short_nobody_knows() {
        assertThat(judged())
                .isEqualTo(
                        new Outcome("renewal", Verdict.INCONCLUSIVE, "no device had power with a lapsed certificate"));
        back();
        Outcome cut = RenewalVerdict.of(EXPECTED, lapses(), Optional.of("stopped"));
        assertThat(cut.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(cut.detail()).startsWith("stopped; 0 of 1 devices");
    }
}
