package dev.tocsin.simulator.emulated;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One life of a board: a QEMU process from its start until its power is cut. The disk is an overlay that outlives it; what
 * the board's kernel had not yet written dies with it.
 */
final class Qemu implements AutoCloseable {

    private static final String CARD = "card";
    private static final String GPIO_CHIP = "pl061";
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int CONNECT_MS = 30_000;
    private static final int LOOK_MS = 20;

    private final Process process;
    private final Path log;
    private final Thread console;
    private final QemuSocket qmpSocket;
    private final QemuSocket qtestSocket;
    private final Qmp qmp;
    private final Qtest qtest;
    private final String gpio;

    /**
     * Starts it. Blocks until its lines can be driven, which is before its kernel has done much.
     *
     * @param disks where the overlay {@code root.qcow2} and {@code seed.img} lie, and its sockets will; a short path
     * @param lines told of each whole line of the serial console, on a thread of its own
     * @param outputs told of the GPIO chip's output lines, on another
     * @throws IOException if QEMU does not start, with what it said
     */
    Qemu(BoardImage image, Path disks, Consumer<String> lines, Qtest.Outputs outputs)
            throws IOException, InterruptedException {
        log = disks.resolve("qemu.log");
        Path machine = disks.resolve("qmp");
        Path test = disks.resolve("qtest");
        Files.deleteIfExists(machine); // of the life before
        Files.deleteIfExists(test);
        process = new ProcessBuilder(command(image.folder()))
                .directory(disks.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectError(log.toFile())
                .start();
        console = new Thread(() -> readConsole(process.getInputStream(), lines), "board-console");
        console.setDaemon(true);
        console.start();
        boolean ready = false;
        try {
            qmpSocket = connect(machine);
            qmp = new Qmp(qmpSocket, ANSWER);
            qmpSocket.listen("board-qmp", qmp::line);
            qmp.greet();
            qtestSocket = connect(test);
            qtest = new Qtest(qtestSocket, outputs, ANSWER);
            qtestSocket.listen("board-qtest", qtest::line);
            gpio = qmp.pathOf(GPIO_CHIP);
            qtest.watchOutputs(gpio);
            ready = true;
        } finally {
            if (!ready) {
                process.destroyForcibly();
            }
        }
    }

    private static List<String> command(Path image) {
        return List.of(
                "qemu-system-aarch64",
                // as image and its device tree have it
                "-M",
                "virt,gic-version=2",
                "-accel",
                "tcg,thread=multi",
                "-cpu",
                "cortex-a57",
                "-smp",
                "2",
                "-m",
                "1024",
                "-display",
                "none",
                "-monitor",
                "none",
                "-serial",
                "stdio",
                "-no-reboot",
                "-kernel",
                image.resolve("vmlinuz").toString(),
                "-initrd",
                image.resolve("initrd").toString(),
                "-dtb",
                image.resolve("board.dtb").toString(),
                "-append",
                "console=ttyAMA0 quiet net.ifnames=0 systemd.unit=multi-user.target systemd.show_status=0"
                        + " systemd.journald.forward_to_console=1",
                "-drive",
                "if=none,id=root,file=root.qcow2,format=qcow2",
                "-device",
                "virtio-blk-pci,drive=root",
                "-drive",
                "if=none,id=seed,file=seed.img,format=raw,readonly=on",
                "-device",
                "virtio-blk-pci,drive=seed",
                "-netdev",
                "user,id=net",
                "-device",
                "virtio-net-pci,netdev=net,id=" + CARD + ",romfile=",
                "-device",
                "virtio-rng-pci",
                "-qmp",
                "unix:qmp,server=on,wait=off",
                "-qtest",
                "unix:qtest,server=on,wait=off",
                "-qtest-log",
                "none");
    }

    private QemuSocket connect(Path socket) throws IOException, InterruptedException {
        IOException why = new IOException("it does not listen at " + socket);
        for (int waited = 0; waited < CONNECT_MS; waited += LOOK_MS) {
            try {
                return QemuSocket.connect(socket);
            } catch (IOException e) {
                why = e;
            }
            if (process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new IOException("QEMU does not start: " + Files.readString(log).strip(), why);
    }

    private static void readConsole(InputStream in, Consumer<String> lines) {
        try (in) {
            ConsoleReader.read(in, lines);
        } catch (IOException e) {
            // it was just cut; every whole line has been told
        }
    }

    /** Whether its power is on. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Drives an input line. */
    void set(int line, boolean high) throws IOException, InterruptedException {
        qtest.set(gpio, line, high);
    }

    /** Plugs the network cable in or out. */
    void network(boolean up) throws IOException, InterruptedException {
        qmp.link(CARD, up);
    }

    /** Cuts the power: SIGKILL to this process alone. Returns when it is gone and its last words have been told. */
    void cut() throws InterruptedException {
        process.destroyForcibly().waitFor();
        console.join();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        qmpSocket.close();
        qtestSocket.close();
    }
}
