package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.config.Problem;
import java.io.PrintWriter;
import java.util.List;

/** Tells what is wrong with a scenario: so much that a person reads it. */
final class Complaints {

    private static final int MOST = 30;

    private Complaints() {}

    static void print(List<Problem> problems, PrintWriter err) {
        problems.stream().limit(MOST).forEach(err::println);
        if (problems.size() > MOST) {
            err.println("… and " + (problems.size() - MOST) + " more");
        }
        err.flush();
    }
}
