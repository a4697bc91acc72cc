package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.model.Answer;

/**
 * Text from outside, made fit for a line of a log or a terminal: control characters, which could start a new line or steer
 * a terminal, become blanks, and what is too long is cut. The result fits into a signed answer.
 */
public final class Plain {

    private static final int MAX_CHARACTERS = Answer.MAX_TEXT_BYTES / 3 - 1; // of UTF-8, and the ellipsis

    private Plain() {}

    /** One harmless line. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_CHARACTERS + 1));
        for (int i = 0; i < text.length() && line.length() < MAX_CHARACTERS; i++) {
            char c = text.charAt(i);
            int type = Character.getType(c);
            boolean harmless = !Character.isISOControl(c)
                    && type != Character.FORMAT
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR;
            line.append(harmless ? c : ' ');
        }
        return text.length() > MAX_CHARACTERS ? line.append('…').toString() : line.toString();
    }
}
