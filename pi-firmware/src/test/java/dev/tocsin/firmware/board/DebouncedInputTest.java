package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DebouncedInputTest {

    private final HandTimers loop = new HandTimers();
    private final LossyBoard board = new LossyBoard(loop);
    private final List<String> told = new ArrayList<>();

    @Test
    void a_press_and_its_release_are_told_with_edge_and_decision() {
        started();
        board.level(true);
        loop.advance(Duration.ofMillis(200));
        board.level(false);
        loop.advance(Duration.ofMillis(200));

        assertThat(told).containsExactly("pressed 0 3", "released 200 300");
    }

    @Test
    void a_press_is_told_when_it_is_decided_and_not_later() {
        started();
        board.level(true);
        loop.advance(Duration.ofNanos(2_999_999));
        assertThat(told).isEmpty();
        loop.advance(Duration.ofNanos(1));
        assertThat(told).containsExactly("pressed 0 3");
    }

    @Test
    void a_spark_is_not_told() {
        started();
        board.level(true);
        loop.advance(Duration.ofMillis(1));
        board.level(false);
        loop.advance(Duration.ofSeconds(1));

        assertThat(told).isEmpty();
    }

    @Test
    void a_press_held_at_power_on_counts() {
        board.level(true);
        loop.settle();
        started();
        loop.advance(Duration.ofMillis(10));

        assertThat(told).containsExactly("pressed 0 3");
    }

    @Test
    void a_busy_loop_tells_late_and_says_so() {
        started();
        board.level(true);
        loop.stall(Duration.ofMillis(40));
        loop.settle();

        assertThat(told).containsExactly("pressed 0 40");
    }

    @Test
    void a_press_that_came_and_went_while_the_loop_was_held_up_is_told() {
        started();
        board.level(true);
        loop.advance(Duration.ofMillis(200));
        board.level(false);
        loop.settle(); // a timer for the release is due at 300 ms
        loop.stall(Duration.ofMillis(150));
        board.level(true);
        loop.stall(Duration.ofMillis(200));
        board.level(false);
        loop.stall(Duration.ofMillis(50));
        loop.advance(Duration.ofMillis(200));

        assertThat(told).containsExactly("pressed 0 3", "released 200 600", "pressed 350 600", "released 550 650");
    }

    @Test
    void an_idle_input_wants_no_timer_on_a_board_that_loses_no_edges() {
        started();
        board.level(true);
        loop.advance(Duration.ofMillis(200));
        board.level(false);
        loop.advance(Duration.ofHours(1));

        assertThat(loop.waiting()).isZero();
    }

    @Test
    void a_press_whose_last_edges_were_lost_is_recognised_once_the_burst_is_over() {
        started();
        for (int i = 0; i < Board.KERNEL_EDGES / 2; i++) {
            board.level(true);
            loop.advance(Duration.ofNanos(50_000));
            board.level(false);
            loop.advance(Duration.ofNanos(50_000));
        }
        board.deaf = true;
        board.level(true);
        loop.advance(Duration.ofMillis(20));

        assertThat(told).containsExactly("edge lost", "pressed 0 7");
    }

    @Test
    void a_press_is_recognised_though_no_edge_comes_at_all() {
        board.recheck = Duration.ofMillis(50);
        started();
        board.deaf = true;
        loop.advance(Duration.ofMillis(60));
        board.level(true);
        loop.advance(Duration.ofMillis(100));
        board.level(false);
        loop.advance(Duration.ofMillis(300));

        assertThat(told).startsWith("edge lost", "pressed 101 104", "edge lost").hasSize(4);
        assertThat(told.get(3)).startsWith("released ");
    }

    @Test
    void an_edge_that_waits_for_the_loop_is_not_lost() {
        started();
        board.level(true);
        loop.advance(Duration.ofNanos(2_500_000));
        board.lag = Duration.ofNanos(900_000); // so the decision is due first, and finds the line open
        board.level(false);
        loop.advance(Duration.ofSeconds(1));

        assertThat(told).isEmpty();
    }

    @Test
    void an_input_that_stays_pressed_is_stuck_until_it_is_released() {
        started();
        board.level(true);
        loop.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(told).containsExactly("pressed 0 3");

        loop.advance(Duration.ofMillis(1));
        board.level(false);
        loop.advance(Duration.ofSeconds(1));
        assertThat(told).containsExactly("pressed 0 3", "stuck 0", "unstuck 600000", "released 600000 600100");
    }

    @Test
    void an_input_that_was_released_in_time_is_not_stuck() {
        started();
        board.level(true);
        loop.advance(Duration.ofMinutes(9));
        board.level(false);
        loop.advance(Duration.ofMinutes(9));

        assertThat(told).containsExactly("pressed 0 3", "released 540000 540100");
    }

    @Test
    void nothing_is_told_after_closing() {
        DebouncedInput input = started();
        board.level(true);
        loop.settle();
        input.close();
        loop.advance(Duration.ofSeconds(1));
        board.level(false);
        loop.advance(Duration.ofSeconds(1));

        assertThat(told).isEmpty();
    }

    @Test
    void starting_twice_is_a_mistake() {
        DebouncedInput input = started();
        assertThatThrownBy(input::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_stuck_time_of_nothing_is_refused() {
        Duration held = Duration.ofSeconds(3);
        assertThatThrownBy(() -> new DebouncedInput.Settings(Debouncer.Settings.DEFAULT, held, Duration.ZERO))
                .hasMessage("stuckAfter is PT0S; it must be above 0");
        assertThatThrownBy(() -> new DebouncedInput.Settings(Debouncer.Settings.DEFAULT, Duration.ZERO, held))
                .hasMessage("heldAfter is PT0S; it must be above 0");
    }

    @Test
    void a_press_of_three_seconds_is_held_once() {
        startedToHold();
        board.level(true);
        loop.advance(Duration.ofSeconds(3).minusNanos(1));
        assertThat(told).containsExactly("pressed 0 3");
        loop.advance(Duration.ofNanos(1));
        assertThat(told).containsExactly("pressed 0 3", "held 3000 3000");
        loop.advance(Duration.ofMinutes(1));
        assertThat(told).hasSize(2);
    }

    @Test
    void presses_that_add_up_to_three_seconds_are_not_held() {
        startedToHold();
        for (int i = 0; i < 4; i++) {
            board.level(true);
            loop.advance(Duration.ofMillis(2_900));
            board.level(false);
            loop.advance(Duration.ofMillis(200));
        }
        assertThat(told).hasSize(8).noneMatch(line -> line.startsWith("held"));
    }

    @Test
    void bounce_does_not_break_a_hold_even_at_its_end() {
        startedToHold();
        board.level(true);
        loop.advance(Duration.ofMillis(2_990));
        board.level(false);
        loop.advance(Duration.ofMillis(50));
        assertThat(told).as("open when the time was full").containsExactly("pressed 0 3");
        board.level(true);
        loop.advance(Duration.ofMillis(100));
        assertThat(told).hasSize(2).last().asString().startsWith("held 3000 30");
    }

    @Test
    void a_release_just_before_the_end_is_no_hold_though_it_is_decided_after_it() {
        startedToHold();
        board.level(true);
        loop.advance(Duration.ofMillis(2_990));
        board.level(false);
        loop.advance(Duration.ofSeconds(5));
        assertThat(told).containsExactly("pressed 0 3", "released 2990 3090");
    }

    @Test
    void a_release_whose_edge_was_lost_is_no_hold() {
        startedToHold();
        board.level(true);
        loop.advance(Duration.ofMillis(100));
        board.deaf = true;
        board.level(false);
        loop.advance(Duration.ofSeconds(5));
        assertThat(told).noneMatch(line -> line.startsWith("held"));
    }

    private void startedToHold() {
        long startNs = loop.getAsLong();
        started().onHeld((heldNs, nowNs) -> told.add("held " + ms(heldNs, startNs) + " " + ms(nowNs, startNs)));
    }

    private DebouncedInput started() {
        long startNs = loop.getAsLong();
        DebouncedInput input = new DebouncedInput(board, "panic", loop, loop, DebouncedInput.Settings.DEFAULT);
        input.onPressed((edgeNs, decidedNs) ->
                        told.add("pressed " + ms(edgeNs, startNs) + " " + ms(decidedNs, startNs)))
                .onReleased((edgeNs, decidedNs) ->
                        told.add("released " + ms(edgeNs, startNs) + " " + ms(decidedNs, startNs)))
                .onStuck((stuck, sinceNs) -> told.add((stuck ? "stuck " : "unstuck ") + ms(sinceNs, startNs)))
                .onEdgeLost(() -> told.add("edge lost"))
                .start();
        return input;
    }

    private static long ms(long timeNs, long startNs) {
        return (timeNs - startNs) / 1_000_000;
    }
}
