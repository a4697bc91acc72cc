package dev.tocsin.docs;

/** The installing page. */
final class Installing {

    static final String PAGE = Documents.read("hardware-docs/installing.md");

    private Installing() {}

    /** The first code block of one kind after a mark. */
    static String after(String mark, String language) {
        int at = PAGE.indexOf(mark);
        if (at < 0) {
            throw new IllegalArgumentException("the page has no " + mark);
        }
        return Documents.blocks(PAGE.substring(at), language).get(0);
    }
}
