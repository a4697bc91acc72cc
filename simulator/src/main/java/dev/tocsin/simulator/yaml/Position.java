package dev.tocsin.simulator.yaml;

/**
 * A place in a file.
 *
 * @param line from 1; 0 stands for the whole file
 * @param column from 1; 0 stands for the whole line
 */
public record Position(int line, int column) {

    /** The file as a whole. */
    public static final Position WHOLE_FILE = new Position(0, 0);
}
