package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.lab.LabCentres;
import dev.tocsin.simulator.lab.Laboratory;
import dev.tocsin.simulator.lab.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin lab}: two centres and some devices to play with. */
@Command(
        name = "lab",
        description = "Makes and starts a laboratory: two alarm centres and devices with throw-away keys, on loopback.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class LabCommand {

    private static final int MAX_DEVICES = 1_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "init",
            description = "Writes a laboratory's files: authority, centres, registry, device configurations.",
            mixinStandardHelpOptions = true)
    int init(
            @Parameters(paramLabel = "DIR", description = "a new folder") Path folder,
            @Option(
                            names = "--devices",
                            paramLabel = "N",
                            defaultValue = "2",
                            description = "how many, 0 to 1000; default: 2")
                    int count,
            @Option(
                            names = "--signatures",
                            paramLabel = "ALGORITHM",
                            completionCandidates = FleetOptions.SignatureWords.class,
                            description = {
                                "what all devices and centres sign with: ${COMPLETION-CANDIDATES};",
                                "default: ed25519, every fifth device p256"
                            })
                    @Nullable
                    String signatures)
            throws IOException {
        if (count < 0 || count > MAX_DEVICES) {
            err().println("--devices is out of range: 0 to " + MAX_DEVICES);
            return Exit.INVALID;
        }
        Optional<SignatureAlgorithm> algorithm = Optional.ofNullable(signatures)
                .map(word -> FleetOptions.algorithm(word, what -> new ParameterException(spec.commandLine(), what)));
        List<String> devices =
                IntStream.rangeClosed(1, count).mapToObj(n -> "gateway-" + n).toList();
        Laboratory lab;
        try {
            lab = Laboratory.create(
                    folder,
                    new Laboratory.Plan(Ports.free(List.of("police", "education")), devices, "60s", algorithm),
                    new SystemClock());
        } catch (FileSystemException e) { // which may say no more than a path
            err().println(folder + " cannot be made: " + FileTrouble.of(e));
            return Exit.INVALID;
        } catch (IOException e) {
            err().println(e.getMessage());
            return Exit.INVALID;
        }
        lab.centres()
                .forEach(c -> out().println("centre " + c.id() + ": coaps://127.0.0.1:" + c.port() + ", "
                        + folder.resolve(c.id()).resolve("centre.yaml")));
        lab.devices().forEach((id, home) -> out().println("device " + id + ": " + home.resolve("device.toml")));
        out().println("start the centres with: ./tocsin lab start " + RunOutput.quoted(folder.toString()));
        return Exit.OK;
    }

    @Command(
            name = "start",
            description = "Starts the centres of a laboratory, until Ctrl-C. Prints \"ready\" when they listen.",
            mixinStandardHelpOptions = true)
    int start(@Parameters(paramLabel = "DIR", description = "a laboratory's folder") Path folder)
            throws InterruptedException {
        List<Path> configs;
        try (Stream<Path> files = Files.list(folder)) {
            configs = files.map(f -> f.resolve("centre.yaml"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            configs = List.of();
        }
        if (configs.isEmpty()) {
            err().println(folder + " is no laboratory: make one with tocsin lab init " + folder);
            return Exit.INVALID;
        }
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (LabCentres centres = LabCentres.start(configs)) {
            centres.servers().forEach((id, server) -> say("centre " + id + " listens on " + server.localAddress()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stop.countDown();
                try {
                    stopped.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            say("ready");
            stop.await();
        } catch (IOException e) {
            err().println(e.getMessage());
            return Exit.INVALID;
        } finally {
            stopped.countDown();
        }
        return Exit.OK;
    }

    @Command(
            name = "enrol",
            description = {
                "Adds a device that is not the laboratory's own to its registry, by its public alarm key.",
                "Centres that run notice within seconds."
            },
            mixinStandardHelpOptions = true)
    int enrol(
            @Parameters(index = "0", paramLabel = "DIR", description = "a laboratory's folder") Path folder,
            @Parameters(index = "1", paramLabel = "DEVICE", description = "the device's id") String device,
            @Parameters(index = "2", paramLabel = "PUBLIC.pem", description = "Ed25519, P-256 or SM2") Path key) {
        try {
            Laboratory.enrol(folder, device, Files.readString(key));
            out().println("enrolled " + device);
            return Exit.OK;
        } catch (IOException e) {
            err().println("cannot enrol " + device + " with " + key + ": " + e.getMessage() + ": " + FileTrouble.of(e));
            return Exit.INVALID;
        } catch (InvalidKeyException | IllegalArgumentException e) {
            err().println("cannot enrol " + device + " with " + key + ": " + e.getMessage());
            return Exit.INVALID;
        }
    }

    @Command(
            name = "alarm",
            description = {
                "Writes a signed alarm of a laboratory's device to a file, for clients that are not ours to post.",
                "The device must not run at the same time."
            },
            mixinStandardHelpOptions = true)
    int alarm(
            @Parameters(index = "0", paramLabel = "DIR", description = "a laboratory's folder") Path folder,
            @Parameters(index = "1", paramLabel = "DEVICE", description = "its id") String device,
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            defaultValue = "PANIC",
                            description = "${COMPLETION-CANDIDATES}")
                    AlarmKind kind,
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "where to write") Path file) {
        Path key = folder.resolve("devices").resolve(device).resolve("alarm-key.pem");
        SystemClock clock = new SystemClock();
        Signer signer;
        try {
            signer = Keys.signer(Files.readString(key));
        } catch (IOException e) {
            err().println(key + ": " + FileTrouble.of(e) + "; is " + device + " a device of this laboratory?");
            return Exit.INVALID;
        } catch (InvalidKeyException e) {
            err().println(key + ": " + e.getMessage());
            return Exit.INVALID;
        }
        try {
            Alarm alarm = new Alarm(
                    new AlarmId(device, 1, new PlatformEntropy().nextLong(), 1),
                    kind,
                    AlarmState.RAISED,
                    Mode.LIVE,
                    Place.UNKNOWN,
                    List.of(),
                    new DeviceTime(clock.wallTime(), clock.quality(), Duration.ZERO),
                    new StageTimes(0, 0),
                    Optional.empty(),
                    "");
            SignedEnvelope envelope = Messages.sign(alarm, signer);
            Files.write(file, envelope.bytes().toArray());
            out().println(alarm.id());
            return Exit.OK;
        } catch (IOException e) {
            err().println("--out " + file + " cannot be written: " + FileTrouble.of(e));
            return Exit.INVALID;
        }
    }

    private void say(String line) {
        out().println(line);
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
