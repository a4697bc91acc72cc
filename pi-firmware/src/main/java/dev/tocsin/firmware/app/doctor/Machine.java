package dev.tocsin.firmware.app.doctor;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.firmware.board.sensor.SensorSpec;
import dev.tocsin.sdk.session.CentreLink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What the checks ask of the machine. Called by one thread; calls may block. None changes anything that stays. */
public interface Machine {

    /** Who this process runs as. */
    String user();

    /** The groups it is in, by name. */
    Set<String> groups();

    /** The wall clock. */
    Instant now();

    /** Whether something keeps the wall clock right; empty where that cannot be known. */
    Optional<Boolean> isClockSynchronised();

    /** What this process may do with a file, a folder or a device node. */
    Access access(Path path);

    /** A file's text, if it can be read. */
    Optional<String> text(Path path);

    /** The last nine letters of {@code ls -l}, {@code rw-r-----}, where the file system has such a thing. */
    Optional<String> rights(Path path);

    /** How much fits on the file system of this folder, or of its nearest parent that is there. */
    Optional<Room> room(Path folder);

    /** Of what kind the file system of this folder is, or of its nearest parent that is there: {@code ext4}, {@code tmpfs}. */
    Optional<String> fileSystem(Path folder);

    /** Writes a small file there and removes it; says why where that fails. */
    Optional<String> whyNotWritable(Path folder);

    /** Addresses of this machine that are not its own loopback. */
    List<String> addresses();

    /** Whether a host's name has an address. */
    boolean isKnown(String host);

    /** Asks the part of a profile on its bus: whether anything answers at its address; empty where that cannot be asked. */
    Optional<Boolean> answers(SensorSpec part);

    /** Of the processor, degrees Celsius; empty where not measured. */
    OptionalDouble temperatureC();

    /** Whether the supply is too low now; empty where not measured. */
    Optional<Boolean> isSupplyLow();

    /** Sends a heartbeat of no boot to an address of a centre, and tells what came of it. Takes up to some ten seconds. */
    Reach ask(FirmwareConfig config, CentreLink centre, String address);

    /** The state of the firmware that runs here as this device, if one does. */
    Optional<Running> running(FirmwareConfig config);

    /** What a process may do with a file. */
    enum Access {
        /** It is not there, or a folder above it may not be searched. */
        MISSING,
        /** Neither read nor written. */
        NONE,
        /** Read only. */
        READ,
        /** Read and written. */
        READ_WRITE;

        /** Whether it can be read. */
        boolean canRead() {
            return this == READ || this == READ_WRITE;
        }
    }

    /**
     * Room on a file system.
     *
     * @param freeBytes that this user may still fill
     * @param totalBytes in all
     */
    record Room(long freeBytes, long totalBytes) {}

    /**
     * The firmware that runs.
     *
     * @param armed whether it says that it is
     * @param age how long ago it said so
     * @param refusals what centres refuse, and why, as it says
     */
    record Running(boolean armed, Duration age, List<String> refusals) {
        public Running {
            refusals = List.copyOf(refusals);
        }
    }

    /** What came of asking a centre. */
    sealed interface Reach {
        /**
         * It answered.
         *
         * @param roundTrip with the handshake
         * @param time what its signature says the time is; empty: its signature is not of one of its receipt keys
         * @param twin which devices speak under this one's id, in its words; mostly empty
         */
        record Heard(Duration roundTrip, Optional<Instant> time, Optional<String> twin) implements Reach {}

        /**
         * It answered that it will not hear this device.
         *
         * @param code CoAP's, {@code class * 100 + detail}
         * @param why in its words
         */
        record Objected(int code, String why) implements Reach {}

        /** Nothing came back. */
        record Silent() implements Reach {}

        /** This device does not believe that it is the centre: another authority, another name, lapsed. */
        record NotBelieved(String why) implements Reach {}

        /** The centre does not believe this device's certificate. */
        record NotBelievedThere(String why) implements Reach {}

        /** It could not even be asked. */
        record Unreachable(String why) implements Reach {}
    }
}
