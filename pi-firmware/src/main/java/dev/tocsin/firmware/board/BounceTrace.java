package dev.tocsin.firmware.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording of one contact, edge by edge: one press or one release, with all its bounces.
 *
 * <p>The file is CSV with the header {@code t_us,level,rising_edges}: microseconds since the first edge, never
 * decreasing; the level of a pulled-up pin as sampled at that edge, 0 = closed; how many rising edges the hardware counted
 * since the row before. A row that repeats the level stands for a pulse shorter than the sampling. The first row gives
 * the level that the press or release started from. After the last row the contact keeps its level: a recording has no
 * idle time at its end.
 *
 * @param name the file's name
 * @param events in order of time, at least one, at most {@link #MAX_EVENTS}
 */
public record BounceTrace(String name, List<Event> events) {

    /** The longest recording that is read, in rows. */
    public static final int MAX_EVENTS = 100_000;

    private static final String HEADER = "t_us,level,rising_edges";

    /** Throws {@link IllegalArgumentException} without any event. */
    public BounceTrace {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a trace has at least one event");
        }
    }

    /** Reads one file. Blocks. */
    public static Reading read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            return new Reading.Malformed(file + ": " + e.getMessage());
        }
        return parse(file.getFileName().toString(), lines, file.toString());
    }

    static Reading parse(String name, List<String> lines, String where) {
        if (lines.isEmpty() || !lines.get(0).strip().equals(HEADER)) {
            return new Reading.Malformed(where + ":1: the first line must be " + HEADER);
        }
        if (lines.size() == 1) {
            return new Reading.Malformed(where + ":2: no rows");
        }
        if (lines.size() - 1 > MAX_EVENTS) {
            return new Reading.Malformed(where + ": more than " + MAX_EVENTS + " rows");
        }
        List<Event> events = new ArrayList<>(lines.size() - 1);
        long lastNs = 0;
        for (int i = 1; i < lines.size(); i++) {
            String at = where + ":" + (i + 1) + ": ";
            String[] fields = lines.get(i).strip().split(",", -1);
            if (fields.length != 3) {
                return new Reading.Malformed(at + "3 fields wanted (" + HEADER + "), found " + fields.length);
            }
            try {
                Event event = event(fields);
                if (event.atNs() < lastNs) {
                    return new Reading.Malformed(at + "t_us " + fields[0] + " is before the row above");
                }
                lastNs = event.atNs();
                events.add(event);
            } catch (IllegalArgumentException e) {
                return new Reading.Malformed(at + e.getMessage());
            }
        }
        return new Reading.Read(new BounceTrace(name, events));
    }

    private static Event event(String[] fields) {
        double timeUs = number("t_us", fields[0]);
        double level = number("level", fields[1]);
        double risingEdges = number("rising_edges", fields[2]);
        if (!(timeUs >= 0 && timeUs < 1e12)) {
            throw new IllegalArgumentException("t_us is " + fields[0] + "; it must be 0 or more");
        }
        if (level != 0 && level != 1) {
            throw new IllegalArgumentException("level is " + fields[1] + "; it must be 0 (closed) or 1 (open)");
        }
        if (!(risingEdges >= 0 && risingEdges <= Integer.MAX_VALUE) || risingEdges != Math.rint(risingEdges)) {
            throw new IllegalArgumentException("rising_edges is " + fields[2] + "; it must be a count");
        }
        return new Event(Math.round(timeUs * 1000), level == 0, (int) risingEdges);
    }

    private static double number(String what, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " is \"" + text + "\", not a number", e);
        }
    }

    /** Whether the contact was closed before the first edge: a recording of a release. */
    public boolean startsClosed() {
        return events.get(0).closed();
    }

    /** Whether the contact is closed at the end, and stays so. */
    public boolean endsClosed() {
        return events.get(events.size() - 1).closed();
    }

    /** From the first edge to the last, nanoseconds. */
    public long lengthNs() {
        return events.get(events.size() - 1).atNs() - events.get(0).atNs();
    }

    /**
     * One row.
     *
     * @param atNs nanoseconds since the first edge
     * @param closed whether the contact was closed
     * @param risingEdges openings counted since the row before
     */
    public record Event(long atNs, boolean closed, int risingEdges) {}

    /** How reading went. */
    public sealed interface Reading {
        /** It is a trace. */
        record Read(BounceTrace trace) implements Reading {}

        /** It is not; says where and what would be right. */
        record Malformed(String problem) implements Reading {}
    }
}
