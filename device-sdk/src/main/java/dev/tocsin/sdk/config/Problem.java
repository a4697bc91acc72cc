package dev.tocsin.sdk.config;

/**
 * Something wrong in a file that a person wrote.
 *
 * @param file which file
 * @param line which line, from 1; 0 if it concerns the whole file
 * @param column where in the line, from 1; 0 if it concerns the whole line
 * @param what what is wrong
 * @param hint what would be right
 */
public record Problem(String file, int line, int column, String what, String hint) {

    /** Something wrong in a whole line, or with line 0 in a whole file. */
    public Problem(String file, int line, String what, String hint) {
        this(file, line, 0, what, hint);
    }

    @Override
    public String toString() {
        String where = line == 0 ? "" : ":" + line + (column == 0 ? "" : ":" + column);
        return file + where + ": " + what + (hint.isEmpty() ? "" : " (" + hint + ")");
    }
}
