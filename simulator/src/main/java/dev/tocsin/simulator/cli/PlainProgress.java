package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.run.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Progress as plain lines, for logs and pipes: one for each phase and remark, and one every five seconds. */
final class PlainProgress implements Progress {

    private static final double EVERY_S = 5;

    private final PrintWriter out;
    private double nextS;

    PlainProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void phase(String what) {
        nextS = EVERY_S;
        remark(what);
    }

    @Override
    public void remark(String sentence) {
        out.println("… " + sentence);
        out.flush();
    }

    @Override
    public void standing(Standing now) {
        if (now.elapsedS() >= nextS) {
            nextS += EVERY_S;
            remark(String.format(
                    Locale.ROOT,
                    "%.0f s: %d of %d %s; %d events raised%s",
                    now.elapsedS(),
                    now.done(),
                    now.of(),
                    now.unit(),
                    now.events(),
                    now.receipts().isEmpty() ? "" : ", receipts " + now.receipts()));
        }
    }

    @Override
    public void counting(Counting now) {
        if (now.elapsedS() >= nextS) {
            nextS += EVERY_S;
            remark(String.format(
                    Locale.ROOT,
                    "%.0f s: %d of %d %s; %s",
                    now.elapsedS(),
                    now.done(),
                    now.of(),
                    now.unit(),
                    now.more()));
        }
    }

    @Override
    public void finished() {
        // nothing to take back
    }
}
