package dev.tocsin.firmware.app;

import dev.tocsin.sdk.port.Timers;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/**
 * Tells what is wrong with the board itself, as FAULT alarms: a hot processor, a low supply, a disk that is nearly full. Each
 * is cleared when it is well again, with a distance between the two so that nothing flutters. Belongs to the event loop; the
 * gauges are read elsewhere, because a worn card can hold up whoever asks it.
 */
public final class BoardHealth {

    /** From here on it is a fault, degrees Celsius: a Raspberry Pi slows itself down at 80 to 85 (Raspberry Pi documentation, "Frequency management and thermal control"). */
    public static final double HOT_C = 80;

    /** Down to here it stays one. */
    static final double COOL_C = 75;

    /** Below this much room, bytes, it is a fault: 16 times the journal's reserve for life alarms. */
    public static final long LEAST_FREE_BYTES = 32L << 20;

    /** Until there is so much. */
    static final long ENOUGH_FREE_BYTES = 64L << 20;

    /** Between two looks. */
    private static final long PERIOD_NS = 30_000_000_000L;

    private final Faults faults;
    private final Timers timers;
    private final Executor blocking;
    private final Executor loop;
    private final Gauges gauges;
    private boolean closed;

    /** What can be measured of a board. Read by one thread; may block. */
    interface Gauges {
        /** Of the processor, degrees Celsius. */
        OptionalDouble temperatureC();

        /** Whether the supply is too low now. */
        Optional<Boolean> isSupplyLow();

        /** What is free on the journal's file system, bytes. */
        OptionalLong freeBytes();
    }

    /** Takes what is wrong: a device. Raising what stands, and clearing what does not, changes nothing. */
    interface Faults {
        /** Something is wrong. */
        void raiseFault(String cause, String text);

        /** It is right again. */
        void clearFault(String cause);
    }

    private record Reading(OptionalDouble temperatureC, Optional<Boolean> supplyLow, OptionalLong freeBytes) {}

    /**
     * Not started.
     *
     * @param blocking runs what may block
     * @param loop the event loop, whose the timers are
     */
    BoardHealth(Faults faults, Timers timers, Executor blocking, Executor loop, Gauges gauges) {
        this.faults = faults;
        this.timers = timers;
        this.blocking = blocking;
        this.loop = loop;
        this.gauges = gauges;
    }

    /** Looks now, and from then on every half minute. On the event loop. */
    void start() {
        blocking.execute(() -> {
            Reading reading = new Reading(gauges.temperatureC(), gauges.isSupplyLow(), gauges.freeBytes());
            loop.execute(() -> judge(reading));
        });
    }

    void close() {
        closed = true;
    }

    private void judge(Reading now) {
        if (closed) {
            return;
        }
        now.temperatureC.ifPresent(c -> {
            if (c >= HOT_C) {
                faults.raiseFault("hot", "the processor is too hot");
            } else if (c < COOL_C) {
                faults.clearFault("hot");
            }
        });
        now.supplyLow.ifPresent(low -> {
            if (low) {
                faults.raiseFault("supply", "the supply voltage is too low");
            } else {
                faults.clearFault("supply");
            }
        });
        now.freeBytes.ifPresent(free -> {
            if (free < LEAST_FREE_BYTES) {
                faults.raiseFault("disk", "the disk is nearly full");
            } else if (free >= ENOUGH_FREE_BYTES) {
                faults.clearFault("disk");
            }
        });
        timers.schedule(PERIOD_NS, this::start);
    }
}
