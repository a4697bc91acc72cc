package dev.tocsin.sdk.journal;

import dev.tocsin.sdk.model.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * One record on the medium: {@code magic u32, length u32, crc32c u32, body}, big-endian. The checksum (RFC 3720, Castagnoli)
 * covers the generation's number, length and body, so that what a deleted file left on the medium is never taken for a
 * record of the file that now lies there. The magic lets a reader find the next record behind a damaged one.
 */
sealed interface Frame {

    int MAGIC = 0x54634A31; // "TcJ1"
    int HEADER_BYTES = 12;

    /** Shortest body: a type and a number. */
    int MIN_BODY = 9;

    /** Longest body; a longer length field is damage. */
    int MAX_BODY = 1 << 20;

    /** First in a file and again behind the items copied: how often the device booted, and which items are alive. */
    record Head(long bootCounter, List<Long> alive) implements Frame {}

    /** An item. */
    record Put(long number, Priority priority, Bytes body) implements Frame {}

    /** A mark on an item. */
    record Mark(long number, Bytes mark) implements Frame {}

    /** An item is done with. */
    record Remove(long number) implements Frame {}

    /** The whole record, header included, as it stands in a file of that generation. */
    default byte[] encode(long generation) {
        byte[] body = body();
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + body.length);
        frame.putInt(MAGIC).putInt(body.length).putInt(0).put(body);
        return frame.putInt(8, checksum(frame.array(), 0, body.length, generation))
                .array();
    }

    private byte[] body() {
        return switch (this) {
            case Head h -> {
                ByteBuffer b = ByteBuffer.allocate(MIN_BODY + Long.BYTES * h.alive.size());
                b.put((byte) 'H').putLong(h.bootCounter);
                h.alive.forEach(b::putLong);
                yield b.array();
            }
            case Put p ->
                ByteBuffer.allocate(MIN_BODY + 1 + p.body.size())
                        .put((byte) 'P')
                        .putLong(p.number)
                        .put(p.priority.code())
                        .put(p.body.readOnlyArray())
                        .array();
            case Mark m ->
                ByteBuffer.allocate(MIN_BODY + m.mark.size())
                        .put((byte) 'M')
                        .putLong(m.number)
                        .put(m.mark.readOnlyArray())
                        .array();
            case Remove r ->
                ByteBuffer.allocate(MIN_BODY).put((byte) 'R').putLong(r.number).array();
        };
    }

    /** Whether a whole, undamaged record of that generation starts at the offset. */
    static boolean isAt(byte[] file, int offset, long generation) {
        if (file.length - offset < HEADER_BYTES + MIN_BODY) {
            return false;
        }
        ByteBuffer b = ByteBuffer.wrap(file);
        int length = b.getInt(offset + 4);
        return b.getInt(offset) == MAGIC
                && length >= MIN_BODY
                && length <= MAX_BODY
                && length <= file.length - offset - HEADER_BYTES
                && b.getInt(offset + 8) == checksum(file, offset, length, generation);
    }

    /** Bytes that the record at the offset takes. */
    static int sizeAt(byte[] file, int offset) {
        return HEADER_BYTES + ByteBuffer.wrap(file).getInt(offset + 4);
    }

    /** Reads the record at the offset, which {@link #isAt} has found good; empty if a newer version wrote its kind. */
    static Optional<Frame> decode(byte[] file, int offset) {
        ByteBuffer b = ByteBuffer.wrap(file, offset + HEADER_BYTES, sizeAt(file, offset) - HEADER_BYTES);
        byte type = b.get();
        long number = b.getLong();
        return switch (type) {
            case 'H' -> {
                List<Long> alive = new ArrayList<>();
                while (b.remaining() >= Long.BYTES) {
                    alive.add(b.getLong());
                }
                yield Optional.of(new Head(number, alive));
            }
            case 'P' ->
                (b.hasRemaining() ? Priority.ofCode(b.get()) : Optional.<Priority>empty())
                        .map(priority -> new Put(number, priority, rest(b)));
            case 'M' -> Optional.of(new Mark(number, rest(b)));
            case 'R' -> Optional.of(new Remove(number));
            default -> Optional.empty();
        };
    }

    /** The number of the item whose record seems to begin at the offset, damaged or unfinished though it is. */
    static OptionalLong numberOfDamagedPut(byte[] file, int offset) {
        if (file.length - offset < HEADER_BYTES + MIN_BODY) {
            return OptionalLong.empty();
        }
        ByteBuffer b = ByteBuffer.wrap(file);
        return b.getInt(offset) == MAGIC && b.get(offset + HEADER_BYTES) == 'P'
                ? OptionalLong.of(b.getLong(offset + HEADER_BYTES + 1))
                : OptionalLong.empty();
    }

    private static Bytes rest(ByteBuffer b) {
        byte[] rest = new byte[b.remaining()];
        b.get(rest);
        return Bytes.wrap(rest);
    }

    private static int checksum(byte[] file, int offset, int length, long generation) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, generation));
        crc.update(file, offset + 4, 4);
        crc.update(file, offset + HEADER_BYTES, length);
        return (int) crc.getValue();
    }
}
