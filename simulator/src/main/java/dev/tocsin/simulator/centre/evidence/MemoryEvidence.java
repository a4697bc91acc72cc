package dev.tocsin.simulator.centre.evidence;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Evidence in memory: the virtual world's. Any thread. */
public final class MemoryEvidence implements EvidenceStore {

    private final Clock clock;
    private final List<Piece> pieces = new ArrayList<>();

    /** An empty one. */
    public MemoryEvidence(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void keep(AlarmId alarm, Bytes envelope, Consumer<Outcome> done) {
        done.accept(keep(alarm, envelope));
    }

    private synchronized Outcome keep(AlarmId alarm, Bytes envelope) {
        List<Piece> there = of(alarm);
        if (there.stream().anyMatch(piece -> piece.envelope().equals(envelope))) {
            return new Outcome.Kept(true, 0);
        }
        if (there.size() >= MAX_PER_ALARM) {
            return new Outcome.Full();
        }
        Predicate<Piece> same = piece -> piece.alarm().device().equals(alarm.device());
        List<Piece> gone = pieces.stream().filter(same).toList();
        gone = gone.subList(0, Math.max(0, gone.size() + 1 - MAX_PER_DEVICE));
        pieces.removeAll(gone);
        pieces.add(new Piece(alarm, envelope, clock.wallTime().truncatedTo(ChronoUnit.MILLIS)));
        return new Outcome.Kept(false, gone.size());
    }

    @Override
    public synchronized List<Piece> of(AlarmId alarm) {
        return pieces.stream().filter(piece -> piece.alarm().equals(alarm)).toList();
    }

    @Override
    public void close() {}
}
