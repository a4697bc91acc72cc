package dev.tocsin.simulator.centre.config;

import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.SourceLimits;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.Sm2Id;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.centre.Partners;
import dev.tocsin.simulator.centre.Settings;
import dev.tocsin.simulator.centre.authority.Policy;
import dev.tocsin.simulator.centre.config.CentreConfig.Files;
import dev.tocsin.simulator.centre.registry.Sm2Ids;
import dev.tocsin.simulator.centre.x509.AuthorityFolder;
import dev.tocsin.simulator.yaml.YamlFile;
import dev.tocsin.simulator.yaml.YamlMap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes a centre's configuration from its file. What is missing is empty; it is never used, as a problem was noted. */
final class CentreConfigReader {

    private static final String SECURE = "coaps";
    private static final String PLAIN = "coap";
    private static final String AUTHORITY = "authority";
    private static final String ENROLLED = "enrolled";
    private static final String LIMITS = "limits";
    private static final String KEEP_SESSIONS = "keep-sessions";
    private static final List<String> DTLS_KEYS = List.of("certificate", "key", "trust");

    /** Addresses of the two schemes, and nothing else. */
    private record Listen(boolean secure, InetSocketAddress at) {}

    private final Path folder;
    private Optional<CentreConfig.Authority> authority = Optional.empty(); // where filesIn was

    private CentreConfigReader(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        this.folder = parent == null ? file.toAbsolutePath() : parent;
    }

    static Loaded<CentreConfig> load(Path file) {
        CentreConfigReader reader = new CentreConfigReader(file);
        Loaded<Optional<CentreConfig>> read = YamlFile.read(file, reader::config);
        return switch (read) {
            case Loaded.Ok<Optional<CentreConfig>>(Optional<CentreConfig> config) ->
                new Loaded.Ok<>(config.orElseThrow()); // empty only with a problem noted
            case Loaded.Bad<Optional<CentreConfig>>(List<Problem> problems) -> new Loaded.Bad<>(problems);
        };
    }

    static Loaded<Files> files(Path file) {
        CentreConfigReader reader = new CentreConfigReader(file);
        return YamlFile.read(file, top -> {
            settings(top);
            reader.listen(top);
            PartnersReader.skip(top);
            skipOwnKeys(top);
            return reader.filesIn(top);
        });
    }

    static Loaded<Boolean> drills(Path file) {
        CentreConfigReader reader = new CentreConfigReader(file);
        return YamlFile.read(file, top -> {
            reader.listen(top);
            PartnersReader.skip(top);
            skipOwnKeys(top);
            reader.filesIn(top);
            return settings(top).drills();
        });
    }

    static Loaded<Partners> partners(Path file) {
        CentreConfigReader reader = new CentreConfigReader(file);
        return YamlFile.read(file, top -> {
            boolean drills = settings(top).drills();
            boolean secure = reader.listen(top).map(Listen::secure).orElse(top.has("dtls"));
            skipOwnKeys(top);
            reader.filesIn(top);
            return new PartnersReader(reader.folder).read(top, drills, secure);
        });
    }

    private static void skipOwnKeys(YamlMap top) {
        top.optionalText("name");
        top.text("signing-key");
        top.optionalText(Sm2Ids.KEY);
        top.optionalMap("dtls").ifPresent(dtls -> DTLS_KEYS.forEach(dtls::text));
        top.optionalMap(LIMITS).ifPresent(CentreConfigReader::limits);
        top.flag(KEEP_SESSIONS, true);
    }

    private static SourceLimits limits(YamlMap map) {
        SourceLimits usual = SourceLimits.USUAL;
        return new SourceLimits(
                rate(map, "messages", 1, usual.messages()),
                rate(map, "kilobytes", 1024, usual.bytes()),
                usual.uploads(),
                rate(map, "handshakes", 1, usual.handshakes()),
                (int) map.integer("sources", usual.sources(), 16, 1_000_000));
    }

    /** So many a second, and in proportion as many at once as is usual. */
    private static SourceLimits.Rate rate(YamlMap map, String key, int unit, SourceLimits.Rate usual) {
        double perSecond = unit * (double) map.integer(key, (long) (usual.perSecond() / unit), 1, 1_000_000);
        return new SourceLimits.Rate(perSecond, perSecond * usual.burst() / usual.perSecond());
    }

    private Optional<CentreConfig> config(YamlMap top) {
        Settings usual = settings(top);
        String name = top.optionalText("name").orElse(usual.id());
        Optional<Listen> listen = listen(top);
        boolean secure = listen.map(Listen::secure).orElse(top.has("dtls"));
        Settings settings = usual.with(new PartnersReader(folder).read(top, usual.drills(), secure));
        Optional<DtlsIdentity> dtls = dtls(top, secure);
        Optional<Signer> signer = signer(top);
        Files files = filesIn(top);
        SourceLimits limits =
                top.optionalMap(LIMITS).map(CentreConfigReader::limits).orElse(SourceLimits.USUAL);
        boolean keepsSessions = top.flag(KEEP_SESSIONS, true);
        if (authority.isPresent() && !secure) {
            top.problem(AUTHORITY, "an authority, but listen is plain coap://", "coaps:// for both");
        }
        return listen.flatMap(l -> signer.map(
                s -> new CentreConfig(settings, name, l.at, dtls, s, files, authority, limits, keepsSessions)));
    }

    private static Settings settings(YamlMap top) {
        String id = top.text("id");
        if (!id.isEmpty() && !AlarmId.isDeviceId(id)) {
            top.problem("id", "'" + id + "' is no id for a centre", "1 to 64 letters, digits and . _ / -");
        }
        return new Settings(
                id,
                top.duration("heartbeat", Duration.ofSeconds(1), Duration.ofHours(1))
                        .orElse(Settings.HEARTBEAT),
                top.duration("offline-grace", Duration.ZERO, Duration.ofHours(1))
                        .orElse(Settings.OFFLINE_GRACE),
                Settings.LEDGER_POLL,
                top.texts("counties"),
                top.flag("drills", false));
    }

    private Files filesIn(YamlMap top) {
        Path registry = path(top, "registry", top.text("registry"));
        Path ledger = path(top, "ledger", top.text("ledger"));
        Path audit = top.optionalText("audit")
                .map(text -> path(top, "audit", text))
                .orElseGet(() -> ledger.resolveSibling(ledger.getFileName() + ".audit.log"));
        authority = authority(top);
        Optional<Path> own = authority.map(a -> new AuthorityFolder(a.folder()).books());
        Optional<Path> others = top.optionalText(ENROLLED).map(text -> path(top, ENROLLED, text));
        if (own.isPresent() && others.isPresent()) {
            top.problem(ENROLLED, "enrolled, and an authority of its own", "one of the two");
        }
        return new Files(registry, ledger, audit, own.or(() -> others));
    }

    private Optional<CentreConfig.Authority> authority(YamlMap top) {
        return top.optionalMap(AUTHORITY).flatMap(map -> {
            Path at = path(map, "folder", map.text("folder"));
            Optional<Listen> listen = listen(map);
            Policy policy = new Policy(
                    map.duration("certificates", Duration.ofSeconds(30), Duration.ofDays(3_650))
                            .orElse(Policy.USUAL.lifetime()),
                    map.duration("renew-expired", Duration.ZERO, Duration.ofDays(3_650))
                            .orElse(Policy.USUAL.renewExpired()));
            if (listen.isPresent() && !listen.get().secure) {
                map.problem("listen", "an authority over plain coap://", "coaps://");
            }
            return listen.map(l -> new CentreConfig.Authority(at, l.at, policy));
        });
    }

    private Path path(YamlMap map, String key, String text) {
        try {
            return folder.resolve(text);
        } catch (InvalidPathException e) {
            map.problem(key, key + ": '" + text + "' cannot be a path", "a file name, relative to " + folder);
            return folder;
        }
    }

    private Optional<Listen> listen(YamlMap top) {
        String text = top.text("listen");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            String host = uri.getHost();
            boolean secure = SECURE.equals(uri.getScheme());
            if (host != null
                    && (secure || PLAIN.equals(uri.getScheme()))
                    && uri.getPath().isEmpty()) {
                int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 5684 : 5683;
                InetSocketAddress at = port <= 65_535 ? new InetSocketAddress(bare(host), port) : null;
                if (at != null && !at.isUnresolved()) {
                    return Optional.of(new Listen(secure, at));
                }
            }
        } catch (URISyntaxException e) {
            // told below
        }
        top.problem(
                "listen",
                "listen: '" + text + "' is no address of this machine",
                "coaps://0.0.0.0:5684 listens everywhere, coaps://127.0.0.1:5684 on this machine only");
        return Optional.empty();
    }

    private static String unreadable(IOException e) {
        String file = e instanceof FileSystemException f && f.getFile() != null ? f.getFile() + " " : "";
        return file + "cannot be read: " + FileTrouble.of(e);
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private Optional<DtlsIdentity> dtls(YamlMap top, boolean secure) {
        if (!secure) {
            top.optionalMap("dtls").ifPresent(unwanted -> {
                DTLS_KEYS.forEach(unwanted::optionalText);
                top.problem("dtls", "dtls, but listen is plain coap://", "coaps://, or no dtls");
            });
            return Optional.empty();
        }
        YamlMap map = top.map("dtls");
        String certificate = map.text("certificate");
        String key = map.text("key");
        String trust = map.text("trust");
        if (certificate.isEmpty() || key.isEmpty() || trust.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DtlsIdentity.load(
                    path(map, "certificate", certificate), path(map, "key", key), path(map, "trust", trust)));
        } catch (IOException e) {
            map.problem("dtls: " + unreadable(e), "PEM files, relative to " + folder);
        } catch (GeneralSecurityException e) {
            map.problem(String.valueOf(e.getMessage()), "an X.509 certificate on P-256, its key, and the authority's");
        }
        return Optional.empty();
    }

    private Optional<Signer> signer(YamlMap top) {
        String text = top.text("signing-key");
        Sm2Id sm2Id = Sm2Ids.in(top).orElse(Sm2Id.DEFAULT);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Signer signer = Keys.signer(java.nio.file.Files.readString(path(top, "signing-key", text)), sm2Id);
            Sm2Ids.refuseIdle(top, List.of(signer.algorithm()));
            return Optional.of(signer);
        } catch (IOException e) {
            top.problem("signing-key", "signing-key: " + unreadable(e), "a PEM file in " + folder);
        } catch (InvalidKeyException e) {
            top.problem(
                    "signing-key",
                    "signing-key " + text + ": " + e.getMessage(),
                    "an unencrypted PRIVATE KEY, Ed25519, P-256 or SM2");
        }
        return Optional.empty();
    }
}
