package dev.tocsin.simulator.board;

import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.Output;
import dev.tocsin.firmware.board.Pin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A device's board during one boot. */
final class VirtualBoard implements Board {

    private final VirtualContacts contacts;
    private final LongSupplier nanoTime;
    private final Executor loop;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private Consumer<String> trouble = sentence -> {};
    private boolean closed;

    VirtualBoard(VirtualContacts contacts, LongSupplier nanoTime, Executor loop) {
        this.contacts = contacts;
        this.nanoTime = nanoTime;
        this.loop = loop;
    }

    @Override
    public BoardProfile profile() {
        return contacts.profile();
    }

    @Override
    public void onEdge(String input, EdgeListener listener) {
        line(input).listeners.add(listener);
    }

    @Override
    public boolean isActive(String input) {
        return line(input).isActive(input);
    }

    @Override
    public Output output(String name) {
        Pin pin = contacts.outputPin(name);
        return on -> {
            if (!closed && !contacts.light(name, on)) {
                trouble.accept("output %s (BCM %d) cannot be switched: the line refuses".formatted(name, pin.bcm()));
            }
        };
    }

    @Override
    public Duration recheck() {
        return contacts.recheck();
    }

    @Override
    public void onTrouble(Consumer<String> listener) {
        trouble = listener;
    }

    @Override
    public void close() {
        if (!closed) {
            die();
            contacts.off();
        }
    }

    void die() {
        lines.forEach((input, line) -> line.isActive(input)); // what was read last stays
        closed = true;
    }

    /** The line changed, now. */
    void edge(String input, boolean active) {
        Line line = line(input);
        long timeNs = nanoTime.getAsLong();
        if (line.waiting == MAX_WAITING_EDGES) {
            contacts.met(BoardFault.EDGE_DROPPED, input);
            return;
        }
        line.waiting++;
        loop.execute(() -> {
            line.waiting--;
            if (!closed) {
                line.listeners.forEach(listener -> listener.edge(timeNs, active));
            }
        });
    }

    private Line line(String input) {
        contacts.level(input); // a mistake in the name is told there
        return lines.computeIfAbsent(input, name -> new Line());
    }

    private final class Line {
        final List<EdgeListener> listeners = new ArrayList<>();
        int waiting;
        boolean last;

        boolean isActive(String input) {
            if (!closed) {
                last = contacts.level(input);
            }
            return last;
        }
    }
}
