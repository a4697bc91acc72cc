package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.ledger.UnreadableEntryException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings acceptances to the devices: each is pushed until the device acknowledges it, one at a time, whenever the device
 * shows up (its NAT mapping is open then) and when a person accepts; and it is offered in heartbeat answers, which nobody
 * acknowledges. What is still to bring is in the ledger, so it outlives a restart; of a device it is read when the device
 * shows up first. On the loop.
 */
final class ReceiptPushes {

    /** Where devices take receipts. */
    static final String PATH = "receipt";

    /** Most receipts in one heartbeat answer: more do not fit a datagram. */
    static final int MAX_OFFERED = 3;

    /** Most receipts of one device held in memory; more are read when those are through. */
    static final int MAX_HELD = 32;

    private static final class Line {
        final String device;
        final Deque<Entry> pending = new ArrayDeque<>();
        final Set<Long> refused = new HashSet<>();

        @Nullable
        Peer peer;

        boolean more = true; // the ledger may hold some that are not here
        boolean pushing;

        Line(String device) {
            this.device = device;
        }
    }

    private final Ledger ledger;
    private final Receipts receipts;
    private final Timers timers;
    private final Audit audit;
    private final Map<String, Line> lines = new HashMap<>();

    ReceiptPushes(Ledger ledger, Receipts receipts, Timers timers, Audit audit) {
        this.ledger = ledger;
        this.receipts = receipts;
        this.timers = timers;
        this.audit = audit;
    }

    /** A person accepted: the entry is new in the ledger. */
    void accepted(Entry entry) {
        Line line = lines.get(entry.fact().device());
        if (line != null) {
            line.more = true;
            push(line);
        }
    }

    /** The device is at this peer now. */
    void showedUp(String device, Peer peer) {
        Line line = lines.computeIfAbsent(device, Line::new);
        line.peer = peer;
        push(line);
    }

    /** The registry holds only these devices now: the others are forgotten, though not what the ledger has for them. */
    void keepOnly(Collection<String> devices) {
        lines.keySet().retainAll(devices);
    }

    /** What a heartbeat's answer should carry. */
    List<Bytes> offers(String device) {
        Line line = lines.get(device);
        return line == null || line.pending.isEmpty()
                ? List.of()
                : line.pending.stream().limit(MAX_OFFERED).map(receipts::of).toList();
    }

    private void push(Line line) {
        refill(line);
        Peer peer = line.peer;
        if (line.pushing || peer == null) {
            return;
        }
        Entry entry = line.pending.peek();
        if (entry == null) {
            return;
        }
        line.pushing = true;
        peer.push(PATH, receipts.of(entry), result -> {
            var unused = timers.schedule(0, () -> pushed(line, entry, result));
        });
    }

    private void refill(Line line) {
        if (!line.more || line.pending.size() >= MAX_HELD) {
            return;
        }
        try {
            List<Entry> all = ledger.unacknowledged(line.device, MAX_HELD);
            all.stream().filter(entry -> !line.pending.contains(entry)).forEach(line.pending::add);
            line.more = all.size() == MAX_HELD;
        } catch (UncheckedIOException | UnreadableEntryException e) {
            // The watch over the ledger tells people; here it is tried again when the device shows up.
        }
    }

    private void pushed(Line line, Entry entry, Peer.PushResult result) {
        switch (result) {
            case NO_ANSWER -> line.pushing = false; // again when it shows up
            case REFUSED -> {
                line.pushing = false; // others have their turn when it shows up, and then this one again
                if (line.refused.add(entry.number())) {
                    audit.line("device " + line.device + " refuses the receipt of entry " + entry.number());
                }
                line.pending.remove(entry);
                line.pending.add(entry);
            }
            case TAKEN -> acknowledge(line, entry);
        }
    }

    /** The next one goes when this is in the ledger, so that a refill does not find it again. */
    private void acknowledge(Line line, Entry entry) {
        ledger.submit(new Submission.Acknowledged(entry.number()), outcome -> {
            var unused = timers.schedule(0, () -> {
                line.pushing = false;
                line.pending.remove(entry);
                line.refused.remove(entry.number());
                push(line);
            });
        });
    }
}
