package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.sensor.SampleSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sample from before the one ahead of it would be a fault of a sensor that is well, and would not count. */
class ContactSourceTest {

    private final HandTimers loop = new HandTimers();
    private final LossyBoard board = new LossyBoard(loop);
    private final ContactSource source = new ContactSource(board, "panic", loop, loop);
    private final long startNs = loop.getAsLong();
    private final List<String> samples = new ArrayList<>();

    private void start() {
        source.start(new SampleSink() {
            @Override
            public void sample(long timeNs, double[] values) {
                samples.add((timeNs - startNs) / 1_000 + " us " + values[0]);
            }

            @Override
            public void trouble(String cause, String text) {
                samples.add(cause + ": " + text);
            }

            @Override
            public void well(String cause) {
                samples.add("well " + cause);
            }
        });
        loop.settle();
    }

    @Test
    void it_is_sampled_at_its_edges_and_ten_times_a_second() {
        start();
        loop.advance(Duration.ofMillis(30));
        board.level(true);
        loop.advance(Duration.ofMillis(170));

        assertThat(samples).containsExactly("0 us 0.0", "30000 us 1.0", "100000 us 1.0", "200000 us 1.0");
    }

    @Test
    void an_edge_that_waits_while_the_loop_is_held_up_comes_before_what_is_read_behind_it() {
        start();
        loop.advance(Duration.ofMillis(90));
        loop.stall(Duration.ofMillis(30)); // the reading is due at 100 ms
        board.level(true);
        loop.stall(Duration.ofMillis(180));
        loop.settle();

        assertThat(samples).containsExactly("0 us 0.0", "120000 us 1.0", "300000 us 1.0");
    }

    @Test
    void an_edge_on_its_way_to_the_loop_while_the_contact_is_read_counts_from_then_on() {
        start();
        board.lag = Duration.ofMillis(1);
        loop.advance(Duration.ofNanos(99_500_000));
        board.level(true);
        loop.advance(Duration.ofMillis(1));

        assertThat(samples).containsExactly("0 us 0.0", "100000 us 1.0", "100000 us 1.0");
    }

    @Test
    void closed_it_is_not_sampled_any_more() {
        start();
        source.close();
        board.level(true);
        loop.advance(Duration.ofSeconds(1));

        assertThat(samples).containsExactly("0 us 0.0");
    }
}
