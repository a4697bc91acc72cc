package dev.tocsin.sdk.config;

import java.util.List;

/** What came of reading a file that a person wrote. */
public sealed interface Loaded<T> {

    /** It says this. */
    record Ok<T>(T value) implements Loaded<T> {}

    /** It cannot be used; every problem found, in the order of the file. */
    record Bad<T>(List<Problem> problems) implements Loaded<T> {
        public Bad {
            problems = List.copyOf(problems);
        }

        /** Whether another try may go better with the same text: nothing of what is written is wrong. */
        public boolean mayPass() {
            return problems.stream().allMatch(Problem::mayPass);
        }
    }

    /** The value, or an exception that lists the problems: for files of one's own making. */
    default T orThrow() {
        return switch (this) {
            case Ok<T>(T value) -> value;
            case Bad<T>(List<Problem> problems) ->
                throw new IllegalArgumentException(String.join(
                        "\n", problems.stream().map(Problem::toString).toList()));
        };
    }
}
