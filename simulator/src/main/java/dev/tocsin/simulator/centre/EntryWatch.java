package dev.tocsin.simulator.centre;

import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.centre.ledger.UnreadableEntryException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Tells of every entry that is new in a ledger, whichever process wrote it, once and in order. An entry that cannot be read,
 * or a listener that throws, is told in the audit and does not hold up what comes after it. On the loop.
 */
final class EntryWatch {

    private static final int PAGE = 500;

    private final LedgerView ledger;
    private final Consumer<Entry> listener;
    private final Audit audit;
    /** What this process has committed ahead of an entry that it has not seen: mostly one whose word is still on its way. */
    private final TreeMap<Long, Entry> early = new TreeMap<>();

    private long seen;
    private int limit = PAGE;
    private boolean troubled;

    EntryWatch(LedgerView ledger, Audit audit, Consumer<Entry> listener) {
        this.ledger = ledger;
        this.audit = audit;
        this.listener = listener;
        this.seen = ledger.head().number();
    }

    /**
     * This process has committed an entry: it is told, without being read again, when all before it have been.
     *
     * @return false if something before it is missing: {@link #look} soon
     */
    boolean committed(Entry entry) {
        if (entry.number() > seen && early.size() < PAGE) { // beyond that it is read
            early.put(entry.number(), entry);
        }
        while (!early.isEmpty() && early.firstKey() == seen + 1) {
            tell(early.pollFirstEntry().getValue());
        }
        return entry.number() <= seen;
    }

    /** Looks now. */
    void look() {
        try {
            if (ledger.head().number() <= seen) {
                troubled = false;
                return;
            }
            List<Entry> page;
            do {
                page = next();
                page.forEach(this::tell);
            } while (page.size() == limit); // otherwise it was the last
            troubled = false;
        } catch (UncheckedIOException e) {
            if (!troubled) {
                troubled = true;
                audit.line("the ledger cannot be read: " + Plain.line(String.valueOf(e.getMessage())));
            }
        }
        early.headMap(seen, true).clear();
    }

    private void tell(Entry entry) {
        seen = entry.number();
        try {
            listener.accept(entry);
        } catch (RuntimeException e) {
            audit.line("a bug: telling of entry " + entry.number() + ": " + Plain.line(e.toString()));
        }
    }

    private List<Entry> next() {
        while (true) {
            try {
                return ledger.entries(seen + 1, limit);
            } catch (UnreadableEntryException e) {
                if (limit == 1) {
                    seen = e.number();
                    limit = PAGE;
                    audit.line(Plain.line(String.valueOf(e.getMessage())) + "; 'tocsin ledger verify' says more");
                } else {
                    limit = 1; // what comes before it can be read
                }
            }
        }
    }
}
