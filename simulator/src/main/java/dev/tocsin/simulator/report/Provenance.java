package dev.tocsin.simulator.report;

import java.util.Optional;

/**
 * Where a report comes from.
 *
 * @param version name and version of this program
 * @param commit of its sources; empty where it is not known
 * @param replay the command that runs the same again
 */
public record Provenance(String version, Optional<String> commit, String replay) {}
