package dev.tocsin.simulator.world;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Events by time, ties by the order in which they were added. A heap with four children a node, whose times and orders lie
 * beside it in arrays of their own, which fit the cache: the events themselves, long cold, are touched only when their turn
 * comes. What is to happen at once, most of all there is, goes round it through a plain
 * queue. Dead events are skipped when their turn comes, and swept out when they are more than half of all.
 */
final class EventQueue {

    private static final int CHILDREN = 4;
    private static final int FEW = 1024;

    private final Deque<Event<?>> atOnce = new ArrayDeque<>();
    private long[] times = new long[FEW];
    private long[] orders = new long[FEW];
    private Event<?>[] heap = new Event<?>[FEW];
    private int size;
    private int dead;
    private long order;

    /** Adds an event; {@code atNs} is not before {@code nowNs}, and {@code nowNs} never decreases. */
    void add(Event<?> event, long atNs, long nowNs) {
        event.atNs = atNs;
        event.order = order++;
        event.queued = true;
        if (atNs == nowNs) {
            atOnce.add(event);
            return;
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
            orders = Arrays.copyOf(orders, 2 * size);
        }
        up(size++, event, atNs, event.order);
    }

    /** Takes the next event out, if it is due by then. */
    @Nullable
    Event<?> poll(long untilNs) {
        while (true) {
            Event<?> first = atOnce.peek();
            boolean fromHeap = size > 0 && (first == null || isBefore(0, first.atNs, first.order));
            if (fromHeap ? times[0] > untilNs : first == null || first.atNs > untilNs) {
                return null;
            }
            Event<?> next = fromHeap ? removeFirst() : atOnce.remove();
            next.queued = false;
            if (!next.isDead()) {
                return next;
            }
            dead = Math.max(0, dead - 1);
        }
    }

    /** Whether anything will still happen. */
    boolean isEmpty() {
        return Arrays.stream(heap, 0, size).allMatch(Event::isDead)
                && atOnce.stream().allMatch(Event::isDead);
    }

    /** Events still in it, the dead included. */
    int size() {
        return size + atOnce.size();
    }

    /** So many events have died in it. */
    void died(int count) {
        dead += count;
        if (dead > FEW && dead > size / 2) {
            sweep();
        }
    }

    private void sweep() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!heap[i].isDead()) {
                heap[kept] = heap[i];
                orders[kept] = orders[i];
                times[kept++] = times[i];
            }
        }
        Arrays.fill(heap, kept, size, null);
        size = kept;
        dead = 0;
        for (int i = (size - 2) / CHILDREN; i >= 0; i--) {
            down(i, heap[i], times[i], orders[i]);
        }
    }

    private Event<?> removeFirst() {
        Event<?> first = heap[0];
        size--;
        Event<?> last = heap[size];
        Arrays.fill(heap, size, size + 1, null);
        if (size > 0) {
            down(0, last, times[size], orders[size]);
        }
        return first;
    }

    private void up(int from, Event<?> event, long atNs, long nth) {
        int i = from;
        while (i > 0) {
            int parent = (i - 1) / CHILDREN;
            if (isBefore(parent, atNs, nth)) {
                break;
            }
            move(parent, i);
            i = parent;
        }
        put(i, event, atNs, nth);
    }

    private void down(int from, Event<?> event, long atNs, long nth) {
        int i = from;
        while (true) {
            int first = i * CHILDREN + 1;
            if (first >= size) {
                break;
            }
            int least = first;
            for (int c = first + 1; c < Math.min(first + CHILDREN, size); c++) {
                if (isBefore(c, times[least], orders[least])) {
                    least = c;
                }
            }
            if (!isBefore(least, atNs, nth)) {
                break;
            }
            move(least, i);
            i = least;
        }
        put(i, event, atNs, nth);
    }

    private void move(int from, int to) {
        heap[to] = heap[from];
        times[to] = times[from];
        orders[to] = orders[from];
    }

    private void put(int i, Event<?> event, long atNs, long nth) {
        heap[i] = event;
        times[i] = atNs;
        orders[i] = nth;
    }

    private boolean isBefore(int i, long atNs, long nth) {
        return times[i] != atNs ? times[i] < atNs : orders[i] < nth;
    }
}
