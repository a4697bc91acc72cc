package dev.tocsin.simulator.centre.registry;

import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.Sm2Id;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.simulator.centre.registry.Enrolments.Enrolled;
import dev.tocsin.simulator.centre.registry.Enrolments.Snapshot;
import dev.tocsin.simulator.yaml.YamlFile;
import dev.tocsin.simulator.yaml.YamlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A registry as a person writes it:
 *
 * <pre>
 * counties:
 *   "530902": Linxiang
 * schools:
 *   school-007: {name: No. 7 Primary School, county: "530902"}
 * devices:
 *   school-007/button-3:
 *     school: school-007
 *     building: B          # building, floor and spot may be left out
 *     floor: "2"
 *     spot: corridor
 *     key: |               # the PEM itself, or a file name relative to this file
 *       -----BEGIN PUBLIC KEY-----
 *       ...
 *     heartbeat: 60s       # longest period it may claim; from here on all may be left out
 *     kinds: [PANIC, FAULT]
 *     peer: school-007/gateway   # name in the certificate of whoever speaks for it; default: the device's id
 *     revoked: true
 *     sm2-id: school-007/button-3   # what an SM2 key signs under; default: 1234567812345678
 * </pre>
 *
 * <p>A device that has enrolled with the authority needs no key here, nor an entry at all: the authority's books know its
 * key, and their word goes before a key that stands here.
 */
public final class RegistryFile {

    /** The longest heartbeat period there is. */
    public static final Duration MAX_HEARTBEAT = Duration.ofHours(1);

    private static final Duration MIN_HEARTBEAT = Duration.ofSeconds(1);

    private record School(String id, String name, String county) {}

    private final Path folder;
    private final Map<String, School> schools = new HashMap<>();
    private final Map<Bytes, String> keyHolders = new HashMap<>();

    private final Map<String, Enrolled> enrolled = new LinkedHashMap<>();
    private final Snapshot snapshot;
    private final boolean enrolling;

    private RegistryFile(Path folder, Snapshot snapshot, boolean enrolling) {
        this.folder = folder;
        this.snapshot = snapshot;
        this.enrolling = enrolling;
        snapshot.devices().forEach(device -> enrolled.put(device.device(), device));
    }

    /** Reads a registry. Blocks. */
    public static Loaded<Registry> load(Path file) {
        return load(file, Snapshot.EMPTY, false);
    }

    /** Reads a registry, and adds what the authority's books say. Blocks. */
    public static Loaded<Registry> load(Path file, Optional<Enrolments> enrolments) {
        try {
            Snapshot snapshot = enrolments.isPresent() ? enrolments.get().read() : Snapshot.EMPTY;
            return load(file, snapshot, enrolments.isPresent());
        } catch (IOException e) {
            return new Loaded.Bad<>(List.of(
                    new Problem(file.toString(), 0, "the authority's books cannot be read: " + e.getMessage(), "")));
        }
    }

    private static Loaded<Registry> load(Path file, Snapshot snapshot, boolean enrolling) {
        Path parent = file.toAbsolutePath().getParent();
        RegistryFile reading = new RegistryFile(parent == null ? Path.of("") : parent, snapshot, enrolling);
        return YamlFile.read(file, reading::registry);
    }

    private Registry registry(YamlMap top) {
        Map<String, String> counties =
                top.optionalMap("counties").map(YamlMap::namedTexts).orElse(Map.of());
        top.optionalMap("schools").map(YamlMap::named).orElse(Map.of()).forEach((id, map) -> {
            schools.put(id, school(id, map, counties));
        });
        Map<String, RegisteredDevice> devices = new LinkedHashMap<>();
        top.map("devices").named().forEach((id, map) -> {
            if (!AlarmId.isDeviceId(id)) {
                map.problem("'" + id + "' is no device id", "1 to 64 letters, digits and . _ / -");
            }
            device(id, map).ifPresent(device -> devices.put(id, device));
        });
        enrolled.values().stream()
                .filter(device -> !devices.containsKey(device.device()))
                .flatMap(device -> unlisted(device).stream())
                .forEach(device -> devices.put(device.id(), device));
        return new Registry(counties, devices, snapshot.revokedKeys(), former());
    }

    private List<Verifier> former() {
        List<Verifier> keys = new ArrayList<>();
        for (Bytes key : snapshot.former()) {
            try {
                keys.add(Keys.verifierOf(key, Sm2Id.DEFAULT));
            } catch (InvalidKeyException e) {
                // the authority certifies no such key
            }
        }
        return keys;
    }

    /** Enrolled, and nobody has written yet where it hangs. */
    private Optional<RegisteredDevice> unlisted(Enrolled device) {
        return verifier(device)
                .map(key -> new RegisteredDevice(
                        device.device(),
                        Place.UNKNOWN,
                        key,
                        device.revoked(),
                        Optional.empty(),
                        Set.of(),
                        device.device()));
    }

    /** Empty for a key that the file gives to another device: no two may share one. */
    private Optional<Verifier> verifier(Enrolled device) {
        try {
            Verifier key = Keys.verifierOf(device.alarmKey(), Sm2Id.DEFAULT);
            String holder = keyHolders.putIfAbsent(key.keyId(), device.device());
            return holder == null ? Optional.of(key) : Optional.empty();
        } catch (InvalidKeyException e) {
            return Optional.empty(); // the authority certifies no such key
        }
    }

    private static School school(String id, YamlMap map, Map<String, String> counties) {
        String county = map.text("county");
        if (!county.isEmpty() && !counties.containsKey(county)) {
            map.problem("county", "county " + county + " is not among the counties", known(counties));
        }
        return new School(id, map.optionalText("name").orElse(id), county);
    }

    /** Empty if its key cannot be used; the problem is noted. */
    private Optional<RegisteredDevice> device(String id, YamlMap map) {
        Place place = place(map);
        boolean revoked = map.flag("revoked", false)
                || Optional.ofNullable(enrolled.get(id)).map(Enrolled::revoked).orElse(false);
        Optional<Duration> heartbeat = map.duration("heartbeat", MIN_HEARTBEAT, MAX_HEARTBEAT);
        var kinds = map.choices("kinds", AlarmKind.class);
        String peer = map.optionalText("peer").orElse(id);
        return key(id, map).map(key -> new RegisteredDevice(id, place, key, revoked, heartbeat, kinds, peer));
    }

    private Place place(YamlMap map) {
        Optional<School> school = map.optionalText("school").flatMap(name -> {
            School found = schools.get(name);
            if (found == null) {
                map.problem("school", "school " + name + " is not among the schools", known(schools));
            }
            return Optional.ofNullable(found);
        });
        String building = map.optionalText("building").orElse("");
        String floor = map.optionalText("floor").orElse("");
        String spot = map.optionalText("spot").orElse("");
        try {
            return new Place(
                    school.map(School::county).orElse(""),
                    school.map(School::name).orElse(""),
                    building,
                    floor,
                    spot,
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            map.problem(String.valueOf(e.getMessage()), "a few words, for a person who has to run there");
            return Place.UNKNOWN;
        }
    }

    private Optional<Verifier> key(String id, YamlMap map) {
        Enrolled known = enrolled.get(id);
        if (known != null) {
            map.optionalText("key");
            Sm2Ids.in(map);
            return verifier(known);
        }
        if (enrolling && !map.has("key")) {
            return Optional.empty(); // listed, and yet to enrol
        }
        String text = map.text("key");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            String pem = text.contains("-----BEGIN") ? text : Files.readString(folder.resolve(text));
            Verifier key = Keys.verifier(pem, Sm2Ids.in(map).orElse(Sm2Id.DEFAULT));
            Sm2Ids.refuseIdleBeside(map, List.of(key));
            String holder = keyHolders.putIfAbsent(key.keyId(), id);
            if (holder != null) {
                map.problem("key", "the key of " + id + " is that of " + holder + " too", "each device has its own");
                return Optional.empty();
            }
            return Optional.of(key);
        } catch (IOException | InvalidPathException e) {
            map.problem(
                    "key",
                    "the key file " + text + " cannot be read"
                            + (e instanceof IOException io ? ": " + FileTrouble.of(io) : ""),
                    "a PEM text, or the name of a PEM file relative to " + folder);
        } catch (InvalidKeyException e) {
            map.problem("key", "not a usable key: " + e.getMessage(), "a PUBLIC KEY or CERTIFICATE as PEM");
        }
        return Optional.empty();
    }

    private static String known(Map<String, ?> names) {
        return names.isEmpty() ? "none is listed: add it" : "known: " + String.join(", ", names.keySet());
    }
}
