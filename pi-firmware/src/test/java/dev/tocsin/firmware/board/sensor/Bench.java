package dev.tocsin.firmware.board.sensor;

import dev.tocsin.sdk.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A driver, as a board profile makes it, on a bus with the model of its part, and time that is pushed on by hand. */
final class Bench<C extends Chip> {

    private static final int PLACE_ON_SPI = 0;

    final VirtualTime time = new VirtualTime();
    final C chip;
    final ModelBuses bus;
    final BusSensor source;
    final Heard heard = new Heard(time::nanoTime);

    private final List<Runnable> held = new ArrayList<>();
    private boolean isLoopBusy;

    Bench(SensorType type, String busName, int rateHz, Function<LongSupplier, C> model) {
        chip = model.apply(time::nanoTime);
        boolean isSpi = busName.startsWith("spi");
        int address = type.addresses().get(0);
        bus = new ModelBuses(time, chip, address, type == SensorType.ADXL345 ? Adxl345.SPI_SEVERAL : 0);
        SensorSpec spec = new SensorSpec(
                "it",
                type,
                busName,
                isSpi ? PLACE_ON_SPI : address,
                rateHz,
                type.usualRange(),
                100,
                true,
                Optional.empty());
        source = SensorSources.of(
                spec,
                bus,
                (delayNs, task) -> time.schedule(delayNs, () -> {
                    if (isLoopBusy) {
                        held.add(task);
                    } else {
                        task.run();
                    }
                }),
                time::nanoTime);
    }

    /** One of any type, at a rate that is not the part's own after power-on. */
    static Bench<? extends Chip> of(SensorType type, String busName) {
        return switch (type) {
            case ADXL345 -> new Bench<>(type, busName, 200, now -> new Adxl345Model(now, 1));
            case LSM6DSO -> new Bench<>(type, busName, 104, now -> new Lsm6dsoModel(now, 1));
            case TF_LUNA -> new Bench<>(type, busName, 50, TfLunaModel::new);
            case ADS1115 -> new Bench<>(type, busName, 10, now -> new Ads1115Model(now, 1));
            case INA219 -> new Bench<>(type, busName, 5, Ina219Model::new);
            case MCP23017 -> new Bench<>(type, busName, 50, now -> new Mcp23017Model());
            case DS3231 -> throw new IllegalArgumentException("no samples");
        };
    }

    /** The event loop takes nothing for so long, then everything that waited. */
    Bench<C> busyLoop(Duration duration) {
        isLoopBusy = true;
        time.advance(duration);
        isLoopBusy = false;
        List.copyOf(held).forEach(Runnable::run);
        held.clear();
        return this;
    }

    Bench<C> started() {
        source.start(heard);
        return this;
    }

    Bench<C> run(Duration time) {
        this.time.advance(time);
        return this;
    }
}
