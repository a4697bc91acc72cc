package dev.tocsin.simulator.run;

import dev.tocsin.firmware.board.BounceTrace;
import dev.tocsin.simulator.scenario.Stimulus.Synthetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How a contact moves, once: from open to closed, or back.
 *
 * @param name what it is a copy of
 * @param edges in order of time; the first is at 0
 */
record Motion(String name, List<Edge> edges) {

    /** One change of level, or the level that is there already. */
    record Edge(long atNs, boolean closed) {}

    /** A pulse that the recording could count but not resolve: sampling took 1 to 2.5 us. */
    private static final long UNSAMPLED_PULSE_NS = 1_000;

    private static final long SOUND_SETTLES_NS = 1_000_000;
    private static final long WORN_SETTLES_NS = 105_000_000;

    Motion {
        edges = List.copyOf(edges);
    }

    long lengthNs() {
        return edges.getLast().atNs();
    }

    /** A recording, edge by edge; a row that repeats the level becomes the short pulse that it stands for. */
    static Motion of(BounceTrace trace) {
        List<Edge> edges = new ArrayList<>();
        long startNs = trace.events().getFirst().atNs();
        boolean level = trace.startsClosed();
        for (int i = 0; i < trace.events().size(); i++) {
            BounceTrace.Event event = trace.events().get(i);
            long atNs = event.atNs() - startNs;
            if (event.closed() == level && event.risingEdges() > 0) {
                long nextNs = i + 1 < trace.events().size()
                        ? trace.events().get(i + 1).atNs() - startNs
                        : Long.MAX_VALUE;
                edges.add(new Edge(atNs, !level));
                edges.add(new Edge(Math.min(atNs + UNSAMPLED_PULSE_NS, nextNs), level));
            } else {
                edges.add(new Edge(atNs, event.closed()));
            }
            level = event.closed();
        }
        return new Motion(trace.name(), edges);
    }

    /** Drawn: starts with a change, ends closed or open as asked. */
    static Motion synthetic(Synthetic.Kind kind, boolean closing, SplittableRandom random) {
        List<Edge> edges = new ArrayList<>();
        edges.add(new Edge(0, closing));
        switch (kind) {
            case CLEAN -> {}
            case BOUNCE -> bounce(edges, random, 2 * random.nextInt(1, 30), SOUND_SETTLES_NS);
            case WORN -> bounce(edges, random, 2 * random.nextInt(5, 30), WORN_SETTLES_NS);
        }
        return new Motion("synthetic " + kind.name().toLowerCase(Locale.ROOT), edges);
    }

    /** Adds an even number of changes, so that the level ends as it began; the gaps between them grow. */
    private static void bounce(List<Edge> edges, SplittableRandom random, int changes, long withinNs) {
        boolean level = edges.getFirst().closed();
        double[] gaps = new double[changes];
        double sum = 0;
        for (int i = 0; i < changes; i++) {
            gaps[i] = (i + 1) * (0.2 + random.nextDouble());
            sum += gaps[i];
        }
        long settlesNs = Math.round(withinNs * (0.1 + 0.9 * random.nextDouble()));
        double atNs = 0;
        for (double gap : gaps) {
            atNs += gap / sum * settlesNs;
            level = !level;
            edges.add(new Edge(Math.round(atNs), level));
        }
    }
}
