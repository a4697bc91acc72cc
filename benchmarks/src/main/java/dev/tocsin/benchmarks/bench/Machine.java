package dev.tocsin.benchmarks.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where and of what figures are.
 *
 * @param processor model and how many cores
 * @param memory of the machine
 * @param system kernel
 * @param jdk that ran it, and with which collector
 * @param disk file system under the synced files
 * @param memoryDisk file system under those that are not; empty if there is none
 * @param commit of the sources; empty outside a checkout
 * @param load of the machine when it began: what else ran, in cores
 */
public record Machine(
        String processor,
        String memory,
        String system,
        String jdk,
        String disk,
        String memoryDisk,
        String commit,
        double load) {

    private static final double GIB = 1 << 30;

    /** This machine now. */
    static Machine here(Folders folders) throws IOException {
        var os = ManagementFactory.getOperatingSystemMXBean();
        String memory = os instanceof com.sun.management.OperatingSystemMXBean sun
                ? String.format(Locale.ROOT, "%.0f GiB", sun.getTotalMemorySize() / GIB)
                : "";
        return new Machine(
                model() + ", " + os.getAvailableProcessors() + " cores",
                memory,
                os.getName() + " " + os.getVersion() + " " + os.getArch(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + ", "
                        + collector(),
                Files.getFileStore(folders.disk()).type(),
                folders.memory().isPresent()
                        ? Files.getFileStore(folders.memory().get()).type()
                        : "",
                Checkout.find().map(Checkout::commit).orElse(""),
                os.getSystemLoadAverage());
    }

    /** The first word of the first one's name tells HotSpot's apart: ZGC, G1, PS, Copy. */
    private static String collector() {
        return ManagementFactory.getGarbageCollectorMXBeans()
                .getFirst()
                .getName()
                .split(" ", 2)[0];
    }

    private static String model() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("processor");
        } catch (IOException e) {
            return "processor";
        }
    }
}
