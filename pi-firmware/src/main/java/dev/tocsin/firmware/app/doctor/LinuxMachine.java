package dev.tocsin.firmware.app.doctor;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.firmware.app.LinuxGauges;
import dev.tocsin.firmware.app.RunningFirmware;
import dev.tocsin.firmware.board.bus.BusException;
import dev.tocsin.firmware.board.bus.Pi4jBuses;
import dev.tocsin.firmware.board.sensor.SensorSpec;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.session.CentreLink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** The Linux machine that this runs on. */
public final class LinuxMachine implements Machine {

    private static final Path SYS = Path.of("/sys");

    /** Written by systemd-timesyncd when it has the time (systemd-timesyncd.service(8), "Files"). */
    private static final Path SYNCHRONISED = Path.of("/run/systemd/timesync/synchronized");

    private static final Path TIMESYNC = Path.of("/run/systemd/timesync");

    private final RunningFirmware firmware;

    /** This machine. */
    public LinuxMachine(RunningFirmware firmware) {
        this.firmware = firmware;
    }

    @Override
    public String user() {
        return System.getProperty("user.name", "?");
    }

    /** By the groups of this process (proc(5), /proc/self/status) and their names (group(5)). */
    @Override
    public Set<String> groups() {
        Set<String> ids = new LinkedHashSet<>();
        for (String line : lines(Path.of("/proc/self/status"))) {
            if (line.startsWith("Groups:") || line.startsWith("Gid:")) {
                ids.addAll(List.of(line.replaceFirst("^\\w+:", "").strip().split("\\s+")));
            }
        }
        Set<String> names = new LinkedHashSet<>();
        for (String line : lines(Path.of("/etc/group"))) {
            String[] fields = line.split(":", -1);
            if (fields.length > 2 && ids.contains(fields[2])) {
                names.add(fields[0]);
            }
        }
        return names;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Optional<Boolean> isClockSynchronised() {
        return Files.isDirectory(TIMESYNC)
                ? Optional.of(Files.exists(SYNCHRONISED))
                : Optional.empty(); // another program may keep it
    }

    @Override
    public Access access(Path path) {
        if (!Files.exists(path)) {
            return Access.MISSING;
        }
        return !Files.isReadable(path) ? Access.NONE : Files.isWritable(path) ? Access.READ_WRITE : Access.READ;
    }

    @Override
    public Optional<String> text(Path path) {
        try {
            return Files.isReadable(path) ? Optional.of(Files.readString(path)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // not a text: the check of what it should be says so
        }
    }

    @Override
    public Optional<String> rights(Path path) {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        try {
            return view == null
                    ? Optional.empty()
                    : Optional.of(
                            PosixFilePermissions.toString(view.readAttributes().permissions()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Room> room(Path folder) {
        try {
            FileStore store = Files.getFileStore(nearest(folder));
            return Optional.of(new Room(store.getUsableSpace(), store.getTotalSpace()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> fileSystem(Path folder) {
        try {
            return Optional.of(Files.getFileStore(nearest(folder)).type());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@inheritDoc} Where the folder is not there, its nearest parent that is: the firmware makes the rest. */
    @Override
    public Optional<String> whyNotWritable(Path folder) {
        try {
            Path probe = Files.createTempFile(nearest(folder), ".doctor", "");
            Files.delete(probe);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(FileTrouble.of(e));
        }
    }

    /** A folder, or its nearest parent that is there. */
    private static Path nearest(Path folder) {
        Path at = folder.toAbsolutePath();
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    @Override
    public List<String> addresses() {
        try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
            return interfaces
                    .filter(LinuxMachine::isOutside)
                    .flatMap(i -> i.getInterfaceAddresses().stream())
                    .map(InterfaceAddress::getAddress)
                    .filter(address -> !address.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static boolean isOutside(NetworkInterface i) {
        try {
            return i.isUp() && !i.isLoopback();
        } catch (SocketException e) {
            return false;
        }
    }

    @Override
    public boolean isKnown(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Reads one byte from an I2C part. An SPI bus has no acknowledge, so nothing can be asked there without a driver. */
    @Override
    public Optional<Boolean> answers(SensorSpec part) {
        if (part.isSpi()) {
            return Optional.empty();
        }
        try (Pi4jBuses buses = new Pi4jBuses()) {
            buses.i2c(part.bus()).transfer(part.place(), new byte[0], 0, new byte[1], 1);
            return Optional.of(true);
        } catch (BusException e) {
            return Optional.of(false);
        }
    }

    @Override
    public OptionalDouble temperatureC() {
        return new LinuxGauges(SYS, SYS).temperatureC();
    }

    @Override
    public Optional<Boolean> isSupplyLow() {
        return new LinuxGauges(SYS, SYS).isSupplyLow();
    }

    @Override
    public Reach ask(FirmwareConfig config, CentreLink centre, String address) {
        return CentreProbe.ask(config, centre, address);
    }

    @Override
    public Optional<Running> running(FirmwareConfig config) {
        return firmware.find(config);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
