package dev.tocsin.simulator.cli;

import java.util.Locale;
import picocli.CommandLine.ParameterException;

/** Tells that options cannot be used as they are. */
@FunctionalInterface
interface Misuse {
    /** To be thrown: what is wrong, and what would be right. */
    ParameterException of(String what);

    /** Throws it unless the option's value is within these. */
    default void requireWithin(String option, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw of(String.format(Locale.ROOT, "%s is %s; it must be %s to %s", option, value, lowest, highest));
        }
    }
}
