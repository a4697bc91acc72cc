package dev.tocsin.simulator.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.check.Breach;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Promise;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.mutant.SeedLine.Came;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedLineTest {

    private static final Breach LOST = new Breach(Promise.NOTHING_LOST, "an alarm is lost");

    @Test
    void a_mutant_is_caught_only_by_its_own_promise() {
        assertThat(SeedLine.ofMutant(3, Promise.NOTHING_LOST, List.of(LOST)))
                .isEqualTo(new SeedLine(3, Came.CAUGHT, List.of("nothing-lost"), "an alarm is lost"));
        assertThat(SeedLine.ofMutant(3, Promise.FAST, List.of(LOST)))
                .isEqualTo(new SeedLine(3, Came.HELD, List.of("nothing-lost"), ""));
    }

    @Test
    void what_ships_does_not_pass_if_anything_was_violated_though_every_promise_held() {
        List<Outcome> outcomes = List.of(
                new Outcome("delivery", Verdict.HELD, "all"),
                new Outcome("ledgers-sound", Verdict.VIOLATED, "police: entry 3,\thash"));
        SeedLine line = SeedLine.ofWhatShips(7, List.of(), outcomes, Verdict.VIOLATED);
        assertThat(line.caught()).isTrue();
        assertThat(line.words()).startsWith("ledgers-sound violated: police");
        assertThat(SeedLine.parse(line.text()))
                .contains(new SeedLine(7, Came.CAUGHT, List.of(), "ledgers-sound violated: police: entry 3, hash"));
    }

    @Test
    void what_ships_passes_a_seed_in_which_all_held_and_says_where_too_little_happened() {
        assertThat(SeedLine.ofWhatShips(
                                1, List.of(), List.of(new Outcome("delivery", Verdict.HELD, "all")), Verdict.HELD)
                        .text())
                .isEqualTo("1\theld\t\t");
        List<Outcome> unclear = List.of(new Outcome("no-drills", Verdict.INCONCLUSIVE, "nobody pressed"));
        assertThat(SeedLine.ofWhatShips(1, List.of(), unclear, Verdict.INCONCLUSIVE)
                        .came())
                .isEqualTo(Came.UNCLEAR);
    }

    @Test
    void what_a_program_prints_besides_is_no_line() {
        assertThat(SeedLine.parse("WARN something")).isEmpty();
        assertThat(SeedLine.parse("1\tperhaps\t\t")).isEmpty();
    }
}
