package dev.tocsin.simulator.lab;

import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.simulator.centre.registry.RegistryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a laboratory's files.
 *
 * <pre>
 * ca.pem                                  the authority that all trust
 * lab.properties                          police.port=… for scripts
 * registry.yaml                           devices and their keys, read by every centre
 * police/centre.yaml, dtls.pem, …         one folder a centre; its ledger will lie there
 * devices/school-001/button-1/device.toml one folder a device; its journal will lie there
 * </pre>
 *
 * @param folder where it lies
 * @param centres the centres, in the order they were asked for
 * @param devices the devices' folders by id
 */
public record Laboratory(Path folder, List<LabCentre> centres, Map<String, Path> devices) {

    private static final String LOOPBACK = "127.0.0.1";
    /** Hundreds of devices on one disk: a device alone keeps 2 MiB of room for its last alarms. */
    private static final int BALLAST_BYTES = 16 << 10;

    private static final Entropy ENTROPY = new PlatformEntropy();

    /**
     * A centre of the laboratory.
     *
     * @param id its id, and the name of its folder
     * @param port UDP port on loopback
     * @param config its configuration file
     */
    public record LabCentre(String id, int port, Path config) {
        /** Where its ledger lies. */
        public Path ledger() {
            return config.resolveSibling("ledger.db");
        }
    }

    /**
     * What to write.
     *
     * @param centres ids and UDP ports; an id that is {@code education} gets drill alarms
     * @param devices ids
     * @param heartbeat of all devices, such as {@code 60s}
     * @param signatures what devices and centres sign with; empty for Ed25519, every fifth device P-256
     */
    public record Plan(
            Map<String, Integer> centres,
            List<String> devices,
            String heartbeat,
            Optional<SignatureAlgorithm> signatures) {

        /** With keys of the usual kinds. */
        public Plan(Map<String, Integer> centres, List<String> devices, String heartbeat) {
            this(centres, devices, heartbeat, Optional.empty());
        }

        private SignatureAlgorithm ofCentres() {
            return signatures.orElse(SignatureAlgorithm.ED25519);
        }

        private SignatureAlgorithm ofDevice(int number) {
            return signatures.orElse(number % 5 == 4 ? SignatureAlgorithm.ES256 : SignatureAlgorithm.ED25519);
        }
    }

    /**
     * Writes everything.
     *
     * @throws IOException if the folder cannot be written, or there is a laboratory in it already
     */
    public static Laboratory create(Path folder, Plan plan, Clock clock) throws IOException {
        Path mark = folder.resolve("lab.properties");
        if (Files.exists(mark)) {
            throw new IOException(folder + " holds a laboratory already: take another folder, or delete it");
        }
        Files.createDirectories(folder);
        ThrowAwayAuthority authority = new ThrowAwayAuthority(clock, ENTROPY);
        Files.writeString(folder.resolve("ca.pem"), authority.certificate());
        List<LabCentre> centres = new ArrayList<>();
        for (Map.Entry<String, Integer> c : plan.centres.entrySet()) {
            centres.add(writeCentre(folder, authority, c.getKey(), plan));
        }
        Map<String, Path> devices = new LinkedHashMap<>();
        StringBuilder registry = new StringBuilder("devices:\n");
        for (String id : plan.devices) {
            SignatureAlgorithm algorithm = plan.ofDevice(devices.size());
            devices.put(id, writeDevice(folder, authority, id, algorithm, centres, plan.heartbeat, registry));
        }
        Files.writeString(folder.resolve("registry.yaml"), plan.devices.isEmpty() ? "devices: {}\n" : registry);
        StringBuilder ports = new StringBuilder();
        centres.forEach(c -> ports.append(c.id).append(".port=").append(c.port).append('\n'));
        Files.writeString(mark, ports);
        return new Laboratory(folder, List.copyOf(centres), devices);
    }

    /**
     * Adds a device that somebody else made to a laboratory's registry. The centres see the whole old file or the whole new
     * one.
     *
     * @param publicPem its alarm key
     * @throws IllegalArgumentException if that cannot be a device's id, or one of that id is enrolled
     */
    public static void enrol(Path folder, String id, String publicPem) throws IOException, InvalidKeyException {
        if (!AlarmId.isDeviceId(id)) {
            throw new IllegalArgumentException("not a device id: " + id);
        }
        Keys.verifier(publicPem);
        Path registry = folder.resolve("registry.yaml");
        if (RegistryFile.load(registry).orThrow().byId(id).isPresent()) {
            throw new IllegalArgumentException("it is enrolled already; to change its key edit " + registry);
        }
        String before = Files.readString(registry).replace("devices: {}", "devices:");
        Path next = folder.resolve("registry.yaml.next");
        Files.writeString(next, before + entry(id, publicPem));
        Files.move(next, registry, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String entry(String id, String publicPem) {
        return "  " + id + ":\n    key: |\n" + publicPem.indent(6);
    }

    private static boolean takesDrills(String centre) {
        return centre.equals("education");
    }

    private static LabCentre writeCentre(Path folder, ThrowAwayAuthority authority, String id, Plan plan)
            throws IOException {
        Path home = Files.createDirectories(folder.resolve(id));
        int port = plan.centres.getOrDefault(id, 0);
        ThrowAwayAuthority.Issued dtls = authority.forCentre(id, LOOPBACK, ENTROPY);
        Files.writeString(home.resolve("dtls.pem"), dtls.certificate());
        secret(home.resolve("dtls-key.pem"), dtls.key());
        String receipts = Keys.generatePem(plan.ofCentres());
        secret(home.resolve("receipts-key.pem"), receipts);
        Files.writeString(home.resolve("receipts-public.pem"), publicHalf(receipts));
        Path config = home.resolve("centre.yaml");
        Files.writeString(config, """
                id: %s
                listen: coaps://%s:%d
                dtls:
                  certificate: dtls.pem
                  key: dtls-key.pem
                  trust: ../ca.pem
                signing-key: receipts-key.pem
                registry: ../registry.yaml
                ledger: ledger.db
                drills: %b
                %s""".formatted(id, LOOPBACK, port, takesDrills(id), partners(id, plan.centres)));
        return new LabCentre(id, port, config);
    }

    /** Who holds drills tells all others, and they believe it. */
    private static String partners(String id, Map<String, Integer> centres) {
        StringBuilder lines = new StringBuilder();
        centres.forEach((other, port) -> {
            String keys = "keys: [\"../" + other + "/receipts-public.pem\"]}\n";
            if (takesDrills(id) && !takesDrills(other)) {
                lines.append(lines.isEmpty() ? "notify:\n" : "")
                        .append("  " + other + ": {addresses: [\"coaps://" + LOOPBACK + ":" + port + "\"], " + keys);
            } else if (takesDrills(other) && !takesDrills(id)) {
                lines.append("notices-from:\n  " + other + ": {" + keys);
            }
        });
        return lines.toString();
    }

    private static Path writeDevice(
            Path folder,
            ThrowAwayAuthority authority,
            String id,
            SignatureAlgorithm algorithm,
            List<LabCentre> centres,
            String heartbeat,
            StringBuilder registry)
            throws IOException {
        Path home = Files.createDirectories(folder.resolve("devices").resolve(id));
        ThrowAwayAuthority.Issued dtls = authority.forDevice(id, ENTROPY);
        Files.writeString(home.resolve("dtls.pem"), dtls.certificate());
        secret(home.resolve("dtls-key.pem"), dtls.key());
        String alarmKey = Keys.generatePem(algorithm);
        secret(home.resolve("alarm-key.pem"), alarmKey);
        String alarmPublic = publicHalf(alarmKey);
        Files.writeString(home.resolve("alarm-public.pem"), alarmPublic);
        int slash = id.indexOf('/');
        String school = slash < 0 ? "" : id.substring(0, slash);
        String up = home.relativize(folder).toString().replace('\\', '/');
        StringBuilder toml = new StringBuilder("""
                device = "%s"
                journal = "journal"
                journal-ballast = %d
                heartbeat = "%s"

                [place]
                county = "530902"
                school = "%s"

                [keys]
                alarm = "alarm-key.pem"
                certificate = "dtls.pem"
                key = "dtls-key.pem"
                trust = "%s/ca.pem"

                [board]
                profile = "wall-button"
                hardware = "desk"
                annunciation = "audible"
                """.formatted(id, BALLAST_BYTES, heartbeat, school, up));
        for (LabCentre c : centres) {
            toml.append("""

                    [[centres]]
                    id = "%s"
                    addresses = ["coaps://%s:%d"]
                    receipt-keys = ["%s/%s/receipts-public.pem"]
                    drills = %b
                    """.formatted(c.id, LOOPBACK, c.port, up, c.id, takesDrills(c.id)));
        }
        Files.writeString(home.resolve("device.toml"), toml);
        registry.append(entry(id, alarmPublic));
        return home;
    }

    private static String publicHalf(String privatePem) {
        try {
            return Keys.publicPem(privatePem);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key just made can be read", e);
        }
    }

    private static void secret(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
