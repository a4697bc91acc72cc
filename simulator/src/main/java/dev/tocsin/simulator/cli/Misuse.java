package dev.tocsin.simulator.cli;

import picocli.CommandLine.ParameterException;

/** Tells that options cannot be used as they are. */
@FunctionalInterface
interface Misuse {
    /** To be thrown: what is wrong, and what would be right. */
    ParameterException of(String what);
}
