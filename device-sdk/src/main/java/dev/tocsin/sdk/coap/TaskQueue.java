package dev.tocsin.sdk.coap;

import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A loop's tasks by their time, those of the same time in the order they came in. One thread at a time. */
final class TaskQueue {

    /** So few cancelled tasks may lie about; beyond it, as many as there are others. */
    static final int MIN_SWEEP = 64;

    private final PriorityQueue<LoopTask<?>> tasks = new PriorityQueue<>();
    private long number;
    private int cancelled;

    /** Whether it is now the first. */
    boolean add(LoopTask<?> task) {
        task.numbered(number++);
        tasks.add(task);
        return isFirst(task);
    }

    @SuppressWarnings("ReferenceEquality") // this very task
    private boolean isFirst(LoopTask<?> task) {
        return tasks.peek() == task;
    }

    /** The first task if its time has come, taken out; null if it has not. */
    @Nullable
    LoopTask<?> due(long nowNs) {
        dropCancelled();
        LoopTask<?> first = tasks.peek();
        return first != null && first.dueNs() - nowNs <= 0 ? tasks.poll() : null;
    }

    /** Nanoseconds until the first task is due, 0 if it is; {@link Long#MAX_VALUE} if there is none. */
    long untilNextNs(long nowNs) {
        dropCancelled();
        LoopTask<?> first = tasks.peek();
        return first == null ? Long.MAX_VALUE : Math.max(0, first.dueNs() - nowNs);
    }

    private void dropCancelled() {
        for (LoopTask<?> first = tasks.peek(); first != null && first.isCancelled(); first = tasks.peek()) {
            tasks.poll();
            cancelled = Math.max(0, cancelled - 1);
        }
    }

    /** One was cancelled, that may still be in here. */
    void cancelled() {
        cancelled++;
        if (cancelled > Math.max(MIN_SWEEP, tasks.size() / 2)) {
            tasks.removeIf(LoopTask::isCancelled);
            cancelled = 0;
        }
    }

    /** Drops what is due later than this, and what would come again. */
    void dropAfter(long nowNs) {
        tasks.removeIf(task -> task.isPeriodic() || task.dueNs() - nowNs > 0);
    }

    /** All of it, which is then out. */
    List<LoopTask<?>> drain() {
        List<LoopTask<?>> all = List.copyOf(tasks);
        tasks.clear();
        return all;
    }

    int size() {
        return tasks.size();
    }

    boolean isEmpty() {
        dropCancelled();
        return tasks.isEmpty();
    }
}
