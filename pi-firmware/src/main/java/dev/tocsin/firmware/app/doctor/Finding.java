package dev.tocsin.firmware.app.doctor;

import java.util.List;

/**
 * What a check found.
 *
 * @param grade how bad it is
 * @param key names the sentence, {@code clock.wrong}; what comes before the dot is the check. Unless it is {@link Grade#OK},
 *     {@code key.do} names what to do
 * @param values what stands in the sentences
 */
public record Finding(Grade grade, String key, List<String> values) {
    public Finding {
        values = List.copyOf(values);
    }

    static Finding ok(String key, Object... values) {
        return new Finding(Grade.OK, key, texts(values));
    }

    static Finding warning(String key, Object... values) {
        return new Finding(Grade.WARNING, key, texts(values));
    }

    static Finding broken(String key, Object... values) {
        return new Finding(Grade.BROKEN, key, texts(values));
    }

    /** The check that found it: {@code clock}. */
    public String check() {
        return key.substring(0, key.indexOf('.'));
    }

    /** Some are a centre's words, or a certificate's, and go to a terminal: what could steer it is replaced. */
    private static List<String> texts(Object... values) {
        return List.of(values).stream()
                .map(value -> String.valueOf(value).replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?"))
                .toList();
    }
}
