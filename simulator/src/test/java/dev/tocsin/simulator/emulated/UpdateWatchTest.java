package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpdateWatchTest {

    private final List<String> handedOn = new ArrayList<>();
    private final UpdateWatch watch = new UpdateWatch(new EmulatedBoard.Listener() {
        @Override
        public void console(String line) {
            handedOn.add(line);
        }

        @Override
        public void output(String name, boolean on) {
            handedOn.add(name + " " + on);
        }
    });

    @Test
    void how_far_an_update_is_is_known_by_its_number_and_outlives_a_power_cut() throws InterruptedException {
        watch.console("[   73.119234] tocsin-launch[345]: update: fetching 2");
        watch.console(
                "[   99.119234] tocsin-launch[345]: update: rolled back 3: it did not keep running after its start");
        assertThat(watch.isSaid(Set.of("fetching"), 2)).isTrue();
        assertThat(watch.isSaid(Set.of("fetching"), 3)).isFalse();
        assertThat(watch.await(Set.of("rolled back"), 3, Duration.ZERO)).isTrue();
        assertThat(watch.isSaid(Set.of("rolled back"), 33)).isFalse();
        assertThat(watch.last()).contains("rolled back 3: it did not keep running after its start");
    }

    @Test
    void a_board_that_was_cut_before_it_could_say_that_it_restarts_is_known_by_what_it_says_next() {
        watch.console("[   73.119234] tocsin-launch[345]: update: trying 2");
        assertThat(watch.isSaid(Set.of("restarting", "trying"), 2)).isTrue();
        assertThat(watch.isSaid(Set.of("confirmed"), 2)).isFalse();
    }

    @Test
    void what_another_program_says_of_updates_counts_for_nothing_and_everything_is_handed_on() {
        watch.console("[   73.119234] somebody[345]: update: confirmed 2");
        watch.output("lamp", true);
        assertThat(watch.isSaid(Set.of("confirmed"), 2)).isFalse();
        assertThat(handedOn).hasSize(2).endsWith("lamp true");
    }
}
