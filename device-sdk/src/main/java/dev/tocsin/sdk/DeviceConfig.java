package dev.tocsin.sdk;

import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.TomlFile;
import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.Sm2Id;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Authority;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.OrderKind;
import dev.tocsin.sdk.model.OrderTask;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.session.AlarmTiming;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.session.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who a device is and where its alarms go.
 *
 * @param settings id, place, centres, heartbeat, journal bounds
 * @param alarmKey signs its alarms
 * @param channel its DTLS identity; empty for plain CoAP, in a lab only
 * @param journalFolder where its journal lies; one device, one folder
 * @param enrolment where its certificates come from and lie; empty: they are somebody else's care
 * @param keepsSessions whether it keeps its DTLS sessions beside its journal, to resume them after a restart
 */
public record DeviceConfig(
        Settings settings,
        Signer alarmKey,
        Optional<DtlsIdentity> channel,
        Path journalFolder,
        Optional<EnrolmentConfig> enrolment,
        boolean keepsSessions) {

    /** Without an authority that renews its certificates. It keeps its sessions. */
    public DeviceConfig(Settings settings, Signer alarmKey, Optional<DtlsIdentity> channel, Path journalFolder) {
        this(settings, alarmKey, channel, journalFolder, Optional.empty(), true);
    }

    /** The largest block of CoAP (RFC 7959, section 2.2). */
    private static final int ONE_BLOCK_BYTES = 1024;

    private static final int MAX_PORT = 65_535;

    private static final int MAX_BALLAST_BYTES = 64 << 20;

    private static final String SM2_ID = "sm2-id";

    /** Name and version of this SDK, for the heartbeat. */
    public static final String SOFTWARE = "tocsin-device-sdk/0.1.0";

    /** Reads a device's TOML file. Relative paths in it start at its folder. Every problem is told with its line. */
    public static Loaded<DeviceConfig> load(Path file) {
        Path folder = folderOf(file);
        return TomlFile.read(file, table -> {
            List.of("board", "detectors", "desk", "warning", "updates")
                    .forEach(table::skip); // the firmware's own, in the same file
            return read(table, folder, SOFTWARE);
        });
    }

    /** The folder from which relative paths in a configuration file start. */
    public static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /** How the DTLS identity is read. */
    public enum Channel {
        /** At once: what is wrong with it is a problem of the configuration. */
        NOW,
        /** When it is first used: a device arms sooner, and without it. Whoever uses it is told what is wrong with it. */
        LATER
    }

    /**
     * Takes a device's keys from a table that may hold more, such as the firmware's board.
     *
     * @return the configuration; empty only if the table has noted a problem
     */
    public static Optional<DeviceConfig> read(TomlTable top, Path folder, String software) {
        return read(top, folder, software, Channel.NOW);
    }

    /** As {@link #read(TomlTable, Path, String)}, with the DTLS identity read now or later. */
    public static Optional<DeviceConfig> read(TomlTable top, Path folder, String software, Channel when) {
        String device = top.string("device");
        if (!device.isEmpty() && !AlarmId.isDeviceId(device)) {
            top.problem(
                    "device",
                    "device = \"" + device + "\" cannot be an id",
                    "1 to " + AlarmId.MAX_DEVICE_ID
                            + " letters, digits and . _ - /, for example \"school-007/button-3\"");
        }
        Duration heartbeat =
                top.duration("heartbeat", Settings.DEFAULT_HEARTBEAT, Duration.ofSeconds(1), Duration.ofDays(1));
        Duration keepAlive = keepAlive(top);
        Path journal = folder.resolve(top.string("journal"));
        Limits limits = Limits.DEFAULT.withBallast(
                (int) top.integer("journal-ballast", Limits.DEFAULT.ballastBytes(), 0, MAX_BALLAST_BYTES));
        boolean keepsSessions = top.bool("keep-sessions", true);
        Place place = place(top.table("place"));
        List<String> cameras = cameras(top);

        TomlTable keys = top.table("keys");
        Optional<Sm2Id> sm2Id = sm2Id(keys);
        Signer signer = pem(
                keys,
                "alarm",
                folder,
                text -> Keys.signer(text, sm2Id.orElse(Sm2Id.DEFAULT)),
                "an Ed25519, P-256 or SM2 private key in PKCS#8 PEM form");
        if (sm2Id.isPresent() && signer != null && signer.algorithm() != SignatureAlgorithm.SM2) {
            keys.problem(
                    SM2_ID, "sm2-id, but the alarm key is no SM2 key", "leave it out: other keys sign under no id");
        }
        boolean plain = !keys.has("certificate") && keys.bool("plain", false);
        Optional<DtlsIdentity> channel = plain ? Optional.empty() : channel(keys, folder, when);

        Optional<EnrolmentConfig> enrolment = EnrolmentConfig.read(top, device, keys, folder);
        List<CentreLink> centres = centres(top, folder, plain ? "coap" : "coaps");
        if (signer == null || centres.isEmpty() || !AlarmId.isDeviceId(device)) {
            return Optional.empty();
        }
        refuseLongAlarms(top, device, place, cameras, signer);
        return Optional.of(new DeviceConfig(
                new Settings(
                        device, place, cameras, centres, heartbeat, limits, software, AlarmTiming.QUICK, keepAlive),
                signer,
                channel,
                journal,
                enrolment.filter(e -> channel.isPresent() && e.authority().isPresent()),
                keepsSessions));
    }

    /** What does not fit into one block goes in several round trips, one after the other. */
    private static void refuseLongAlarms(
            TomlTable top, String device, Place place, List<String> cameras, Signer signer) {
        AlarmId id = new AlarmId(device, Long.MAX_VALUE, -1, Long.MAX_VALUE);
        Alarm longest = new Alarm(
                id,
                AlarmKind.WATER_INTRUSION,
                AlarmState.UPDATED,
                Mode.DRILL,
                place,
                cameras,
                new DeviceTime(Instant.EPOCH, ClockQuality.SYNCHRONIZED, Duration.ofDays(10_000)),
                new StageTimes(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2),
                Optional.of(id),
                "pressed again");
        int bytes = Messages.sign(longest, signer).bytes().size();
        if (bytes > ONE_BLOCK_BYTES) {
            top.problem(
                    "place",
                    "with this place and these cameras an alarm takes " + bytes
                            + " bytes, and so several round trips instead of one",
                    "names of the place and cameras shorter by " + (bytes - ONE_BLOCK_BYTES) + " bytes in all");
        }
    }

    private static Place place(TomlTable t) {
        Optional<Double> latitude = t.optionalNumber("latitude");
        Optional<Double> longitude = t.optionalNumber("longitude");
        Optional<Place.Position> position = Optional.empty();
        if (latitude.isPresent() && longitude.isPresent()) {
            if (Math.abs(latitude.get()) <= 90 && Math.abs(longitude.get()) <= 180) {
                position = Optional.of(new Place.Position(latitude.get(), longitude.get()));
            } else {
                t.problem("latitude", "not a point on the globe", "degrees: latitude -90 to 90, longitude -180 to 180");
            }
        } else if (latitude.isPresent() != longitude.isPresent()) {
            t.problem(latitude.isPresent() ? "latitude" : "longitude", "half a position", "give both or neither");
        }
        return new Place(
                shortText(t, "county"),
                shortText(t, "school"),
                shortText(t, "building"),
                shortText(t, "floor"),
                shortText(t, "spot"),
                position);
    }

    private static String shortText(TomlTable t, String key) {
        String text = t.optionalString(key).orElse("");
        if (text.getBytes(StandardCharsets.UTF_8).length > Place.MAX_TEXT_BYTES) {
            t.problem(key, key + " is too long", "at most " + Place.MAX_TEXT_BYTES + " bytes in UTF-8");
            return "";
        }
        return text;
    }

    private static List<String> cameras(TomlTable top) {
        List<String> cameras = top.strings("cameras");
        if (cameras.size() > Alarm.MAX_CAMERAS
                || cameras.stream().anyMatch(c -> c.getBytes(StandardCharsets.UTF_8).length > Alarm.MAX_CAMERA_BYTES)) {
            top.problem(
                    "cameras",
                    "too many or too long camera references",
                    "at most " + Alarm.MAX_CAMERAS + " of at most " + Alarm.MAX_CAMERA_BYTES + " bytes");
            return List.of();
        }
        return cameras;
    }

    /** None, with a problem noted, unless every one of them can be used: a device must not forget a centre in silence. */
    private static List<CentreLink> centres(TomlTable top, Path folder, String scheme) {
        List<TomlTable> tables = top.tables("centres");
        if (tables.isEmpty()) {
            top.problem("centres", "no centre to send alarms to", "add a [[centres]] table for each");
        } else if (tables.size() > Settings.MAX_CENTRES) {
            top.problem("centres", tables.size() + " centres", "at most " + Settings.MAX_CENTRES);
        }
        List<CentreLink> centres = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (TomlTable t : tables) {
            CentreLink centre = centre(t, folder, scheme);
            if (centre != null && !ids.add(centre.id())) {
                t.problem(
                        "id", "there is a centre \"" + centre.id() + "\" above already", "give each an id of its own");
            } else if (centre != null) {
                centres.add(centre);
            }
        }
        return centres.size() == tables.size() && tables.size() <= Settings.MAX_CENTRES ? centres : List.of();
    }

    private static Optional<DtlsIdentity> channel(TomlTable keys, Path folder, Channel when) {
        if (when == Channel.LATER) {
            List<String> files =
                    Stream.of("certificate", "key", "trust").map(keys::string).toList();
            return files.contains("")
                    ? Optional.empty()
                    : Optional.of(DtlsIdentity.later(
                            folder.resolve(files.get(0)), folder.resolve(files.get(1)), folder.resolve(files.get(2))));
        }
        String certificate = text(keys, "certificate", folder);
        String key = text(keys, "key", folder);
        String trust = text(keys, "trust", folder);
        if (certificate.isEmpty() || key.isEmpty() || trust.isEmpty()) {
            return Optional.empty();
        }
        try {
            DtlsIdentity identity = DtlsIdentity.of(certificate, key, trust);
            if (!identity.isForDevices()) {
                keys.unread(
                        "certificate",
                        "the certificate of '" + identity.name() + "' is not for a device",
                        "its extended key usage must allow a TLS client");
            }
            return Optional.of(identity);
        } catch (GeneralSecurityException e) {
            keys.unread(
                    "certificate",
                    "certificate, key and trust do not make a DTLS identity: " + e.getMessage(),
                    "a P-256 certificate chain, its private key, and the authority's certificate");
            return Optional.empty();
        }
    }

    private static @Nullable CentreLink centre(TomlTable t, Path folder, String scheme) {
        String id = t.string("id");
        List<String> addresses = t.strings("addresses");
        List<Verifier> receiptKeys = receiptKeys(t, folder);
        List<AlarmKind> kinds = t.choices("kinds", AlarmKind.class, List.of(AlarmKind.values()));
        boolean drills = t.bool("drills", false);
        Set<OrderKind> may = may(t, drills);
        boolean good = !receiptKeys.isEmpty() && !id.isEmpty();
        if (!id.isEmpty() && !AlarmId.isDeviceId(id)) {
            t.problem("id", "id = \"" + id + "\" cannot be a centre's id", "letters, digits and . _ - /");
            good = false;
        }
        for (String address : addresses) {
            if (!isAddress(address, scheme)) {
                t.problem(
                        "addresses",
                        "\"" + address + "\" is no address of a centre",
                        scheme + "://host or " + scheme + "://host:port");
                good = false;
            }
        }
        if (addresses.isEmpty() || addresses.size() > CentreLink.MAX_ADDRESSES) {
            t.problem(
                    "addresses",
                    addresses.size() + " addresses",
                    "1 to " + CentreLink.MAX_ADDRESSES + ", the primary first, like [\"" + scheme + "://10.0.0.1\"]");
            good = false;
        }
        if (!good) {
            return null;
        }
        CentreLink all = CentreLink.ofAllKinds(id, addresses, receiptKeys, drills);
        return new CentreLink(id, addresses, receiptKeys, new LinkedHashSet<>(kinds), all.modes(), may);
    }

    /** What a centre may order: by its role, or fewer by name. */
    private static Set<OrderKind> may(TomlTable t, boolean drills) {
        Authority role = t.choice("role", Authority.class, drills ? Authority.EDUCATION : Authority.POLICE);
        if (drills && !role.may().contains(OrderKind.DRILL)) {
            t.problem(
                    "drills",
                    "drills, for a centre whose role is " + word(role) + ": drill alarms are not for it",
                    "leave drills out, or role = \"education\"");
        }
        Set<OrderKind> may = EnumSet.noneOf(OrderKind.class);
        if (!t.has("may")) {
            may.addAll(role.may());
            if (!drills) {
                may.remove(OrderKind.DRILL);
            }
            return may;
        }
        List<String> words = t.strings("may");
        for (String word : words) {
            Optional<OrderKind> kind = OrderKind.of(word);
            if (kind.isEmpty()) {
                t.problem(
                        "may",
                        "may: nobody can order \"" + word + "\"",
                        TomlTable.hintFor(
                                word,
                                Stream.of(OrderKind.values())
                                        .map(OrderKind::word)
                                        .toList()));
            } else if (kind.get() == OrderKind.DRILL && !drills) {
                t.problem("may", "may order drills, but gets no drill alarms", "drills = true, or take \"drill\" out");
            } else if (!role.may().contains(kind.get())) {
                t.problem(
                        "may",
                        "may order " + word + ", but its role is " + word(role),
                        "take \"" + word + "\" out, or role = \"education\" if this authority answers for the device");
            } else {
                may.add(kind.get());
            }
        }
        return may;
    }

    private static String word(Authority role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static Duration keepAlive(TomlTable top) {
        return top.optionalString("keep-alive").filter("off"::equals).isPresent()
                ? Duration.ZERO
                : top.duration(
                        "keep-alive", Duration.ZERO, OrderTask.Adjust.MIN_KEEP_ALIVE, OrderTask.Adjust.MAX_KEEP_ALIVE);
    }

    /** What an SM2 key signs under; empty if it is the usual, or not an id, which is noted. */
    private static Optional<Sm2Id> sm2Id(TomlTable t) {
        Optional<String> text = t.optionalString(SM2_ID);
        try {
            return text.map(Sm2Id::of);
        } catch (IllegalArgumentException e) {
            t.problem(SM2_ID, SM2_ID + ": " + e.getMessage(), "leave it out for the usual 1234567812345678");
            return Optional.empty();
        }
    }

    private static List<Verifier> receiptKeys(TomlTable t, Path folder) {
        List<Verifier> keys = new ArrayList<>();
        Optional<Sm2Id> sm2Id = sm2Id(t);
        List<String> files = t.strings("receipt-keys");
        for (String file : files) {
            try {
                keys.add(Keys.verifier(Files.readString(folder.resolve(file)), sm2Id.orElse(Sm2Id.DEFAULT)));
            } catch (IOException | InvalidKeyException e) {
                t.unread("receipt-keys", file + ": " + why(e), "the centre's public key, in PEM form");
            }
        }
        if (files.isEmpty()) {
            t.problem("receipt-keys", "no key to believe receipts by", "receipt-keys = [\"police-receipts.pem\"]");
        } else if (sm2Id.isPresent()
                && keys.size() == files.size()
                && keys.stream().noneMatch(k -> k.algorithm() == SignatureAlgorithm.SM2)) {
            t.problem(SM2_ID, "sm2-id, but none of the receipt keys is an SM2 key", "leave it out");
        }
        return keys;
    }

    static boolean isAddress(String text, String scheme) {
        try {
            URI uri = URI.create(text);
            return scheme.equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPath().isEmpty()
                    && uri.getPort() != 0
                    && uri.getPort() <= MAX_PORT;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private interface PemReader<T> {
        T read(String pem) throws InvalidKeyException;
    }

    private static <T> @Nullable T pem(TomlTable t, String key, Path folder, PemReader<T> reader, String hint) {
        String text = text(t, key, folder);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return reader.read(text);
        } catch (InvalidKeyException e) {
            t.unread(key, key + ": " + e.getMessage(), hint);
            return null;
        }
    }

    private static String text(TomlTable t, String key, Path folder) {
        String file = t.string(key);
        if (file.isEmpty()) {
            return "";
        }
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            t.unread(key, key + " = \"" + file + "\": " + why(e), "a PEM file, its path starting at " + folder);
            return "";
        }
    }

    private static String why(Exception e) {
        return e instanceof IOException io ? FileTrouble.of(io) : String.valueOf(e.getMessage());
    }
}
