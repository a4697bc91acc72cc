package dev.tocsin.simulator.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The text in a file's bytes, up to the first thing that YAML does not take.
 *
 * @param text as far as it could be read
 * @param fault what stands behind it; empty if that is all
 */
record Utf8(String text, Optional<Fault> fault) {

    private static final String NEXT_LINE =
            "\n\u0085\u2028\u2029"; // as SnakeYAML counts lines; a carriage return below
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    /** Something that is no text. */
    record Fault(Position at, String what, String hint) {}

    /** Reads bytes. */
    static Utf8 of(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        boolean broken = decoder.decode(in, out, true).isError();
        Utf8 read = of(out.flip().toString());
        if (!broken || read.fault.isPresent()) {
            return read;
        }
        return new Utf8(
                read.text,
                Optional.of(new Fault(
                        endOf(read.text),
                        String.format(Locale.ROOT, "byte 0x%02X is not UTF-8", in.get()),
                        "save the file as UTF-8 text; is it the right file?")));
    }

    /** Looks through a text. */
    static Utf8 of(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (!StreamReader.isPrintable(c)) {
                String before = text.substring(0, i);
                return new Utf8(
                        before,
                        Optional.of(new Fault(
                                endOf(before),
                                String.format(Locale.ROOT, "a character that no text has: U+%04X", c),
                                "remove it; is it the right file?")));
            }
        }
        return new Utf8(text, Optional.empty());
    }

    /** The place right behind a text. */
    private static Position endOf(String text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean carriageReturn = c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
            if (carriageReturn || NEXT_LINE.indexOf(c) >= 0) {
                line++;
                column = 1;
            } else if (c != BYTE_ORDER_MARK) {
                column++;
            }
        }
        return new Position(line, column);
    }
}
