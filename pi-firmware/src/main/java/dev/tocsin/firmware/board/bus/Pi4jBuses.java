package dev.tocsin.firmware.board.bus;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CProvider;
import com.pi4j.plugin.linuxfs.provider.spi.LinuxFsSpiProvider;
import dev.tocsin.sdk.system.EventLoop;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The buses of the Pi that this runs on, through Pi4J 3's linuxfs plugin: {@code /dev/i2c-1}, {@code /dev/spidev0.0} and
 * their like. Nothing is opened before the first transfer, and after a transfer that failed everything of that bus is
 * closed and opened anew, for two reasons: a bus on a USB adapter comes back as another file, and Pi4J 3.0.4 remembers an
 * address as selected before the kernel agreed to select it, so that the write after a refused one would reach the chip
 * that was selected before.
 *
 * <p>Each bus has a thread, which its sensors share.
 */
public final class Pi4jBuses implements Buses {

    private final Supplier<Context> i2cContexts;
    private final Supplier<Context> spiContexts;
    private final Map<String, EventLoop> threads = new LinkedHashMap<>();
    private final Map<String, Pi4jI2cBus> i2c = new LinkedHashMap<>();
    private final Map<String, Pi4jSpiBus> spi = new LinkedHashMap<>();

    /** The machine's own. */
    public Pi4jBuses() {
        this(
                () -> Pi4J.newContextBuilder()
                        .add(LinuxFsI2CProvider.newInstance())
                        .disableShutdownHook()
                        .build(),
                () -> Pi4J.newContextBuilder()
                        .add(LinuxFsSpiProvider.newInstance())
                        .disableShutdownHook()
                        .build());
    }

    /** With contexts of somebody else's making: Pi4J's mock plugin. */
    Pi4jBuses(Supplier<Context> i2cContexts, Supplier<Context> spiContexts) {
        this.i2cContexts = i2cContexts;
        this.spiContexts = spiContexts;
    }

    @Override
    public I2cBus i2c(String name) {
        return i2c.computeIfAbsent(name, n -> new Pi4jI2cBus(n, i2cContexts));
    }

    @Override
    public SpiBus spi(String name, int chipSelect, int clockHz) {
        return spi.computeIfAbsent(
                name + "." + chipSelect, n -> new Pi4jSpiBus(n, number(name), chipSelect, clockHz, spiContexts));
    }

    @Override
    public EventLoop thread(String name) {
        return threads.computeIfAbsent(name, n -> new EventLoop("bus " + n));
    }

    /** Ends the threads; what is under way there goes on to its end, and then the buses are let go. Does not wait. */
    @Override
    public void close() {
        i2c.values().forEach(bus -> thread(bus.name()).execute(bus::close));
        spi.values().forEach(bus -> thread(bus.bus()).execute(bus::close));
        threads.values().forEach(thread -> thread.execute(thread::shutdown));
    }

    /** The number at the end of a bus's name. */
    static int number(String name) {
        return Integer.parseInt(name.substring(name.length() - 1));
    }

    static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
