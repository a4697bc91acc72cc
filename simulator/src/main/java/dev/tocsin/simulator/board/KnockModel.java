package dev.tocsin.simulator.board;

/**
 * A wrist that hits something and stays as it was: three channels as {@link ImuModel}'s, g. Synthetic.
 *
 * @param when the impact, a half sine
 * @param impactG its peak, along z
 */
public record KnockModel(Span when, double impactG) implements SampleSource {

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public boolean sample(long timeNs, double[] g) {
        g[0] = 0;
        g[1] = 0;
        g[2] = 1;
        if (when.contains(timeNs)) {
            double share = when.secondsIn(timeNs) * 1e9 / when.length().toNanos();
            g[2] += (impactG - 1) * Math.sin(Math.PI * share);
        }
        return true;
    }
}
