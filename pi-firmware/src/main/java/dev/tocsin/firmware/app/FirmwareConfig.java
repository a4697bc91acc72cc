package dev.tocsin.firmware.app;

import dev.tocsin.firmware.board.Annunciator;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.sdk.DeviceConfig;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.TomlFile;
import dev.tocsin.sdk.config.TomlTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A device's configuration file: the SDK's keys and the board's.
 *
 * @param device who it is and where its alarms go
 * @param profile what hangs on which pin
 * @param hardware real pins or a desk
 * @param annunciation how it shows and sounds
 * @param sensing what it watches
 * @param updates who may change its program
 */
public record FirmwareConfig(
        DeviceConfig device,
        BoardProfile profile,
        Hardware hardware,
        Annunciator.Profile annunciation,
        SensingConfig sensing,
        UpdateConfig updates) {

    /** Name and version of this firmware, for the heartbeat. */
    public static final String SOFTWARE = Release.SOFTWARE;

    /** A device that nobody updates. */
    public FirmwareConfig(
            DeviceConfig device,
            BoardProfile profile,
            Hardware hardware,
            Annunciator.Profile annunciation,
            SensingConfig sensing) {
        this(device, profile, hardware, annunciation, sensing, UpdateConfig.NONE);
    }

    /** A device that watches nothing: a button. */
    public FirmwareConfig(
            DeviceConfig device, BoardProfile profile, Hardware hardware, Annunciator.Profile annunciation) {
        this(device, profile, hardware, annunciation, SensingConfig.NONE);
    }

    /** What is under the firmware. */
    public enum Hardware {
        /** The GPIO lines of a Raspberry Pi, by its character device. */
        PI,
        /** No hardware: inputs that a program or a person at the terminal drives. */
        DESK
    }

    /** Reads a file; relative paths in it start at its folder. */
    public static Loaded<FirmwareConfig> load(Path file) {
        return load(file, DeviceConfig.Channel.NOW);
    }

    /** As {@link #load(Path)}, with the certificates read now or when they are first used. */
    static Loaded<FirmwareConfig> load(Path file, DeviceConfig.Channel when) {
        Path folder = DeviceConfig.folderOf(file);
        return TomlFile.read(file, top -> read(top, folder, when));
    }

    /** The same from a text; {@code name} stands for the file in problems. */
    public static Loaded<FirmwareConfig> parse(String name, String text, Path folder) {
        return TomlFile.read(name, text, top -> read(top, folder, DeviceConfig.Channel.NOW));
    }

    /** A name of a built-in profile, or a file of one's own. What is wrong with it is noted. */
    private static Optional<BoardProfile> profile(TomlTable board, Path folder, boolean watches) {
        String name = board.optionalString("profile").orElse("wall-button");
        if (!name.endsWith(".toml") && !BoardProfiles.BUILT_IN.contains(name)) {
            board.problem(
                    "profile",
                    "profile = \"" + name + "\" is no board profile that is built in",
                    "built in: " + String.join(", ", BoardProfiles.BUILT_IN) + ", or a .toml file");
            return Optional.empty();
        }
        return switch (name.endsWith(".toml")
                ? BoardProfiles.load(folder.resolve(name))
                : BoardProfiles.builtIn(name)) {
            case Loaded.Ok<BoardProfile>(BoardProfile profile) -> {
                List<String> missing = ButtonDevice.missing(profile);
                if (!watches || missing.size() < ButtonDevice.INPUTS.size()) { // half a button is a mistake
                    missing.forEach(input -> board.problem(
                            "profile",
                            "board profile " + name + " has no input " + input + ", which a button needs",
                            "add [inputs." + input + "] there"));
                }
                yield Optional.of(profile);
            }
            case Loaded.Bad<BoardProfile>(var problems) -> {
                problems.forEach(board::include);
                yield Optional.empty();
            }
        };
    }

    private static Optional<FirmwareConfig> read(TomlTable top, Path folder, DeviceConfig.Channel when) {
        Optional<DeviceConfig> device = DeviceConfig.read(top, folder, SOFTWARE, when);
        TomlTable board = top.table("board");
        Hardware hardware = board.choice("hardware", Hardware.class, Hardware.PI);
        Annunciator.Profile annunciation =
                board.choice("annunciation", Annunciator.Profile.class, Annunciator.Profile.AUDIBLE);
        UpdateConfig updates = UpdateConfig.read(
                top, folder, device.map(d -> d.settings().centres()).orElse(List.of()));
        Optional<BoardProfile> profile = profile(board, folder, top.has("detectors"));
        if (profile.isEmpty()) {
            SensingReader.skip(top);
            return Optional.empty();
        }
        BoardProfile p = profile.get();
        SensingConfig sensing = new SensingReader(top, folder, p, hardware == Hardware.DESK).read();
        return device.map(d -> new FirmwareConfig(d, p, hardware, annunciation, sensing, updates));
    }
}
