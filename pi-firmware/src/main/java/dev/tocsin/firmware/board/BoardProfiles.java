package dev.tocsin.firmware.board;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.config.TomlFile;
import dev.tocsin.sdk.config.TomlTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads board profiles from TOML, and checks them. Every key must be known; what is wrong comes back as problems with their lines.
 *
 * <pre>{@code
 * name = "wall-button"
 * title = "Wall-mounted panic button"
 * model = "raspberry-pi-4"
 * buses = ["i2c1"]
 *
 * [inputs.panic]
 * bcm = 17
 * header = 11
 * pull = "up"            # "up", "down" or "none"
 * active-low = true      # false where left out
 * part = "button"        # for the drawing, see Part; "contact" where left out, of an output "driver"
 *
 * [outputs.lamp]
 * bcm = 22
 * header = 15
 * initial = "off"        # "on" or "off"; "off" where left out
 *
 * [sensors.imu]            # docs/sensors.md has all types
 * type = "lsm6dso"
 * bus = "i2c1"           # one of buses
 * address = 0x6A         # on I2C; chip-select = 0 on SPI; the usual one where left out
 * rate = 104             # Hz; the usual one where left out
 * range = 16             # plus and minus, in g; the widest usual one where left out
 * ready = "imu-ready"    # the input that its data-ready pin is wired to; may be left out
 * }</pre>
 */
public final class BoardProfiles {

    /** The profiles that come with the firmware, by name. */
    public static final List<String> BUILT_IN = List.of("wall-button", "parapet-guard", "water-edge-guard");

    private static final int MOST = 1_000;

    private BoardProfiles() {}

    /** One of {@link #BUILT_IN}. */
    public static Loaded<BoardProfile> builtIn(String name) {
        if (!BUILT_IN.contains(name)) {
            return new Loaded.Bad<>(List.of(new Problem(
                    name,
                    0,
                    "no such board profile is built in",
                    "built in: " + String.join(", ", BUILT_IN) + ", or a .toml file")));
        }
        String resource = "/boards/" + name + ".toml";
        try (InputStream in = BoardProfiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing from the firmware's jar");
            }
            return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("resource " + resource + " cannot be read", e);
        }
    }

    /** A profile of one's own, from a file. */
    public static Loaded<BoardProfile> load(Path file) {
        Lines lines = new Lines();
        return lines.checked(file.toString(), TomlFile.read(file, lines::profile));
    }

    /**
     * Reads and checks a profile.
     *
     * @param where the file's name, for the problems
     * @param toml the text
     */
    public static Loaded<BoardProfile> parse(String where, String toml) {
        Lines lines = new Lines();
        return lines.checked(where, TomlFile.read(where, toml, lines::profile));
    }

    /** Reads one file, and remembers in which line everything stood: what is wrong with it is only known in the end. */
    private static final class Lines {

        private final Map<String, Integer> lines = new LinkedHashMap<>();

        Loaded<BoardProfile> checked(String where, Loaded<BoardProfile> read) {
            return switch (read) {
                case Loaded.Bad<BoardProfile> bad -> bad;
                case Loaded.Ok<BoardProfile>(BoardProfile profile) -> {
                    List<Problem> problems = profile.mistakes().stream()
                            .map(mistake ->
                                    new Problem(where, lines.getOrDefault(mistake.key(), 0), mistake.what(), ""))
                            .sorted(Comparator.comparingInt(Problem::line))
                            .toList();
                    yield problems.isEmpty() ? new Loaded.Ok<>(profile) : new Loaded.Bad<>(problems);
                }
            };
        }

        Optional<BoardProfile> profile(TomlTable top) {
            lines.put("model", top.line("model"));
            lines.put("buses", top.line("buses"));
            return Optional.of(new BoardProfile(
                    top.string("name"),
                    top.string("title"),
                    top.string("model"),
                    top.strings("buses"),
                    pins(top.table("inputs"), Pin.Direction.INPUT),
                    pins(top.table("outputs"), Pin.Direction.OUTPUT),
                    SensorTables.read(top.table("sensors"), lines)));
        }

        private Map<String, Pin> pins(TomlTable tables, Pin.Direction direction) {
            Map<String, Pin> pins = new LinkedHashMap<>();
            for (String name : tables.keys()) {
                TomlTable t = tables.table(name);
                Pin pin = pin(name, t, direction);
                pins.put(name, pin);
                List.of("bcm", "header", "pull", "part").forEach(key -> lines.put(pin.key(key), t.line(key)));
            }
            return pins;
        }
    }

    private static Pin pin(String name, TomlTable t, Pin.Direction direction) {
        boolean input = direction == Pin.Direction.INPUT;
        return new Pin(
                name,
                (int) t.integer("bcm", -MOST, MOST),
                (int) t.integer("header", 1, MOST),
                direction,
                input ? t.choice("pull", Pin.Pull.class).orElse(Pin.Pull.NONE) : Pin.Pull.NONE,
                t.bool("active-low", false),
                !input && t.choice("initial", Initial.class, Initial.OFF) == Initial.ON,
                t.choice("part", Part.class, input ? Part.CONTACT : Part.DRIVER));
    }

    private enum Initial {
        ON,
        OFF
    }
}
