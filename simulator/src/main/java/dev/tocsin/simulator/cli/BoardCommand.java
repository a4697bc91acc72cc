package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.emulated.BoardCentres;
import dev.tocsin.simulator.emulated.BoardDisks;
import dev.tocsin.simulator.emulated.BoardImage;
import dev.tocsin.simulator.emulated.ConsoleLog;
import dev.tocsin.simulator.emulated.EmulatedBoard;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin board}: a board without a board. */
@Command(
        name = "board",
        description = {
            "Starts an emulated board with the built arm64 package installed on it, and two centres for it, and shows its lines.",
            "It is a whole machine: Debian's kernel and systemd, the package's own Java, the GPIO character device. What is typed"
                    + " presses its contacts and cuts its power: " + BoardDesk.WORDS + ".",
            "The first start after a build takes minutes, the next less. Needs QEMU; what is missing is told."
        },
        mixinStandardHelpOptions = true,
        subcommands = {BoardWalkCommand.class, BoardUpdateCommand.class},
        footer = {
            "",
            "Examples:",
            "  ./mvnw -Ppackage -DskipTests -pl device-sdk,pi-firmware package    the package, once",
            "  tocsin board                                                       until Ctrl-C",
            "  tocsin board walk --presses 100 --cuts 20                          without hands",
            "  tocsin board update --cuts 4                                       its program, with power cuts",
        },
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {
            " 0:stopped as told",
            " 2:an option is wrong, or there is no package",
            "69:this machine lacks something, or the board does not start"
        })
final class BoardCommand implements Callable<Integer> {

    @Mixin
    private BoardOptions options = new BoardOptions();

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "keep disk, ledgers and console there; default: thrown away")
    private @Nullable Path folder;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (folder != null && !WorkFolder.isFree(folder)) {
            err.println("--folder " + folder + " is no empty folder: name a new one");
            return Exit.INVALID;
        }
        BoardOptions.Choice deb = options.find();
        if (deb instanceof BoardOptions.Choice.Missing(String why)) {
            err.println(why);
            return Exit.INVALID;
        }
        Thread main = Thread.currentThread();
        try (Interrupt interrupt = Interrupt.onSignal();
                WorkFolder work = WorkFolder.open(folder)) {
            interrupt.onCome(main::interrupt);
            BoardImage image = BoardImage.prepare(options.checkout(), ((BoardOptions.Choice.Found) deb).file());
            play(image, work.path().toAbsolutePath(), out);
        } catch (InterruptedException e) {
            out.println("stopped");
        }
        out.flush();
        return Exit.OK;
    }

    private static void play(BoardImage image, Path home, PrintWriter out) throws IOException, InterruptedException {
        try (BoardDesk desk = new BoardDesk(out, CommandLine.Help.Ansi.AUTO.enabled());
                ConsoleLog log = new ConsoleLog(home.resolve("console.log"));
                BoardCentres centres = BoardCentres.start(home, new SystemClock(), desk)) {
            BoardDisks.make(image, centres.seed(), home);
            try (EmulatedBoard board = new EmulatedBoard(image, home, desk.and(log))) {
                desk.play(board, home);
            }
        }
    }
}
