package dev.tocsin.sdk.journal;

import dev.tocsin.sdk.model.Bytes;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Something that the journal keeps until it is removed. Belongs to the event loop. */
public final class Item {

    /** What a record costs beside its body, bytes; for the bounds. */
    static final int OVERHEAD_BYTES = 64;

    /** Most marks of one item; what goes beyond is not noted. */
    static final int MAX_MARKS = 32;

    private final long number;
    private final Priority priority;
    private final Bytes body;
    private final Set<Bytes> marks = new LinkedHashSet<>();

    Item(long number, Priority priority, Bytes body) {
        this.number = number;
        this.priority = priority;
        this.body = body;
    }

    /** Its number, never used twice in a journal. */
    public long number() {
        return number;
    }

    /** Who it makes room for. */
    public Priority priority() {
        return priority;
    }

    /** What it is. */
    public Bytes body() {
        return body;
    }

    /** What has been noted about it, oldest first. */
    public Set<Bytes> marks() {
        return Collections.unmodifiableSet(marks);
    }

    boolean mark(Bytes mark) {
        return marks.size() < MAX_MARKS && marks.add(mark);
    }

    int size() {
        return body.size() + OVERHEAD_BYTES;
    }

    Frame.Put toFrame() {
        return new Frame.Put(number, priority, body);
    }
}
