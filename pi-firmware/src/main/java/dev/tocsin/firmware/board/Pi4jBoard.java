package dev.tocsin.firmware.board;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.context.ContextBuilder;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A board on Pi4J 3: with its gpiod plugin on a Pi, with its mock plugin on a desk. Either way the same code above it.
 *
 * <p>Every board has a Pi4J context of its own. Measured with the mock plugin and five pins: 8 KiB of heap, 0.2 to 0.5 ms
 * to open, no thread, so that 500 devices in one JVM cost 4 MiB and threads do not grow with them. On a Pi the gpiod
 * plugin runs one thread per input, which waits in the kernel and stamps and hands on what comes; the process has one
 * board there, because the plugin keeps one GPIO chip per JVM.
 *
 * <p>Edges are stamped where Pi4J tells them: on its input thread, or on the caller's of {@link DeskControls}. The kernel's
 * own stamp is not handed out by Pi4J 3.0. The event loop gets them after that.
 */
public final class Pi4jBoard implements Board {

    /** On a Pi: shorter than a hand's press; 20 reads a second cost nothing there. */
    static final Duration GPIOD_RECHECK = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(Pi4jBoard.class);

    private final BoardProfile profile;
    private final Context context;
    private final Duration recheck;
    private final Map<String, Pi4jInput> inputs = new LinkedHashMap<>();
    private final Map<String, Pi4jOutput> outputs = new LinkedHashMap<>();
    private volatile Consumer<String> trouble = LOG::warn;

    private Pi4jBoard(BoardProfile profile, Context context, Duration recheck) {
        this.profile = profile;
        this.context = context;
        this.recheck = recheck;
    }

    /**
     * Opens the GPIO of the Pi that this runs on.
     *
     * @param profile the pins
     * @param nanoTime the device's monotonic clock, nanoseconds; any thread may ask it
     * @param loop the device's event loop; must not run a task inside {@code execute}
     */
    public static Opening onPi(BoardProfile profile, LongSupplier nanoTime, Executor loop) {
        if (!profile.mistakes().isEmpty()) {
            return new Opening.Failed("board profile " + profile.name() + ": " + profile.mistakesInWords());
        }
        Context context = null;
        try {
            context = context(Pi4J.newContextBuilder()
                    .add(GpioDDigitalInputProvider.newInstance(), GpioDDigitalOutputProvider.newInstance()));
            Pi4jBoard board = open(profile, context, GPIOD_RECHECK, nanoTime, loop);
            board.inputs.values().forEach(Pi4jInput::listen);
            return new Opening.Opened(board);
        } catch (RuntimeException | LinkageError e) {
            if (context != null) {
                context.shutdown();
            }
            return new Opening.Failed("the GPIO of this machine cannot be used: " + reason(e)
                    + " (is it a Raspberry Pi, and may this user open /dev/gpiochip*?)");
        }
    }

    /**
     * Opens a board without hardware. Inputs start inactive.
     *
     * @param profile the pins; {@link IllegalArgumentException} if it has {@link BoardProfile#mistakes}
     * @param nanoTime the device's monotonic clock, nanoseconds; any thread may ask it
     * @param loop the device's event loop
     */
    public static Desk onDesk(BoardProfile profile, LongSupplier nanoTime, Executor loop) {
        if (!profile.mistakes().isEmpty()) {
            throw new IllegalArgumentException(profile.mistakesInWords());
        }
        Context context = context(Pi4J.newContextBuilder()
                .add(MockDigitalInputProvider.newInstance(), MockDigitalOutputProvider.newInstance()));
        Pi4jBoard board = open(profile, context, Duration.ZERO, nanoTime, loop);
        // The mock starts low, which is "pressed" behind a pull-up.
        board.inputs.values().forEach(input -> input.mock(false));
        board.inputs.values().forEach(Pi4jInput::listen);
        return new Desk(board, board.new Controls());
    }

    /** Without a shutdown hook: it would keep the context until the JVM ends. */
    private static Context context(ContextBuilder builder) {
        return builder.disableShutdownHook().build();
    }

    private static Pi4jBoard open(
            BoardProfile profile, Context context, Duration recheck, LongSupplier nanoTime, Executor loop) {
        Pi4jBoard board = new Pi4jBoard(profile, context, recheck);
        profile.inputs()
                .forEach((name, pin) ->
                        board.inputs.put(name, Pi4jInput.open(context, pin, nanoTime, loop, board::tellTrouble)));
        profile.outputs()
                .forEach((name, pin) -> board.outputs.put(name, Pi4jOutput.open(context, pin, board::tellTrouble)));
        return board;
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private void tellTrouble(String sentence) {
        trouble.accept(sentence);
    }

    @Override
    public BoardProfile profile() {
        return profile;
    }

    @Override
    public void onEdge(String input, EdgeListener listener) {
        named(inputs, input).add(listener);
    }

    @Override
    public boolean isActive(String input) {
        return named(inputs, input).isActive();
    }

    @Override
    public Output output(String name) {
        return named(outputs, name);
    }

    @Override
    public Duration recheck() {
        return recheck;
    }

    @Override
    public void onTrouble(Consumer<String> listener) {
        trouble = listener;
    }

    @Override
    public void close() {
        if (!context.isShutdown()) {
            inputs.values().forEach(Pi4jInput::close);
            outputs.values().forEach(Pi4jOutput::close);
            context.shutdown();
        }
    }

    private <T> T named(Map<String, T> things, String name) {
        T thing = things.get(name);
        if (thing == null) {
            throw new IllegalArgumentException("board profile %s has no %s there, only %s"
                    .formatted(profile.name(), name, List.copyOf(things.keySet())));
        }
        return thing;
    }

    /** How opening went. */
    public sealed interface Opening {
        /** The lines are ours. */
        record Opened(Board board) implements Opening {}

        /** They are not; says why and what to look at. */
        record Failed(String problem) implements Opening {}
    }

    /**
     * A board without hardware.
     *
     * @param board what the device uses
     * @param controls what plays the world around it
     */
    public record Desk(Board board, DeskControls controls) {}

    private final class Controls implements DeskControls {
        @Override
        public void set(String input, boolean active) {
            named(inputs, input).mock(active);
        }

        @Override
        public boolean isOn(String output) {
            return named(outputs, output).isOn();
        }
    }
}
