package dev.tocsin.simulator.centre.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How entries hang together. The encoding is described at {@link Entry#computedHash}. */
public final class Chain {

    private static final String DOMAIN = "tocsin-ledger-1";

    private Chain() {}

    /** The entry that follows a head. */
    public static Entry append(Head head, Fact fact, Instant now) {
        Instant time = now.truncatedTo(ChronoUnit.MILLIS);
        long number = head.number() + 1;
        return new Entry(number, time, fact, head.hash(), hash(head.hash(), number, time, fact));
    }

    static Bytes hash(Bytes previous, long number, Instant time, Fact fact) {
        ByteArrayOutputStream row = new ByteArrayOutputStream(512);
        row.writeBytes(previous.readOnlyArray());
        field(row, DOMAIN);
        field(row, Long.toString(number));
        field(row, fact.type().name());
        field(row, fact.device());
        field(row, text(fact.alarm()));
        field(row, text(fact.about()));
        field(row, text(fact.kind()));
        field(row, text(fact.state()));
        field(row, text(fact.mode()));
        field(row, fact.envelope().readOnlyArray());
        field(row, fact.envelopeSha256().readOnlyArray());
        field(row, Long.toString(time.toEpochMilli()));
        field(row, fact.by());
        field(row, fact.detail());
        return Bytes.wrap(row.toByteArray()).sha256();
    }

    /** An optional column as text: the value's own text, or nothing. */
    public static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    private static void field(ByteArrayOutputStream row, String text) {
        field(row, text.getBytes(UTF_8));
    }

    private static void field(ByteArrayOutputStream row, byte[] bytes) {
        row.write(bytes.length >>> 24);
        row.write(bytes.length >>> 16);
        row.write(bytes.length >>> 8);
        row.write(bytes.length);
        row.writeBytes(bytes);
    }
}
