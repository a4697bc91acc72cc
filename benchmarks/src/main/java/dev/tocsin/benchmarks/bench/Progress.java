package dev.tocsin.benchmarks.bench;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** Says on a line what is being done: at each new phase, and every few seconds within one. */
final class Progress {

    private static final long BETWEEN_NS = TimeUnit.SECONDS.toNanos(5);

    private final PrintWriter out;
    private final long startNs = System.nanoTime();
    private long saidNs;

    Progress(PrintWriter out) {
        this.out = out;
    }

    /** Something new begins. */
    void phase(String what) {
        saidNs = System.nanoTime();
        out.println("… " + TimeUnit.NANOSECONDS.toSeconds(saidNs - startNs) + " s: " + what);
        out.flush();
    }

    /** It goes on. */
    void still(String what) {
        if (System.nanoTime() - saidNs >= BETWEEN_NS) {
            phase(what);
        }
    }
}
