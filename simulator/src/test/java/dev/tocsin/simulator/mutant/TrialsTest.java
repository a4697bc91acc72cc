package dev.tocsin.simulator.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.check.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Two mutants of twenty, so that a check that stopped biting is seen in every build; {@code tocsin mutants} plays all. */
class TrialsTest {

    private static Trials trials() {
        return new Trials(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path")),
                new SystemClock(),
                () -> false);
    }

    @Test
    void a_mutant_is_caught_by_the_check_of_its_own_promise_and_what_ships_passes_the_same_seeds() {
        List<Mutant> two = List.of(
                Mutant.named("drop-dedup").orElseThrow(),
                Mutant.named("lamp-ahead-of-receipt").orElseThrow());
        Trials.Result result = trials().play(two, 1, 4, 2, outcome -> {});
        assertThat(result.outcomes()).hasSize(2).allMatch(Trials.Outcome::caught);
        assertThat(result.wrongs()).isEmpty();
        assertThat(result.clean()).contains(true);
    }

    @Test
    void every_promise_has_a_mutant_and_every_name_is_its_own() {
        assertThat(Mutant.ALL.stream().map(Mutant::promise).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Promise.values());
        assertThat(Mutant.ALL.stream().map(Mutant::name)).doesNotHaveDuplicates();
    }

    @Test
    void every_change_still_finds_what_it_breaks() throws IOException {
        assertThat(Surgery.idle(
                        Mutant.ALL.stream().flatMap(m -> m.changes().stream()).toList()))
                .isEmpty();
    }

    @Test
    void a_change_whose_method_has_gone_is_told() throws IOException {
        Change gone = new Change.Body("dev.tocsin.sdk.session.Drills", "noSuchMethod");
        assertThat(Surgery.idle(List.of(gone))).containsExactly(gone);
    }
}
