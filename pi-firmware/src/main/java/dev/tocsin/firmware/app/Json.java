package dev.tocsin.firmware.app;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Texts as JSON has them (RFC 8259, section 7), which are TOML's basic strings as well. */
final class Json {

    private Json() {}

    /** In quotation marks. */
    static String text(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < ' ' || c == 0x7f) {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.append('"').toString();
    }

    /** A list of them. */
    static String texts(List<String> texts) {
        return texts.stream().map(Json::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
