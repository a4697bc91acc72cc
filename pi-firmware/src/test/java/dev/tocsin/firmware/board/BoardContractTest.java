package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.testkit.Contracts;
import java.time.Duration;
import java.util.SortedSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The contract of boards can fail: each board here breaks it in one way, and is found. */
class BoardContractTest {

    /** A board that does as the good one below it; a broken one does one thing otherwise. */
    private static class Wrapped implements Board {
        final Board good;

        Wrapped(Board good) {
            this.good = good;
        }

        @Override
        public BoardProfile profile() {
            return good.profile();
        }

        @Override
        public void onEdge(String input, EdgeListener listener) {
            good.onEdge(input, listener);
        }

        @Override
        public boolean isActive(String input) {
            return good.isActive(input);
        }

        @Override
        public Output output(String name) {
            return good.output(name);
        }

        @Override
        public Duration recheck() {
            return good.recheck();
        }

        @Override
        public void onTrouble(Consumer<String> listener) {
            good.onTrouble(listener);
        }

        @Override
        public void close() {
            good.close();
        }
    }

    private static SortedSet<String> brokenBy(UnaryOperator<Board> broken) {
        return Contracts.brokenBy(() -> new DeskBoardTest() {
            @Override
            protected Pi4jBoard.Desk open(BoardProfile profile, LongSupplier nanoTime, Executor loop) {
                Pi4jBoard.Desk desk = super.open(profile, nanoTime, loop);
                return new Pi4jBoard.Desk(broken.apply(desk.board()), desk.controls());
            }
        });
    }

    @Test
    void a_board_that_does_nothing_otherwise_passes() {
        assertThat(brokenBy(Wrapped::new)).isEmpty();
    }

    @Test
    void a_board_that_loses_its_edges_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public void onEdge(String input, EdgeListener listener) {}
                }))
                .contains(
                        "an_edge_comes_on_the_loop_with_the_time_it_arrived", "edges_keep_their_order_and_their_input");
    }

    @Test
    void an_edge_with_a_wrong_time_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public void onEdge(String input, EdgeListener listener) {
                        super.onEdge(input, (timeNs, active) -> listener.edge(timeNs + 5_000_000, active));
                    }
                }))
                .contains("an_edge_comes_on_the_loop_with_the_time_it_arrived");
    }

    @Test
    void an_input_the_wrong_way_round_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public boolean isActive(String input) {
                        return !super.isActive(input);
                    }
                }))
                .contains("inputs_start_inactive_and_show_their_level_at_once");
    }

    @Test
    void an_output_that_stays_as_it_was_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public Output output(String name) {
                        var unused = super.output(name);
                        return Output.NONE;
                    }
                }))
                .containsExactly("outputs_start_as_the_profile_says_and_follow");
    }

    @Test
    void a_closing_that_leaves_the_lamp_on_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public void close() {}
                }))
                .contains("outputs_are_off_after_closing", "nothing_happens_on_a_board_that_is_closed");
    }

    @Test
    void a_name_that_is_wrong_and_goes_through_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public boolean isActive(String input) {
                        return profile().inputs().containsKey(input) && super.isActive(input);
                    }
                }))
                .containsExactly("a_name_that_the_profile_does_not_have_is_a_mistake_that_lists_the_names");
    }
}
