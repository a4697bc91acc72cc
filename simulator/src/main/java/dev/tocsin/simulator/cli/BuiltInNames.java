package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.scenario.BuiltIn;
import java.util.Iterator;

/** Names of the scenarios that come along, for shell completion. */
final class BuiltInNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return BuiltIn.NAMES.iterator();
    }
}
