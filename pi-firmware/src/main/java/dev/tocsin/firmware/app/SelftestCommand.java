package dev.tocsin.firmware.app;

import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.Pi4jBoard;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.config.Loaded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin-firmware selftest}: tries lamps, contacts and centres out. */
@Command(
        name = "selftest",
        description = {
            "Tries this device out: each lamp and sounder, each contact by prompt, and a TEST alarm to every centre with its"
                    + " receipt. A TEST alarm summons nobody.",
            "The device must be stopped for it (sudo systemctl stop tocsin): meanwhile its button is not armed."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:passed",
            " 1:something did not pass",
            " 2:the configuration cannot be used",
            "69:this machine lacks something: GPIO, a folder, a socket; or the device runs"
        })
final class SelftestCommand implements Callable<Integer> {

    private static final int EXIT_FAILED = 1;

    @Mixin
    private ForPeople options = new ForPeople();

    @Option(
            names = "--yes",
            description =
                    "ask nothing: outputs blink unseen, contacts are only checked to be open, and the alarm is sent")
    private boolean yes;

    @Option(names = "--quiet", description = "leave out what sounds: buzzer, siren, voice")
    private boolean quiet;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final BufferedReader answers =
            new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

    @Override
    public Integer call() {
        return switch (FirmwareConfig.load(options.config())) {
            case Loaded.Bad<FirmwareConfig>(var problems) -> {
                problems.forEach(spec.commandLine().getErr()::println);
                yield Main.EXIT_INVALID;
            }
            case Loaded.Ok<FirmwareConfig>(FirmwareConfig c) -> test(c);
        };
    }

    private int test(FirmwareConfig c) {
        Words words = new Words(options.locale());
        PrintWriter err = spec.commandLine().getErr();
        if (StatusFile.find(c).isPresent()) {
            err.println(words.say("selftest.busy"));
            return Main.EXIT_UNAVAILABLE;
        }
        String device = c.device().settings().device();
        try (TocsinRuntime runtime = TocsinRuntime.start();
                Board board = board(c, runtime)) {
            say(words.say("selftest.begins", device));
            boolean alone = yes || c.hardware() == FirmwareConfig.Hardware.DESK; // nothing to see or press there
            Optional<SelfTest.Person> person = alone ? Optional.empty() : Optional.of(this::asks);
            SelfTest test = new SelfTest(runtime, words, person, SelfTest.Patience.USUAL, this::say);
            test.outputs(board, quiet);
            test.inputs(board);
            try (Device opened = runtime.open(c.device())) {
                opened.onRemark(this::say);
                test.alarm(opened, c.device().settings().centres());
            }
            List<String> failed = test.failed();
            say(
                    failed.isEmpty()
                            ? words.say("selftest.passed")
                            : words.say("selftest.failed", String.join(", ", failed)));
            if (c.hardware() == FirmwareConfig.Hardware.PI) {
                say(words.say("selftest.over"));
            }
            return failed.isEmpty() ? 0 : EXIT_FAILED;
        } catch (IOException e) {
            err.println("tocsin-firmware: " + e.getMessage());
            return Main.EXIT_UNAVAILABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Main.EXIT_UNAVAILABLE;
        }
    }

    private static Board board(FirmwareConfig c, TocsinRuntime runtime) throws IOException {
        if (c.hardware() == FirmwareConfig.Hardware.DESK) {
            return Pi4jBoard.onDesk(c.profile(), runtime.clock()::nanoTime, runtime)
                    .board();
        }
        return switch (Pi4jBoard.onPi(c.profile(), runtime.clock()::nanoTime, runtime)) {
            case Pi4jBoard.Opening.Opened(Board b) -> b;
            case Pi4jBoard.Opening.Failed(String problem) -> throw new IOException(problem);
        };
    }

    /** On the terminal. No answer is no. */
    private boolean asks(String question) {
        say(question);
        try {
            String answer = answers.readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
