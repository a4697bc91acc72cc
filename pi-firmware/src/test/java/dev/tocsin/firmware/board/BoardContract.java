package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** What every {@link Board} owes, real or virtual. Extend it and say how to open one. */
public abstract class BoardContract {

    private final HandTimers loop = new HandTimers();
    private final List<String> edges = new ArrayList<>();

    /**
     * Opens a board that can be played with, its inputs inactive.
     *
     * @param nanoTime stamps edges
     * @param loop the event loop
     */
    protected abstract Pi4jBoard.Desk open(BoardProfile profile, LongSupplier nanoTime, Executor loop);

    private Pi4jBoard.Desk open() {
        return open(TestProfiles.wallButton(), loop, loop);
    }

    private void follow(Board board, String input) {
        board.onEdge(
                input,
                (timeNs, active) ->
                        edges.add("%s %d ms %s".formatted(input, timeNs / 1_000_000, active ? "active" : "inactive")));
    }

    @Test
    void an_edge_comes_on_the_loop_with_the_time_it_arrived() {
        Pi4jBoard.Desk desk = open();
        follow(desk.board(), "panic");
        desk.controls().press("panic");
        assertThat(edges).as("before the loop runs").isEmpty();

        loop.stall(Duration.ofMillis(5));
        loop.settle();
        assertThat(edges).containsExactly("panic 1000 ms active");
    }

    @Test
    void edges_keep_their_order_and_their_input() {
        Pi4jBoard.Desk desk = open();
        follow(desk.board(), "panic");
        follow(desk.board(), "reset");
        desk.controls().press("panic");
        desk.controls().press("reset");
        loop.advance(Duration.ofMillis(1));
        desk.controls().release("panic");
        loop.settle();

        assertThat(edges).containsExactly("panic 1000 ms active", "reset 1000 ms active", "panic 1001 ms inactive");
    }

    @Test
    void inputs_start_inactive_and_show_their_level_at_once() {
        Pi4jBoard.Desk desk = open();
        assertThat(desk.board().isActive("panic")).isFalse();
        desk.controls().press("panic");
        assertThat(desk.board().isActive("panic")).isTrue();
        assertThat(desk.board().isActive("reset")).isFalse();
        desk.controls().release("panic");
        assertThat(desk.board().isActive("panic")).isFalse();
    }

    @Test
    void the_same_level_again_is_no_edge() {
        Pi4jBoard.Desk desk = open();
        follow(desk.board(), "panic");
        desk.controls().release("panic");
        desk.controls().press("panic");
        desk.controls().press("panic");
        loop.settle();

        assertThat(edges).containsExactly("panic 1000 ms active");
    }

    @Test
    void two_listeners_both_hear() {
        Pi4jBoard.Desk desk = open();
        follow(desk.board(), "panic");
        follow(desk.board(), "panic");
        desk.controls().press("panic");
        loop.settle();

        assertThat(edges).hasSize(2);
    }

    @Test
    void outputs_start_as_the_profile_says_and_follow() {
        Pi4jBoard.Desk desk = open(TestProfiles.parse("""
                        name = "x"
                        title = "An x"
                        model = "raspberry-pi-4"
                        [outputs.lamp]
                        bcm = 22
                        header = 15
                        [outputs.valve]
                        bcm = 23
                        header = 16
                        active-low = true
                        initial = "on"
                        """), loop, loop);
        assertThat(desk.controls().isOn("lamp")).isFalse();
        assertThat(desk.controls().isOn("valve")).isTrue();

        desk.board().output("lamp").set(true);
        desk.board().output("valve").set(false);
        assertThat(desk.controls().isOn("lamp")).isTrue();
        assertThat(desk.controls().isOn("valve")).isFalse();
    }

    @Test
    void outputs_are_off_after_closing() {
        Pi4jBoard.Desk desk = open();
        desk.board().output("lamp").set(true);
        desk.board().close();
        desk.board().close();
        assertThat(desk.controls().isOn("lamp")).isFalse();
    }

    @Test
    void nothing_happens_on_a_board_that_is_closed() {
        Pi4jBoard.Desk desk = open();
        List<String> troubles = new ArrayList<>();
        desk.board().onTrouble(troubles::add);
        follow(desk.board(), "panic");
        desk.board().close();
        desk.controls().press("panic");
        desk.board().output("lamp").set(true);
        loop.settle();

        assertThat(edges).isEmpty();
        assertThat(desk.board().isActive("panic")).isFalse();
        assertThat(desk.controls().isOn("lamp")).isFalse();
        assertThat(troubles).isEmpty();
    }

    @Test
    void a_name_that_the_profile_does_not_have_is_a_mistake_that_lists_the_names() {
        Board board = open().board();
        assertThatThrownBy(() -> board.isActive("panik"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[panic, reset]");
        assertThatThrownBy(() -> board.output("lump")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> board.onEdge("lamp", (timeNs, active) -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void edges_beyond_the_maximum_are_dropped_while_the_loop_is_busy_and_come_again_after_it() {
        Pi4jBoard.Desk desk = open();
        follow(desk.board(), "panic");
        for (int i = 0; i < Board.MAX_WAITING_EDGES; i++) {
            desk.controls().press("panic");
            desk.controls().release("panic");
        }
        assertThat(loop.waiting()).isEqualTo(Board.MAX_WAITING_EDGES);
        loop.settle();
        desk.controls().press("panic");
        loop.settle();

        assertThat(edges).hasSize(Board.MAX_WAITING_EDGES + 1).endsWith("panic 1000 ms active");
    }
}
