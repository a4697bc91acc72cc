package dev.tocsin.sdk.config;

import java.util.Locale;

/**
 * Something wrong in a file that a person wrote.
 *
 * @param file which file
 * @param line which line, from 1; 0 if it concerns the whole file
 * @param column where in the line, from 1; 0 if it concerns the whole line
 * @param what what is wrong
 * @param hint what would be right
 * @param mayPass whether another try may go better with the same text: a file could not be read, or is not whole
 */
public record Problem(String file, int line, int column, String what, String hint, boolean mayPass) {

    /** Longest text that is shown of what is wrong, characters: it may quote the file. */
    private static final int MOST_SHOWN = 300;

    /** Something wrong with what is written. */
    public Problem(String file, int line, int column, String what, String hint) {
        this(file, line, column, what, hint, false);
    }

    /** Something wrong in a whole line, or with line 0 in a whole file. */
    public Problem(String file, int line, String what, String hint) {
        this(file, line, 0, what, hint);
    }

    /** The same, of something that could not be read. */
    public Problem thatMayPass() {
        return new Problem(file, line, column, what, hint, true);
    }

    /** One line, whatever the file holds: what has no shape on a terminal is shown by its number. */
    @Override
    public String toString() {
        String where = line == 0 ? "" : ":" + line + (column == 0 ? "" : ":" + column);
        return file + where + ": " + shown(what) + (hint.isEmpty() ? "" : " (" + hint + ")");
    }

    private static String shown(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(MOST_SHOWN).forEach(c -> {
            if (Character.isISOControl(c)) {
                line.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > MOST_SHOWN ? line + "…" : line.toString();
    }
}
