package dev.tocsin.firmware.app;

import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.BoardSensors;
import dev.tocsin.firmware.board.DeskControls;
import dev.tocsin.firmware.board.DeskSensor;
import dev.tocsin.firmware.board.Pi4jBoard;
import dev.tocsin.firmware.board.bus.Pi4jBuses;
import dev.tocsin.firmware.board.sensor.BusSensor;
import dev.tocsin.sdk.CertificateRenewal;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Delivery;
import dev.tocsin.sdk.system.EventLoop;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin-firmware run}: is a device until it is told to stop. */
@Command(
        name = "run",
        description = {
            "Runs this device until it is told to stop (Ctrl-C, SIGTERM).",
            "With hardware = \"desk\" in the configuration there are no pins: type " + DeskKeyboard.WORDS + "."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:stopped as told",
            " 2:the configuration cannot be used",
            "75:a centre ordered a restart, or an update needs one: start it again",
            "69:this machine lacks something: GPIO, a folder, a socket"
        })
final class RunCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = Main.CONFIG,
            description = "the device's TOML file; default: ${DEFAULT-VALUE}")
    private Path config = Path.of(Main.CONFIG);

    @Option(
            names = "--train",
            hidden = true,
            description = "for the package: a start, a press and some seconds, to make the start-up cache of")
    private boolean train;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Alarms whose steps are remembered, so that each is told once. */
    private static final int MAX_TOLD = 1_000;

    private static final long TRAINING_PRESS_NS = 500_000_000L;

    private static final Path SYS = Path.of("/sys");

    /** How long the last file operations may take. */
    private static final Duration CLOSING = Duration.ofSeconds(2);

    /** Lines that may wait for the output. */
    private static final int MAX_LINES = 1_000;

    /** Tells the printer to end; no line of ours. */
    private static final String LAST = "\u0004";

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MAX_LINES);
    private final AtomicBoolean restart = new AtomicBoolean();
    private final AtomicLong unsaid = new AtomicLong();
    private final CountDownLatch printed = new CountDownLatch(1);
    private final Map<AlarmId, AlarmStatus> told = new LinkedHashMap<>();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        switch (FirmwareConfig.load(config)) {
            case Loaded.Bad<FirmwareConfig>(var problems) -> {
                problems.forEach(err::println);
                return Main.EXIT_INVALID;
            }
            case Loaded.Ok<FirmwareConfig>(FirmwareConfig c) -> {
                CountDownLatch stop = new CountDownLatch(1);
                try (StopSignal signal = StopSignal.onSignal(stop::countDown)) {
                    run(c, stop);
                    signal.stoppedAsTold();
                    return restart.get() ? Main.EXIT_RESTART : 0;
                } catch (IOException e) {
                    err.println("tocsin-firmware: " + e.getMessage());
                    return Main.EXIT_UNAVAILABLE;
                }
            }
        }
    }

    private void run(FirmwareConfig c, CountDownLatch stop) throws IOException {
        startPrinting();
        EventLoop keeper = new EventLoop("tocsin-keeper");
        try (TocsinRuntime runtime = TocsinRuntime.start()) {
            Optional<DeskControls> desk = Optional.empty();
            Board board;
            if (c.hardware() == FirmwareConfig.Hardware.DESK) {
                Pi4jBoard.Desk d = Pi4jBoard.onDesk(c.profile(), runtime.clock()::nanoTime, runtime);
                board = d.board();
                desk = Optional.of(d.controls());
            } else {
                board = switch (Pi4jBoard.onPi(c.profile(), runtime.clock()::nanoTime, runtime)) {
                    case Pi4jBoard.Opening.Opened(Board b) -> b;
                    case Pi4jBoard.Opening.Failed(String problem) -> throw new IOException(problem);
                };
            }
            try (Pi4jBuses buses = new Pi4jBuses();
                    SensorDevice opened = SensorDevice.open(
                            c,
                            board,
                            parts(c, board, buses, runtime),
                            runtime,
                            Optional.of(() -> restart("as a centre ordered", stop)))) {
                tell(opened.device(), c.device().settings().device());
                Housekeeping housekeeping = keepHouse(c, opened.device(), runtime, keeper);
                BoardHealth health = watchBoard(c, opened.device(), runtime, keeper);
                Optional<CertificateRenewal> renewal =
                        CertificateRenewal.start(c.device(), opened.device(), runtime, keeper);
                Optional<ProgramUpdates> updates = updates(c, opened, stop);
                if (train) {
                    desk.ifPresent(controls -> train(c, controls, runtime, stop));
                } else {
                    desk.ifPresent(controls ->
                            readKeyboard(controls, Unwatched.contacts(c.profile()), opened.desk(), runtime, stop));
                }
                stop.await();
                updates.ifPresent(ProgramUpdates::close);
                renewal.ifPresent(CertificateRenewal::close);
                runtime.execute(() -> {
                    health.close();
                    housekeeping.close();
                });
                say("stopped; what is not delivered is in the journal");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } finally {
            keeper.execute(keeper::shutdown); // behind what it has still to do
            keeper.awaitEnd(CLOSING);
            stopPrinting();
        }
    }

    private static Housekeeping keepHouse(FirmwareConfig c, Device device, TocsinRuntime runtime, EventLoop keeper) {
        Map<String, String> environment = System.getenv();
        Housekeeping housekeeping = new Housekeeping(
                new StatusBook(c, runtime.clock()),
                () -> NotifySocket.of(environment),
                runtime.timers(),
                runtime,
                keeper,
                StatusFile.ours(c, environment),
                environment);
        runtime.execute(() -> housekeeping.start(device));
        return housekeeping;
    }

    private static BoardHealth.Faults faultsOf(Device device) {
        return new BoardHealth.Faults() {
            @Override
            public void raiseFault(String cause, String text) {
                device.raiseFault(cause, text);
            }

            @Override
            public void clearFault(String cause) {
                device.clearFault(cause);
            }
        };
    }

    /** A desk is no board: its own heat is no fault of the device's. */
    private static BoardHealth watchBoard(FirmwareConfig c, Device device, TocsinRuntime runtime, EventLoop keeper) {
        BoardHealth.Gauges gauges = new LinuxGauges(SYS, c.device().journalFolder());
        BoardHealth health = new BoardHealth(faultsOf(device), runtime.timers(), keeper, runtime, gauges);
        if (c.hardware() == FirmwareConfig.Hardware.PI) {
            runtime.execute(health::start);
        }
        return health;
    }

    /** On a desk there are none: its sensors are those of the configuration. */
    private static Map<String, BusSensor> parts(FirmwareConfig c, Board board, Pi4jBuses buses, TocsinRuntime runtime) {
        return c.hardware() == FirmwareConfig.Hardware.DESK
                ? Map.of()
                : BoardSensors.open(board, buses, runtime.timers(), runtime.clock()::nanoTime);
    }

    private void restart(String why, CountDownLatch stop) {
        restart.set(true);
        say("restarts, " + why);
        stop.countDown();
    }

    private Optional<ProgramUpdates> updates(FirmwareConfig c, SensorDevice opened, CountDownLatch stop)
            throws IOException {
        return ProgramUpdates.start(c, opened, System.getenv(), new ProgramUpdates.Host() {
            @Override
            public void restart(String why) {
                RunCommand.this.restart(why, stop);
            }

            @Override
            public void say(String line) {
                RunCommand.this.say(line);
            }
        });
    }

    private void tell(Device device, String id) {
        var unused = device.armed().thenRun(() -> say("armed " + id));
        device.onIndication(indication -> say("lamp " + indication));
        device.onRemark(this::say);
        device.onAlarm(this::tell);
    }

    /** One line a step: {@code raised} ({@code resumed} where it is an earlier boot's), {@code kept}, {@code sent}, {@code received}, {@code accepted}. */
    private void tell(AlarmStatus now) {
        AlarmId id = now.alarm().id();
        AlarmStatus before = told.put(id, now);
        if (told.size() > MAX_TOLD) {
            told.remove(told.keySet().iterator().next());
        }
        if (before == null) {
            Alarm a = now.alarm();
            say((now.signedNs() == 0 ? "resumed " : "raised ") + id + " " + a.mode() + " " + a.kind() + " "
                    + a.state());
        }
        if (now.keptNs().isPresent() && (before == null || before.keptNs().isEmpty())) {
            say("kept " + id);
        }
        for (Delivery d : now.deliveries().values()) {
            Delivery old = before == null ? null : before.deliveries().get(d.centre());
            if (d.firstSentNs().isPresent() && (old == null || old.firstSentNs().isEmpty())) {
                say("sent " + id + " " + d.centre());
            }
            if (d.state() != Delivery.State.SENDING && (old == null || old.state() != d.state())) {
                say(d.state().name().toLowerCase(Locale.ROOT) + " " + id + " " + d.centre()
                        + (d.remark().isEmpty() ? "" : ": " + d.remark()));
            }
        }
    }

    /** What a device does from its start to its first alarms; a board's own GPIO is opened for a moment where there is one. */
    private static void train(FirmwareConfig c, DeskControls controls, TocsinRuntime runtime, CountDownLatch stop) {
        if (Pi4jBoard.onPi(c.profile(), runtime.clock()::nanoTime, runtime)
                instanceof Pi4jBoard.Opening.Opened(Board board)) {
            board.close();
        }
        runtime.timers().schedule(TRAINING_PRESS_NS, () -> controls.set(ButtonDevice.PANIC, true));
        runtime.timers().schedule(2 * TRAINING_PRESS_NS, () -> controls.set(ButtonDevice.PANIC, false));
        runtime.timers().schedule(8 * TRAINING_PRESS_NS, stop::countDown);
    }

    /** Behind the wiring, which waits on the event loop: what is typed before an input listens would be lost. */
    private void readKeyboard(
            DeskControls controls,
            Collection<String> contacts,
            Map<String, DeskSensor> sensors,
            TocsinRuntime runtime,
            CountDownLatch stop) {
        DeskKeyboard keyboard =
                new DeskKeyboard(controls, contacts, sensors, runtime.clock()::nanoTime, this::say, stop::countDown);
        say("no pins (hardware = \"desk\"): type " + keyboard.words());
        Thread reader = new Thread(() -> keyboard.read(System.in), "tocsin-keyboard");
        reader.setDaemon(true);
        runtime.execute(reader::start);
    }

    /** Never waits: a terminal or log that does not take lines must not hold up an alarm. What it does not take is counted. */
    private void say(String line) {
        if (!lines.offer(line)) {
            unsaid.incrementAndGet();
        }
    }

    private void startPrinting() {
        PrintWriter out = spec.commandLine().getOut();
        Thread printer = new Thread(
                () -> {
                    try {
                        for (String line = lines.take(); !line.equals(LAST); line = lines.take()) {
                            long missed = unsaid.getAndSet(0);
                            if (missed > 0) {
                                out.println(missed + " lines were not printed: the output took them too slowly");
                            }
                            out.println(line);
                            if (lines.isEmpty()) {
                                out.flush();
                            }
                        }
                        out.flush();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    printed.countDown();
                },
                "tocsin-output");
        printer.setDaemon(true);
        printer.start();
    }

    private void stopPrinting() {
        say(LAST);
        try {
            var unused = printed.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
