package dev.tocsin.simulator.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * Delta debugging (Zeller, Hildebrandt: Simplifying and Isolating Failure-Inducing Input, IEEE TSE 28(2), 2002): of things
 * that fail together, few that still do. What is left is 1-minimal, taking any one away mends it, unless whoever tries had
 * enough before that.
 */
final class Ddmin {

    private Ddmin() {}

    /** Tries lists, which are made only when their turn comes: thousands of long ones have no room side by side. */
    interface Search<T> {
        /** The first of so many lists that still fails; empty if none does. */
        OptionalInt first(int count, IntFunction<List<T>> tries);
    }

    /** Minimizes what fails together. */
    static <T> List<T> minimal(List<T> all, Search<T> search) {
        if (all.isEmpty() || search.first(1, i -> List.of()).isPresent()) {
            return List.of();
        }
        List<T> left = all;
        int parts = 2;
        while (left.size() > 1) {
            List<T> now = left;
            int split = parts;
            int tries = split > 2 ? 2 * split : split; // of two parts each is the other's complement
            OptionalInt failing = search.first(tries, i -> attempt(now, split, i));
            if (failing.isEmpty()) {
                if (parts >= left.size()) {
                    break;
                }
                parts = Math.min(left.size(), 2 * parts);
            } else {
                left = attempt(now, split, failing.getAsInt());
                parts = failing.getAsInt() < split ? 2 : Math.max(2, split - 1);
            }
        }
        return left;
    }

    /** First the parts alone, then all without each of them. */
    private static <T> List<T> attempt(List<T> all, int parts, int i) {
        int part = i % parts;
        int from = (int) ((long) all.size() * part / parts);
        int to = (int) ((long) all.size() * (part + 1) / parts);
        if (i < parts) {
            return List.copyOf(all.subList(from, to));
        }
        List<T> rest = new ArrayList<>(all.subList(0, from));
        rest.addAll(all.subList(to, all.size()));
        return List.copyOf(rest);
    }
}
