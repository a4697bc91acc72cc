package dev.tocsin.simulator.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DdminTest {

    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    private final AtomicInteger tries = new AtomicInteger();

    private List<Integer> minimal(List<Integer> all, Predicate<List<Integer>> fails) {
        return Ddmin.minimal(all, new Ddmin.Search<>() {
            @Override
            public OptionalInt first(int count, IntFunction<List<Integer>> lists) {
                return IntStream.range(0, count)
                        .filter(i -> {
                            tries.incrementAndGet();
                            return fails.test(lists.apply(i));
                        })
                        .findFirst();
            }
        });
    }

    @Test
    void one_of_a_hundred_is_found_in_some_dozen_tries() {
        assertThat(minimal(HUNDRED, list -> list.contains(37))).containsExactly(37);
        assertThat(tries.get()).isLessThan(20);
    }

    @Test
    void three_that_fail_only_together_are_found_wherever_they_are() {
        Set<Integer> together = Set.of(2, 50, 99);
        assertThat(minimal(HUNDRED, list -> list.containsAll(together))).containsExactly(2, 50, 99);
        assertThat(tries.get()).isLessThan(200);
    }

    @Test
    void any_three_of_them_are_enough_where_any_three_fail() {
        assertThat(minimal(HUNDRED, list -> list.size() >= 3)).hasSize(3);
    }

    @Test
    void nothing_is_left_where_nothing_is_needed() {
        assertThat(minimal(HUNDRED, list -> true)).isEmpty();
        assertThat(minimal(List.of(), list -> true)).isEmpty();
    }

    @Test
    void all_are_left_where_each_is_needed() {
        List<Integer> five = HUNDRED.subList(0, 5);
        assertThat(minimal(five, list -> list.size() == 5)).isEqualTo(five);
    }

    @Test
    void who_has_had_enough_gets_what_was_found_so_far() {
        assertThat(minimal(HUNDRED, list -> tries.get() <= 3 && list.contains(1)))
                .hasSize(25);
    }
}
