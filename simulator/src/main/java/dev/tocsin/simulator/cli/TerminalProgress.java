package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.run.Progress;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Progress as a small table that is drawn over itself. For terminals that know ANSI sequences. */
final class TerminalProgress implements Progress {

    private static final int BAR = 30;

    private final PrintWriter out;
    private int drawn;
    private String phase = "";

    TerminalProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void phase(String what) {
        clear();
        phase = what;
        draw(List.of(phase + " …"));
    }

    @Override
    public void remark(String sentence) {
        clear();
        out.println("· " + sentence);
        draw(List.of(phase + " …"));
    }

    @Override
    public void standing(Standing now) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%s  %.1f s", phase, now.elapsedS()));
        lines.add("  " + bar(now.done(), now.of()) + " " + now.done() + " of " + now.of() + " " + now.unit());
        if (now.events() > 0) {
            now.receipts()
                    .forEach((centre, receipts) -> lines.add(String.format(
                            "  %-12s %s %d of %d receipts",
                            centre, bar(receipts, now.events()), receipts, now.events())));
        }
        clear();
        draw(lines);
    }

    @Override
    public void counting(Counting now) {
        clear();
        draw(List.of(
                String.format(Locale.ROOT, "%s  %.1f s", phase, now.elapsedS()),
                "  " + bar(now.done(), now.of()) + " " + now.done() + " of " + now.of() + " " + now.unit(),
                "  " + now.more()));
    }

    private static String bar(int done, int of) {
        int full = of == 0 ? 0 : (int) Math.min(BAR, (long) BAR * done / of);
        return "█".repeat(full) + "░".repeat(BAR - full);
    }

    private void draw(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
        drawn = lines.size();
    }

    private void clear() {
        if (drawn > 0) {
            out.print("\u001b[" + drawn + "A\u001b[J"); // up to its first line, and clear from there
            drawn = 0;
        }
    }

    @Override
    public void finished() {
        clear();
        out.flush();
    }
}
