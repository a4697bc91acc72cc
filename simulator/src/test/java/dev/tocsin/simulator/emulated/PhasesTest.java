package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.system.SystemClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhasesTest {

    @Test
    void each_part_is_told_when_it_begins_and_counted_when_the_next_one_does() {
        List<String> told = new ArrayList<>();
        Phases phases = new Phases(new SystemClock(), told::add);
        phases.begin("one");
        phases.say("half of it");
        assertThat(phases.over()).isEmpty();
        phases.begin("two");
        phases.end();
        phases.end();
        assertThat(phases.over()).extracting(Phases.Phase::name).containsExactly("one", "two");
        assertThat(told).hasSize(3).allMatch(line -> line.contains(" s  "));
    }
}
