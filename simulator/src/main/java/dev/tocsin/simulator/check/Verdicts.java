package dev.tocsin.simulator.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where oracles put what they find: how much they looked at, and what was wrong with it. */
final class Verdicts {

    private final List<Breach> breaches = new ArrayList<>();
    private final Map<Promise, Long> examined = new EnumMap<>(Promise.class);

    /** One more thing was looked at that could have been wrong. */
    void examined(Promise promise) {
        examined.merge(promise, 1L, Long::sum);
    }

    /** And it was wrong. */
    void breach(Promise promise, String what) {
        breaches.add(new Breach(promise, what));
    }

    List<Breach> breaches() {
        return Collections.unmodifiableList(breaches);
    }

    Map<Promise, Long> examined() {
        return Collections.unmodifiableMap(examined);
    }
}
