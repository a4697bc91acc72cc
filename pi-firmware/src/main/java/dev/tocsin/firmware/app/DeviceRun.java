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
import dev.tocsin.sdk.DeviceConfig;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Is a device until it is told to stop: {@code tocsin-firmware run}. What the button needs comes first; network, health of the
 * board, renewals and updates are loaded once it is armed. No command line and no logging stands in the way: a class that is
 * not needed for a press is one that a press would wait for.
 */
final class DeviceRun {

    private final Path config;
    private final boolean train;
    private final PrintWriter out;
    private final PrintWriter err;

    /** Alarms whose steps are remembered, so that each is told once. */
    private static final int MAX_TOLD = 1_000;

    private static final long TRAINING_PRESS_NS = 500_000_000L;

    /** How soon a device that does not arm notices that it shall stop. */
    private static final long STOPS_WITHIN_MS = 100;

    /** How soon after it a device without a way to its centres looks at its files again. */
    private static final long LOOK_AGAIN_NS = 10_000_000_000L;

    private static final Path SYS = Path.of("/sys");

    /** How long the last file operations may take. */
    private static final Duration CLOSING = Duration.ofSeconds(2);

    /** Lines that may wait for the output. */
    private static final int MAX_LINES = 1_000;

    /** Tells the printer to end; no line of ours. */
    private static final String LAST = "\u0004";

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MAX_LINES);
    private final AtomicBoolean restart = new AtomicBoolean();
    private volatile OptionalInt failed = OptionalInt.empty();
    private final AtomicLong unsaid = new AtomicLong();
    private final CountDownLatch printed = new CountDownLatch(1);
    private final Map<AlarmId, AlarmStatus> told = new LinkedHashMap<>();

    /** @param train for the package: a start, a press and some seconds, to make the start-up cache of */
    DeviceRun(Path config, boolean train, PrintWriter out, PrintWriter err) {
        this.config = config;
        this.train = train;
        this.out = out;
        this.err = err;
    }

    /** Runs; returns the process's exit code. */
    int run() {
        switch (FirmwareConfig.load(config, DeviceConfig.Channel.LATER)) {
            case Loaded.Bad<FirmwareConfig> bad -> {
                bad.problems().forEach(err::println);
                err.flush();
                return bad.mayPass() ? Main.EXIT_UNAVAILABLE : Main.EXIT_INVALID;
            }
            case Loaded.Ok<FirmwareConfig>(FirmwareConfig c) -> {
                CountDownLatch stop = new CountDownLatch(1);
                try (StopSignal signal = StopSignal.onSignal(stop::countDown)) {
                    LastLife last = LastLife.begin(train ? Map.of() : System.getenv(), System.nanoTime());
                    try {
                        run(c, last, stop);
                    } catch (IOException e) {
                        last.end(); // it says why itself, and is tried again
                        throw e;
                    }
                    last.end();
                    signal.stoppedAsTold();
                    return failed.orElse(restart.get() ? Main.EXIT_RESTART : 0);
                } catch (IOException e) {
                    err.println("tocsin-firmware: " + e.getMessage());
                    err.flush();
                    return Main.EXIT_UNAVAILABLE;
                }
            }
        }
    }

    /**
     * The device is armed and has no way to its centres, which its fault says. Where its files are why, it is told as
     * {@code check} tells it, and the device stays armed and keeps what is raised. Once they can be used, or where something
     * else is why, the program ends, to be started again. Blocks.
     *
     * @param told whether that was told already
     */
    private void unconnected(Throwable why, boolean told, EventLoop keeper, CountDownLatch stop) {
        List<Problem> wrong = wrongNow();
        if (!wrong.isEmpty()) {
            if (!told) {
                wrong.forEach(err::println);
                err.println("tocsin-firmware: stays armed without a way to its centres, and looks again by itself");
            }
            keeper.schedule(LOOK_AGAIN_NS, () -> unconnected(why, true, keeper, stop));
        } else {
            err.println("tocsin-firmware: ends, to be started again: " + why.getMessage());
            failed = OptionalInt.of(Main.EXIT_UNAVAILABLE);
            stop.countDown();
        }
        err.flush();
    }

    /** What is wrong with its files; nothing where something else is. */
    private List<Problem> wrongNow() {
        try {
            return FirmwareConfig.load(config) instanceof Loaded.Bad<FirmwareConfig>(var problems)
                    ? problems
                    : List.of();
        } catch (RuntimeException | LinkageError e) { // a program without its network part cannot read certificates
            return List.of();
        }
    }

    private void run(FirmwareConfig c, LastLife last, CountDownLatch stop) throws IOException {
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
                            Optional.of(() -> restart("as a centre ordered", stop)),
                            opening -> {
                                tell(opening, c.device().settings().device());
                                last.tell(opening); // what a centre answers must find it listening
                            })) {
                Housekeeping housekeeping = keepHouse(c, opened.device(), runtime, keeper);
                if (!train) {
                    desk.ifPresent(controls ->
                            readKeyboard(controls, Unwatched.contacts(c.profile()), opened.desk(), runtime, stop));
                }
                awaitArmed(opened.device(), keeper, stop);
                BoardHealth health = watchBoard(c, opened.device(), runtime, keeper);
                Optional<CertificateRenewal> renewal =
                        CertificateRenewal.start(c.device(), opened.device(), runtime, keeper);
                Optional<ProgramUpdates> updates = updates(c, opened, stop);
                if (train) {
                    desk.ifPresent(controls -> train(c, controls, runtime, stop));
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

    /** Nothing else is loaded before. */
    private void awaitArmed(Device device, EventLoop keeper, CountDownLatch stop) throws InterruptedException {
        CountDownLatch armed = new CountDownLatch(1);
        var unusedArmed = device.armed().thenRun(armed::countDown);
        var unusedConnected = device.connected().exceptionally(why -> {
            keeper.execute(() -> unconnected(why, false, keeper, stop));
            return null;
        });
        while (!armed.await(STOPS_WITHIN_MS, TimeUnit.MILLISECONDS) && stop.getCount() > 0) {}
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
                DeviceRun.this.restart(why, stop);
            }

            @Override
            public void say(String line) {
                DeviceRun.this.say(line);
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
