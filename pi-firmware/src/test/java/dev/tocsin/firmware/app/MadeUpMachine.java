package dev.tocsin.firmware.app;

import dev.tocsin.firmware.app.doctor.Machine;
import dev.tocsin.firmware.board.sensor.SensorSpec;
import dev.tocsin.sdk.session.CentreLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A board on which all is well, until a test says what is not. */
final class MadeUpMachine implements Machine {

    static final long GIB = 1L << 30;

    Instant now = Instant.now();
    Set<String> groups = Set.of("tocsin", "gpio", "i2c", "spi");
    Optional<Boolean> synchronised = Optional.of(true);
    final Map<Path, Access> accesses = new HashMap<>();
    final Map<Path, String> rights = new HashMap<>();
    Optional<String> whyNotWritable = Optional.empty();
    long freeBytes = 8 * GIB;
    String fileSystem = "ext4";
    List<String> addresses = List.of("192.0.2.77");
    boolean hostsKnown = true;
    boolean partAnswers = true;
    OptionalDouble temperatureC = OptionalDouble.of(51);
    boolean supplyLow;
    Optional<Reach> reach = Optional.empty();
    Optional<Running> running = Optional.of(new Running(true, Duration.ofSeconds(3), List.of()));

    @Override
    public String user() {
        return "tocsin";
    }

    @Override
    public Set<String> groups() {
        return groups;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Optional<Boolean> isClockSynchronised() {
        return synchronised;
    }

    @Override
    public Access access(Path path) {
        boolean there = path.startsWith("/dev") || Files.exists(path);
        return accesses.getOrDefault(path, there ? Access.READ_WRITE : Access.MISSING);
    }

    @Override
    public Optional<String> text(Path path) {
        try {
            return access(path) == Access.READ_WRITE ? Optional.of(Files.readString(path)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> rights(Path path) {
        return Optional.of(rights.getOrDefault(path, "rw-------"));
    }

    @Override
    public Optional<Room> room(Path folder) {
        return Optional.of(new Room(freeBytes, 16 * GIB));
    }

    @Override
    public Optional<String> fileSystem(Path folder) {
        return Optional.of(fileSystem);
    }

    @Override
    public Optional<String> whyNotWritable(Path folder) {
        return whyNotWritable;
    }

    @Override
    public List<String> addresses() {
        return addresses;
    }

    @Override
    public boolean isKnown(String host) {
        return hostsKnown;
    }

    @Override
    public Optional<Boolean> answers(SensorSpec part) {
        return Optional.of(partAnswers);
    }

    @Override
    public OptionalDouble temperatureC() {
        return temperatureC;
    }

    @Override
    public Optional<Boolean> isSupplyLow() {
        return Optional.of(supplyLow);
    }

    @Override
    public Reach ask(FirmwareConfig config, CentreLink centre, String address) {
        return reach.orElseGet(() -> new Reach.Heard(Duration.ofMillis(23), Optional.of(now), Optional.empty()));
    }

    @Override
    public Optional<Running> running(FirmwareConfig config) {
        return running;
    }
}
