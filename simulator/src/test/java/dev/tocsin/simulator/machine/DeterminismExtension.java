package dev.tocsin.simulator.machine;

import dev.tocsin.simulator.world.jvm.Determinism;
import org.junit.jupiter.api.extension.Extension;

/** Registered for all tests of this module, so that it comes before any class of Californium's, whichever test is first. */
public final class DeterminismExtension implements Extension {

    /** Made once, before the first test. */
    public DeterminismExtension() {
        Determinism.install();
    }
}
