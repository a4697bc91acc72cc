package dev.tocsin.simulator.centre.evidence;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps evidence: the exact signed bytes, by alarm. Each once, however often it comes. Bounded for each alarm and each device,
 * so that nobody's evidence fills the disk that alarms need.
 */
public interface EvidenceStore extends AutoCloseable {

    /** Most pieces of one alarm: one a sensor. The next is refused. */
    int MAX_PER_ALARM = 4;

    /** Most pieces of one device, 4 MiB at most; above it its oldest goes. */
    int MAX_PER_DEVICE = 256;

    /**
     * A piece.
     *
     * @param envelope the exact signed bytes
     * @param received the centre's wall clock when it was kept, whole milliseconds
     */
    record Piece(AlarmId alarm, Bytes envelope, Instant received) {}

    /** How keeping ended. */
    sealed interface Outcome {
        /**
         * It is kept.
         *
         * @param before whether it was there already
         * @param gone how many of the device's oldest pieces had to go for it
         */
        record Kept(boolean before, int gone) implements Outcome {}

        /** The alarm has {@value EvidenceStore#MAX_PER_ALARM} others. */
        record Full() implements Outcome {}

        /** It could not be kept now. */
        record Failed(String why) implements Outcome {}
    }

    /**
     * Keeps a piece. Any thread; does not block.
     *
     * @param done told once, when it is durable or when it is clear that it will not be; on the store's thread, or on the
     *     caller's before this returns
     */
    void keep(AlarmId alarm, Bytes envelope, Consumer<Outcome> done);

    /** The pieces of an alarm, oldest first. May block. Throws {@link java.io.UncheckedIOException}. */
    List<Piece> of(AlarmId alarm);

    /** Keeps what waits and lets go of the medium. */
    @Override
    void close();
}
