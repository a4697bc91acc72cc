package dev.tocsin.simulator.storage;

/** Something a program wrote that the medium need not have yet. */
sealed interface Change {

    /** A file grew. */
    record Grown(Content content, int from, int to) implements Change {}

    /** A file got its name. */
    record Linked(String name, Content content) implements Change {}

    /** A name was removed. */
    record Unlinked(String name) implements Change {}

    /** How many places a torn write can stop at in here. */
    default int size() {
        return this instanceof Grown g ? g.to - g.from : 1;
    }
}
