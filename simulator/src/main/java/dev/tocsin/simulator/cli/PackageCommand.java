package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.codec.UpdateMessages;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.centre.config.CentreConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin package}: programs for devices. */
@Command(
        name = "package",
        description = "Signs programs for devices with a centre's key.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  tocsin package sign tocsin-1.1.0.jar --version 1.1.0 --sequence 12 --class tocsin-firmware/aarch64",
            "  tocsin rollout start tocsin-1.1.0.jar --stages 1,10,50,100 --stop-after 3 --by Zhang",
        },
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {" 0:done", " 2:an option, a name or a file cannot be used", "69:the disk does not take it"})
final class PackageCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The manifest that belongs to a payload. */
    static Path manifestOf(Path payload) {
        return payload.resolveSibling(payload.getFileName() + ".manifest");
    }

    /** In whose name, and with what. */
    private record Signing(String centre, Signer signer) {}

    private Optional<Signing> signing(Path config, Optional<Path> key, Optional<String> centreId) {
        PrintWriter err = spec.commandLine().getErr();
        if (key.isPresent() != centreId.isPresent()) {
            err.println("--key and --centre go together: whose devices, and what they believe");
            return Optional.empty();
        }
        if (key.isEmpty()) {
            return LedgerSource.orPrint(CentreConfig.load(config), err)
                    .map(c -> new Signing(c.settings().id(), c.signer()));
        }
        try {
            return Optional.of(new Signing(centreId.get(), Keys.signer(Files.readString(key.get()))));
        } catch (IOException e) {
            err.println(key.get() + ": " + FileTrouble.of(e));
        } catch (InvalidKeyException e) {
            err.println(key.get() + ": " + e.getMessage());
        }
        return Optional.empty();
    }

    @Command(
            name = "sign",
            description = {
                "Signs a program: writes FILE.manifest beside it (SUIT's information model, RFC 9124; COSE_Sign1).",
                "A device takes it only from a centre that may update it, only for its own class, only with a higher"
                        + " sequence number than any it tried, and only if it is not older than what runs."
            })
    int sign(
            // not the standard options: --version is the program's here
            @Option(
                            names = {"-h", "--help"},
                            usageHelp = true,
                            description = "Show this help message and exit.")
                    boolean help,
            @Parameters(paramLabel = "FILE", description = "the program, one file") Path file,
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            defaultValue = LedgerSource.DEFAULT_CONFIG,
                            description = "configuration of the centre that signs; default: ${DEFAULT-VALUE}")
                    Path config,
            @Option(
                            names = "--key",
                            paramLabel = "FILE",
                            description =
                                    "sign with this private key (PEM) and not the centre's, where devices have its public half"
                                            + " under [updates] keys; wants --centre, and no configuration: a machine"
                                            + " without network does")
                    Optional<Path> key,
            @Option(names = "--centre", paramLabel = "ID", description = "with --key: the centre that hands it out")
                    Optional<String> centreId,
            @Option(names = "--version", required = true, paramLabel = "VERSION", description = "such as 1.1.0")
                    String version,
            @Option(
                            names = "--sequence",
                            required = true,
                            paramLabel = "N",
                            description = "higher than that of any manifest before, also for a downgrade")
                    long sequence,
            @Option(
                            names = "--class",
                            required = true,
                            paramLabel = "NAME",
                            description = "class of the devices: program/architecture, such as tocsin-firmware/aarch64")
                    String deviceClass,
            @Option(
                            names = "--vendor",
                            paramLabel = "DOMAIN",
                            defaultValue = "tocsin.dev",
                            description = "whose devices; default: ${DEFAULT-VALUE}")
                    String vendor,
            @Option(names = "--from", paramLabel = "VERSION", description = "lowest version it may be installed over")
                    Optional<String> from,
            @Option(
                            names = "--over",
                            paramLabel = "FILE",
                            description = "the payload of an update that must be what runs")
                    Optional<Path> over,
            @Option(names = "--need", paramLabel = "NAME=VERSION", description = "what must be there, such as java=25")
                    Map<String, String> needs,
            @Option(names = "--downgrade", description = "it may be older than what runs") boolean downgrade,
            @Option(names = "--text", paramLabel = "TEXT", defaultValue = "", description = "what is new, for people")
                    String text) {
        Optional<Signing> signing = signing(config, key, centreId);
        if (signing.isEmpty()) {
            return Exit.INVALID;
        }
        UpdateManifest manifest;
        try {
            Bytes payload = Bytes.wrap(Files.readAllBytes(file));
            Map<String, ProgramVersion> needed = new TreeMap<>();
            if (needs != null) {
                needs.forEach((name, least) -> needed.put(name, new ProgramVersion(least)));
            }
            Bytes owner = UpdateManifest.Ids.vendor(vendor);
            manifest = new UpdateManifest(
                    signing.get().centre(),
                    sequence,
                    owner,
                    UpdateManifest.Ids.deviceClass(owner, deviceClass),
                    new ProgramVersion(version),
                    payload.sha256(),
                    payload.size(),
                    downgrade,
                    from.map(ProgramVersion::new),
                    over.isPresent()
                            ? Optional.of(
                                    Bytes.wrap(Files.readAllBytes(over.get())).sha256())
                            : Optional.empty(),
                    needed,
                    text);
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return Exit.INVALID;
        } catch (IOException e) {
            spec.commandLine().getErr().println(file + ": " + FileTrouble.of(e));
            return Exit.INVALID;
        }
        Path out = manifestOf(file);
        try {
            Files.write(
                    out,
                    UpdateMessages.sign(manifest, signing.get().signer())
                            .bytes()
                            .toArray());
        } catch (IOException e) {
            spec.commandLine().getErr().println(out + ": " + FileTrouble.of(e));
            return Exit.UNAVAILABLE;
        }
        spec.commandLine()
                .getOut()
                .println("signed " + out + ": version " + version + ", sequence " + sequence + ", "
                        + manifest.payloadBytes() + " bytes, SHA-256 "
                        + manifest.payloadSha256().hex());
        spec.commandLine().getOut().flush();
        return Exit.OK;
    }
}
