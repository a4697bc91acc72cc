package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.EnrolmentClaim;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.authority.AuthorityBooks.Pages;
import dev.tocsin.simulator.centre.authority.Claim;
import dev.tocsin.simulator.centre.authority.Issued;
import dev.tocsin.simulator.centre.sqlite.SqliteAuthority;
import dev.tocsin.simulator.centre.x509.AuthorityFolder;
import dev.tocsin.simulator.centre.x509.CertificateAuthority;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code tocsin ca}: the small certificate authority. */
@Command(
        name = "ca",
        description = {
            "The small certificate authority: makes it, lets devices in, and shuts them out.",
            "A centre with 'authority: {folder: DIR, listen: coaps://…}' in its configuration serves it to devices; what is"
                    + " said here is seen there within seconds."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  tocsin ca init --name \"Linxiang county alarms\"",
            "  tocsin ca centre police --address 10.0.0.1 --out police",
            "  tocsin ca claim school-007/button-3 --svg label.svg",
            "  tocsin ca revoke school-007/button-3",
        },
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {" 0:done", " 2:an option, a name or a file cannot be used", "69:the disk does not take it"})
public final class CaCommand {

    private static final Duration MAX_CLAIM = Duration.ofDays(365);

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "where the authority lies; default: ca in this folder")
    private Path folder = Path.of("ca");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final SystemClock clock = new SystemClock();
    private final Entropy entropy = new PlatformEntropy();

    /** What is done on the books. */
    private interface Deed {
        int on(Pages pages);
    }

    @Command(
            name = "init",
            description = {
                "Makes an authority: ca.pem for everybody, ca-key.pem and authority.db for their owner alone.",
                "Whoever has ca-key.pem can make any device and any centre: keep a copy of the folder in a safe."
            },
            mixinStandardHelpOptions = true)
    int init(
            @Option(
                            names = "--name",
                            paramLabel = "TEXT",
                            defaultValue = "Tocsin authority",
                            description = "what its certificate calls it; default: ${DEFAULT-VALUE}")
                    String name) {
        if (name.isBlank() || name.length() > 64) {
            throw new ParameterException(spec.commandLine(), "--name is empty or longer than 64 characters");
        }
        try {
            CertificateAuthority made = new AuthorityFolder(folder).create(name, clock.wallTime(), entropy);
            say("made " + folder + ": " + name);
            say("fingerprint " + made.authority().fingerprint().hex());
            return Exit.OK;
        } catch (IOException e) {
            return wrong(e);
        }
    }

    @Command(
            name = "centre",
            description = "Makes a DTLS key and certificate for a centre: dtls-key.pem, dtls.pem and ca.pem.",
            mixinStandardHelpOptions = true)
    int centre(
            @Parameters(paramLabel = "NAME", description = "the centre's id") String name,
            @Option(
                            names = "--address",
                            required = true,
                            paramLabel = "HOST",
                            description = "IP address or host name that devices call it by; may be repeated")
                    List<String> addresses,
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "where to write") Path out,
            @Option(
                            names = "--for",
                            paramLabel = "TIME",
                            converter = DrillCommand.Times.class,
                            defaultValue = "730d",
                            description = "how long it is good; default: ${DEFAULT-VALUE}")
                    Duration lasts) {
        if (!AlarmId.isDeviceId(name)) {
            throw new ParameterException(spec.commandLine(), "'" + name + "' is no id for a centre");
        }
        try {
            CertificateAuthority authority = new AuthorityFolder(folder).open(entropy);
            Instant now = clock.wallTime();
            CertificateAuthority.WithKey made =
                    authority.forCentre(name, addresses, now.minus(Duration.ofHours(1)), now.plus(lasts));
            Files.createDirectories(out);
            Path key = out.resolve("dtls-key.pem");
            Files.deleteIfExists(key);
            AuthorityFolder.writeSecret(key, made.key());
            Files.writeString(out.resolve("dtls.pem"), made.certificate());
            Files.writeString(out.resolve("ca.pem"), authority.authority().pem());
            say("wrote " + out.resolve("dtls.pem") + ", dtls-key.pem and ca.pem for " + name);
            return Exit.OK;
        } catch (IOException e) {
            return wrong(e);
        } catch (InvalidKeyException e) {
            return wrong(folder + ": " + e.getMessage());
        }
    }

    @Command(
            name = "claim",
            description = {
                "Makes the label by which a device enrols, once: a secret and this authority's fingerprint, as text and as a"
                        + " QR code. Takes the place of a label that was made before.",
                "Until it is used, whoever has the label can be the device: hand it to its installer only."
            },
            mixinStandardHelpOptions = true)
    int claim(
            @Parameters(paramLabel = "DEVICE", description = "the device's id") String device,
            @Option(
                            names = "--for",
                            paramLabel = "TIME",
                            converter = DrillCommand.Times.class,
                            defaultValue = "14d",
                            description = "how long the label is good; default: ${DEFAULT-VALUE}")
                    Duration lasts,
            @Option(names = "--ask", description = "a person has to approve when the device comes") boolean ask,
            @Option(names = "--svg", paramLabel = "FILE", description = "the label to print") @Nullable Path svg,
            @Option(names = "--no-qr", description = "only the text") boolean noQr) {
        if (!AlarmId.isDeviceId(device)) {
            throw new ParameterException(
                    spec.commandLine(), "'" + device + "' is no device id: 1 to 64 letters, digits and . _ / -");
        }
        if (lasts.isNegative() || lasts.isZero() || lasts.compareTo(MAX_CLAIM) > 0) {
            throw new ParameterException(spec.commandLine(), "--for is out of range: up to 365d");
        }
        CertificateAuthority authority;
        try {
            authority = new AuthorityFolder(folder).open(entropy);
        } catch (IOException e) {
            return wrong(e);
        } catch (InvalidKeyException e) {
            return wrong(folder + ": " + e.getMessage());
        }
        Instant until = clock.wallTime().plus(lasts).truncatedTo(ChronoUnit.SECONDS);
        EnrolmentClaim label =
                new EnrolmentClaim(device, secret(), authority.authority().fingerprint());
        return on(pages -> {
            boolean replaces = pages.claim(device)
                    .filter(c -> c.alarmKey().isEmpty() && c.decision() != Claim.Decision.REJECTED)
                    .isPresent();
            pages.write(
                    Claim.fresh(device, label.secret(), until, ask ? Claim.Decision.PENDING : Claim.Decision.APPROVED));
            return print(new ClaimLabel(label), until, ask, replaces, Optional.ofNullable(svg), !noQr);
        });
    }

    private int print(ClaimLabel label, Instant until, boolean ask, boolean replaces, Optional<Path> svg, boolean qr) {
        if (svg.isPresent()) {
            try {
                write(svg.get(), label.svg());
            } catch (IOException e) {
                throw new ParameterException(
                        spec.commandLine(), "--svg " + svg.get() + " cannot be written: " + FileTrouble.of(e));
            }
        }
        if (qr) {
            label.qrLines().forEach(this::say);
        }
        say(label.claim().text());
        say("good until " + until + ", for one enrolment"
                + (ask ? "; 'tocsin ca approve " + label.claim().device() + "' lets it in when it has asked" : "")
                + (replaces ? "; a label made before is good no more" : ""));
        return Exit.OK;
    }

    /** Whoever can read the label can be the device: the file is for its owner alone, as the claim is in the books. */
    private static void write(Path file, String label) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            Files.writeString(file, label); // a pipe, a terminal
        } else {
            Files.deleteIfExists(file);
            AuthorityFolder.writeSecret(file, label);
        }
    }

    @Command(
            name = "approve",
            description = "Lets a device in that asks with a label made with --ask.",
            mixinStandardHelpOptions = true)
    int approve(@Parameters(paramLabel = "DEVICE", description = "the device's id") String device) {
        return decide(device, Claim.Decision.APPROVED);
    }

    @Command(
            name = "reject",
            description = "Does not let a device in: its label is good no more.",
            mixinStandardHelpOptions = true)
    int reject(@Parameters(paramLabel = "DEVICE", description = "the device's id") String device) {
        return decide(device, Claim.Decision.REJECTED);
    }

    private int decide(String device, Claim.Decision decision) {
        return on(pages -> {
            Optional<Claim> claim = pages.claim(device);
            if (claim.isEmpty()) {
                return wrong("there is no label of " + device + "; 'tocsin ca list' shows those there are");
            }
            if (claim.get().channelKey().isPresent()) {
                return wrong("the label of " + device + " is used; 'tocsin ca revoke' shuts the device out");
            }
            pages.write(claim.get().decided(decision));
            say(decision.name().toLowerCase(Locale.ROOT) + " " + device);
            return Exit.OK;
        });
    }

    @Command(
            name = "revoke",
            description = {
                "Shuts a device out: a lost or stolen one, or one that is taken down. Its keys are good no more; what it signs"
                        + " is refused, and its label too.",
                "To let it in again make a new label; the device makes new keys for it (enrol --new-keys --claim CODE)."
            },
            mixinStandardHelpOptions = true)
    int revoke(@Parameters(paramLabel = "DEVICE", description = "the device's id") String device) {
        return on(pages -> {
            List<Issued> good = pages.issued(device).stream()
                    .filter(i -> i.revoked().isEmpty())
                    .toList();
            Optional<Claim> claim = pages.claim(device);
            if (good.isEmpty() && claim.isEmpty()) {
                return wrong(device + " has no certificate of this authority; if its key stands in a registry, write"
                        + " 'revoked: true' there");
            }
            good.forEach(i -> pages.revoke(i.certificate().publicKey(), clock.wallTime()));
            claim.ifPresent(c -> pages.write(c.decided(Claim.Decision.REJECTED)));
            say("revoked " + device + ": " + good.size() + " certificates, centres see it within seconds");
            return Exit.OK;
        });
    }

    @Command(
            name = "list",
            description = "Shows every device that was enrolled or has a label, and how it stands.",
            mixinStandardHelpOptions = true)
    int list() {
        return on(pages -> {
            Instant now = clock.wallTime();
            TreeMap<String, List<String>> lines = new TreeMap<>();
            TreeMap<String, Issued> newest = new TreeMap<>();
            pages.issued().forEach(i -> newest.put(i.device() + " " + i.use(), i));
            newest.values()
                    .forEach(i -> lines.computeIfAbsent(i.device(), d -> new ArrayList<>())
                            .add(line(i, now)));
            pages.claims().stream()
                    .filter(c -> c.alarmKey().isEmpty())
                    .forEach(c -> lines.computeIfAbsent(c.device(), d -> new ArrayList<>())
                            .add(line(c, now)));
            lines.forEach((device, states) -> say(device + ": " + String.join("; ", states)));
            if (lines.isEmpty()) {
                say("no device yet: 'tocsin ca claim DEVICE' makes a label");
            }
            return Exit.OK;
        });
    }

    private static String line(Issued i, Instant now) {
        String use = i.use().name().toLowerCase(Locale.ROOT);
        Instant until = i.certificate().until();
        return use + " "
                + i.revoked().map(at -> "revoked " + at).orElse((until.isBefore(now) ? "expired " : "until ") + until);
    }

    private static String line(Claim c, Instant now) {
        return switch (c.decision()) {
            case REJECTED -> "label rejected";
            case PENDING ->
                c.asked()
                        .map(at -> "asks since " + at + ": approve or reject it")
                        .orElse(lapse("label to be approved", c, now));
            case APPROVED -> lapse(c.channelKey().isPresent() ? "label half used" : "label not used", c, now);
        };
    }

    private static String lapse(String what, Claim c, Instant now) {
        return what + (c.until().isBefore(now) ? ", lapsed " : ", until ") + c.until();
    }

    private int on(Deed deed) {
        try (SqliteAuthority books = SqliteAuthority.open(new AuthorityFolder(folder).books())) {
            return books.change(deed::on);
        } catch (IOException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
    }

    private Bytes secret() {
        byte[] secret = ByteBuffer.allocate(EnrolmentClaim.SECRET_BYTES)
                .putLong(entropy.nextLong())
                .putLong(entropy.nextLong())
                .array();
        return Bytes.wrap(Arrays.copyOf(secret, secret.length));
    }

    private int wrong(IOException e) {
        return wrong(
                e instanceof java.nio.file.FileSystemException
                        ? folder + " holds no authority that can be used: " + FileTrouble.of(e)
                                + "; 'tocsin ca init' makes one"
                        : String.valueOf(e.getMessage()));
    }

    private int wrong(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(what);
        err.flush();
        return Exit.INVALID;
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
