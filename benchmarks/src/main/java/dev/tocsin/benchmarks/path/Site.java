package dev.tocsin.benchmarks.path;

import java.nio.file.Path;

/**
 * Where a path is set up.
 *
 * @param folder a folder of its own, on the disk whose syncs are meant
 * @param listen the IP address that receivers listen on
 * @param reach the IP address under which devices reach them: another one where a bad network lies between
 */
public record Site(Path folder, String listen, String reach) {

    /** Everything on loopback. */
    public static Site loopback(Path folder) {
        return new Site(folder, "127.0.0.1", "127.0.0.1");
    }
}
