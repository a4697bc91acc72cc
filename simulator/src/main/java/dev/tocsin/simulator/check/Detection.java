package dev.tocsin.simulator.check;

import java.util.OptionalLong;

/**
 * A device fell silent towards a centre that could hear.
 *
 * @param lastNs its last sign of life
 * @param toldNs when the centre wrote that it is offline; empty if it never did
 */
public record Detection(String device, String centre, long lastNs, OptionalLong toldNs) {}
