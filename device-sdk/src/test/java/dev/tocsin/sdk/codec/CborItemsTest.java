package dev.tocsin.sdk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a generator of CBOR that others wrote, on both sides of where a head grows. */
class CborItemsTest {

    /** Longer ones the other library writes in pieces. */
    private static final int MAX_TEXT = 1_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 25, 255, 256, 257, 65_535, 65_536, 70_000})
    void every_item_is_what_another_library_writes(int length) throws IOException {
        byte[] some = new byte[length];
        String text = "x".repeat(Math.min(length, MAX_TEXT));
        byte[] ours = new CborItems(7 * CborItems.HEAD_BYTES + 2 * length)
                .tag(18)
                .array(5)
                .bytes(some)
                .text(text)
                .number(length)
                .number(-1 - length)
                .map(0)
                .toArray();

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CBORGenerator g = new CBORFactory().createGenerator(out)) {
            g.writeTag(18);
            g.writeStartArray(null, 5);
            g.writeBinary(some);
            g.writeString(text);
            g.writeNumber(length);
            g.writeNumber(-1 - length);
            g.writeStartObject(0);
            g.writeEndObject();
            g.writeEndArray();
        }
        assertThat(ours).isEqualTo(out.toByteArray());
    }
}
