package dev.tocsin.benchmarks.lossy;

import dev.tocsin.benchmarks.load.Latencies;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Starts {@link LossyMain} in a user and network namespace of its own ({@code unshare}), where nobody's network is touched. */
public final class LossyRun {

    private LossyRun() {}

    /**
     * One path at one loss.
     *
     * @param path its name
     * @param lossPercent lost each way
     * @param latencies how long alarms took
     */
    public record Lossy(String path, String lossPercent, Latencies latencies) {}

    /**
     * What came of it.
     *
     * @param measured paths at losses
     * @param absent what could not be measured, and why
     */
    public record Outcome(List<Lossy> measured, Map<String, String> absent) {}

    /**
     * Measures. Blocks for minutes.
     *
     * @param rounds alarms of each of {@value LossyMain#DEVICES} devices
     * @param lossPercents losses, one after the other
     */
    public static Outcome run(Path folder, int rounds, List<String> lossPercents, List<String> paths)
            throws IOException {
        List<String> command = List.of(
                "unshare",
                "--map-root-user",
                "--net",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LossyMain.class.getName(),
                folder.toString(),
                String.valueOf(rounds),
                String.join(",", lossPercents),
                String.join(",", paths));
        List<Lossy> measured = new ArrayList<>();
        Map<String, String> absent = new TreeMap<>();
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(folder.resolve("lossy.log").toFile())
                    .start();
        } catch (IOException e) {
            absent.put("loss", "no unshare (util-linux) on this machine: " + e.getMessage());
            return new Outcome(measured, absent);
        }
        Thread hook = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(hook);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read(line, measured, absent);
            }
            if (process.waitFor() != 0) {
                absent.put("loss", "the bad network could not be made: " + lastLine(folder.resolve("lossy.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroy();
            removeQuietly(hook);
        }
        return new Outcome(measured, absent);
    }

    /** How long it takes at least. */
    public static long seconds(int rounds, int losses) {
        return LossyMain.PERIOD.toSeconds() * ((long) rounds * losses + 1);
    }

    private static void read(String line, List<Lossy> measured, Map<String, String> absent) {
        String[] words = line.split(" ", 4);
        if (words[0].equals("measured")) {
            measured.add(new Lossy(words[1], words[2], Latencies.decoded(words[3])));
        } else if (words[0].equals("absent")) {
            absent.put("loss: " + words[1], line.substring(words[0].length() + words[1].length() + 2));
        }
    }

    private static String lastLine(Path log) throws IOException {
        return java.nio.file.Files.readAllLines(log).stream()
                .filter(line -> line.contains("Exception") || line.startsWith("unshare"))
                .findFirst()
                .orElse("see " + log);
    }

    private static void removeQuietly(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends: the hook does it
        }
    }
}
