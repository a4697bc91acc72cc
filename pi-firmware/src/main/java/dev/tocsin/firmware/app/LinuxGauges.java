package dev.tocsin.firmware.app;

import dev.tocsin.sdk.config.FileTrouble;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a Linux board's gauges from {@code /sys}: {@code thermal_zone*} in millidegrees (kernel, sysfs-class-thermal), and the
 * Raspberry Pi firmware's under-voltage alarm, by its hwmon driver ({@code raspberrypi-hwmon}: {@code in0_lcrit_alarm}) or by
 * bit 0 of {@code get_throttled} (Raspberry Pi documentation, vcgencmd). What a machine does not have is not measured.
 */
public final class LinuxGauges implements BoardHealth.Gauges {

    private static final Logger LOG = LoggerFactory.getLogger(LinuxGauges.class);
    private static final int UNDER_VOLTAGE_NOW = 1;

    private final Path sys;
    private final Path journal;

    /**
     * Gauges of a machine.
     *
     * @param sys where {@code /sys} is
     * @param journal the folder whose room counts
     */
    public LinuxGauges(Path sys, Path journal) {
        this.sys = sys;
        this.journal = journal;
    }

    @Override
    public OptionalDouble temperatureC() {
        return list(sys.resolve("class/thermal"), "thermal_zone*").stream()
                .flatMap(zone -> number(zone.resolve("temp"), 10).stream().boxed())
                .mapToDouble(milli -> milli / 1_000.0)
                .max();
    }

    @Override
    public Optional<Boolean> isSupplyLow() {
        Optional<Boolean> driver = list(sys.resolve("class/hwmon"), "hwmon*").stream()
                .flatMap(monitor ->
                        number(monitor.resolve("in0_lcrit_alarm"), 10).stream().boxed())
                .map(alarm -> alarm != 0)
                .reduce(Boolean::logicalOr);
        OptionalLong throttled = number(sys.resolve("devices/platform/soc/soc:firmware/get_throttled"), 16);
        return driver.or(() -> throttled.isPresent()
                ? Optional.of((throttled.getAsLong() & UNDER_VOLTAGE_NOW) != 0)
                : Optional.empty());
    }

    @Override
    public OptionalLong freeBytes() {
        return freeBytes(journal);
    }

    /** What this user may still fill of the file system that a folder is on, or its nearest parent that is there. */
    public static OptionalLong freeBytes(Path folder) {
        for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                try {
                    return OptionalLong.of(Files.getFileStore(at).getUsableSpace());
                } catch (IOException e) {
                    LOG.debug("{}: {}", at, FileTrouble.of(e));
                    return OptionalLong.empty();
                }
            }
        }
        return OptionalLong.empty();
    }

    private static List<Path> list(Path folder, String glob) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
                entries.forEach(found::add);
            } catch (IOException e) {
                LOG.debug("{}: {}", folder, FileTrouble.of(e));
            }
        }
        return found;
    }

    private static OptionalLong number(Path file, int radix) {
        if (!Files.isReadable(file)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst()
                    .map(String::strip)
                    .map(text -> text.startsWith("0x") ? text.substring(2) : text)
                    .map(text -> OptionalLong.of(Long.parseLong(text, radix)))
                    .orElse(OptionalLong.empty());
        } catch (IOException | NumberFormatException | java.io.UncheckedIOException e) {
            return OptionalLong.empty(); // a zone that is switched off reads as an error
        }
    }
}
