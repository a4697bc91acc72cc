package dev.tocsin.simulator.board;

import java.util.List;

/**
 * A water probe, two electrodes: one channel, ohms. Corrosion and dirt make a path between them that conducts better and
 * better, wet or dry: in the end it reads wet for ever.
 *
 * @param dryOhm above 0; a megaohm or more
 * @param wetOhm above 0; some kiloohms in fresh water
 * @param wet when it is under water
 * @param leakSiemensPerHour how fast the path grows, 0 or more; 1e-6 is a megaohm after an hour and 100 kiloohm after ten
 */
public record ProbeModel(double dryOhm, double wetOhm, List<Span> wet, double leakSiemensPerHour)
        implements SampleSource {

    private static final double NS_PER_HOUR = 3.6e12;

    /** Throws {@link IllegalArgumentException} outside the ranges. */
    public ProbeModel {
        if (!(dryOhm > 0 && wetOhm > 0 && leakSiemensPerHour >= 0)) {
            throw new IllegalArgumentException(
                    "ohms above 0 and a leak of 0 or more, not " + dryOhm + ", " + wetOhm + ", " + leakSiemensPerHour);
        }
        wet = List.copyOf(wet);
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public boolean sample(long timeNs, double[] ohms) {
        boolean isWet = wet.stream().anyMatch(span -> span.contains(timeNs));
        double siemens = 1 / (isWet ? wetOhm : dryOhm) + leakSiemensPerHour * timeNs / NS_PER_HOUR;
        ohms[0] = 1 / siemens;
        return true;
    }
}
