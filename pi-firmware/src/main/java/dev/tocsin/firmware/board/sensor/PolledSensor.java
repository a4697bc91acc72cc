package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Timers.Cancellable;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a part on its bus's thread and hands its samples to the event loop, a batch at a time. Batches are made once:
 * nothing is allocated for a sample. The part is read when its FIFO has come to its watermark by the clock, or sooner when
 * its data-ready line says so ({@link #dataReady}).
 *
 * <p>What goes wrong is told and tried for ever. A reading that failed is repeated after {@link #RETRY_NS}, then after twice
 * that, up to {@link #MOST_RETRY_NS}; it is told when a second has failed with no sample in between. Lost settings are told and written
 * again at once. A transfer that does not come back is seen from the event loop, after {@link #HANG_NS}. So with a kernel
 * that gives a transfer up after a second at the latest, everything is told within 3.5 s and well again within 2 s of the
 * part's return.
 */
final class PolledSensor implements BusSensor {

    /** Batches under way to the event loop; when it has not taken them, the next reading's samples are dropped and told. */
    static final int BATCHES = 4;

    static final long RETRY_NS = 100_000_000;
    static final long MOST_RETRY_NS = 1_000_000_000;

    /** How far behind its time a reading may be. */
    static final long HANG_NS = 3_000_000_000L;

    private static final Set<Cause> CURED_BY_A_SAMPLE =
            EnumSet.of(Cause.BUS, Cause.PART, Cause.NONSENSE, Cause.RESET, Cause.SILENT);

    private static final long WATCH_NS = 500_000_000;

    private final SensorPart part;
    private final RetryingRegisters registers;
    private final Timers bus;
    private final Timers loop;
    private final LongSupplier nanoTime;
    private final ArrayBlockingQueue<Samples> free = new ArrayBlockingQueue<>(BATCHES);
    private final Samples spare;
    private final AtomicLong samples = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong resets = new AtomicLong();
    private final AtomicBoolean isReadyWaiting = new AtomicBoolean();
    private volatile boolean isClosed;
    private volatile long dueNs;

    // Of the event loop.
    private @Nullable SampleSink sink;
    private @Nullable Cancellable watch;
    private boolean isHanging;

    // Of the bus's thread.
    private final Set<Cause> standing = EnumSet.noneOf(Cause.class);
    private @Nullable Cancellable next;
    private boolean isConfigured;
    private boolean hasFailed;
    private int failedInARow; // with no sample in between
    private long freshNs;

    /**
     * A sensor that waits for its start.
     *
     * @param part the chip
     * @param registers the same that the part uses, for their counts
     * @param bus the bus's thread; any thread may ask it
     * @param loop the device's event loop; any thread may ask it
     * @param nanoTime the device's monotonic clock; any thread may ask it
     */
    PolledSensor(SensorPart part, RetryingRegisters registers, Timers bus, Timers loop, LongSupplier nanoTime) {
        this.part = part;
        this.registers = registers;
        this.bus = bus;
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.spare = new Samples(part.mostSamples(), part.channels());
        for (int i = 0; i < BATCHES; i++) {
            free.add(new Samples(part.mostSamples(), part.channels()));
        }
    }

    @Override
    public int channels() {
        return part.channels();
    }

    @Override
    public void start(SampleSink to) {
        if (sink != null) {
            throw new IllegalStateException(part.name() + " was started already");
        }
        sink = to;
        dueNs = nanoTime.getAsLong();
        freshNs = dueNs;
        bus.schedule(0, this::step);
        watch = loop.schedule(WATCH_NS, this::watch);
    }

    @Override
    public void dataReady() {
        if (!isClosed && !isReadyWaiting.getAndSet(true)) {
            bus.schedule(0, this::readNow);
        }
    }

    @Override
    public SensorCounts counts() {
        return new SensorCounts(
                samples.get(), lost.get(), registers.transfers(), registers.errors(), failures.get(), resets.get());
    }

    @Override
    public void close() {
        isClosed = true;
        if (watch != null) {
            watch.cancel();
        }
    }

    // ---- on the bus's thread

    private void readNow() {
        isReadyWaiting.set(false);
        if (isClosed || failedInARow > 0) {
            return; // while it fails, its line means nothing
        }
        if (next != null) {
            next.cancel();
        }
        step();
    }

    private void step() {
        if (isClosed) {
            return;
        }
        long delayNs;
        try {
            delayNs = read();
        } catch (BusException e) {
            delayNs = failed(Cause.BUS, "%s: %s".formatted(part.name(), e.getMessage()));
        } catch (PartException e) {
            delayNs = refused(e);
        } catch (RuntimeException e) { // a mistake in its driver must not end its readings
            isConfigured = false;
            delayNs = failed(Cause.PART, "%s: its driver failed: %s".formatted(part.name(), e));
        }
        dueNs = nanoTime.getAsLong() + delayNs;
        next = bus.schedule(delayNs, this::step);
    }

    private long read() throws BusException, PartException {
        if (!isConfigured) {
            part.configure();
            isConfigured = true;
            freshNs = nanoTime.getAsLong();
        }
        Samples batch = free.poll();
        boolean isDropped = batch == null;
        if (batch == null) {
            batch = spare; // the part must be read all the same
        }
        batch.clear();
        long delayNs;
        try {
            delayNs = part.read(nanoTime, batch);
        } catch (BusException | PartException | RuntimeException e) {
            if (!isDropped) {
                free.add(batch);
            }
            throw e;
        }
        if (hasFailed) {
            hasFailed = false;
            freshNs = nanoTime.getAsLong(); // it had no chance to say anything
        }
        taken(batch, isDropped);
        return delayNs;
    }

    private void taken(Samples batch, boolean isDropped) {
        long nowNs = nanoTime.getAsLong();
        long missing = batch.lost() + (isDropped ? batch.size() : 0);
        if (missing > 0) {
            lost.addAndGet(missing);
            stands(
                    Cause.GAP,
                    isDropped
                            ? "%s: %d samples dropped, the event loop is behind".formatted(part.name(), missing)
                            : "%s: at least %d samples lost, read too late".formatted(part.name(), missing));
        } else if (batch.size() > 0) {
            over(Cause.GAP);
        }
        if (batch.size() > 0) {
            freshNs = nowNs;
            failedInARow = 0;
            for (Cause cause : CURED_BY_A_SAMPLE) {
                over(cause);
            }
        } else if (nowNs - freshNs > part.silentAfterNs()) {
            stands(
                    Cause.SILENT,
                    "%s answers but has measured nothing new for %.1f s"
                            .formatted(part.name(), (nowNs - freshNs) / 1e9));
            isConfigured = false; // set up anew with the next reading
            freshNs = nowNs;
        }
        if (isDropped) {
            return;
        }
        if (batch.size() == 0) {
            free.add(batch);
            return;
        }
        samples.addAndGet(batch.size());
        loop.schedule(0, () -> {
            tell(batch::tell);
            free.add(batch);
        });
    }

    private long refused(PartException e) {
        isConfigured = false;
        if (e.what() == Cause.RESET && failedInARow == 0) {
            resets.incrementAndGet();
            failedInARow++;
            stands(Cause.RESET, part.name() + ": " + e.getMessage());
            return 0;
        }
        return failed(e.what(), "%s: %s".formatted(part.name(), e.getMessage()));
    }

    private long failed(Cause cause, String text) {
        failures.incrementAndGet();
        hasFailed = true;
        failedInARow++;
        if (failedInARow >= 2) {
            stands(cause, text);
        }
        return Math.min(RETRY_NS << Math.min(failedInARow - 1, 10), MOST_RETRY_NS);
    }

    private void stands(Cause cause, String text) {
        if (standing.add(cause)) {
            loop.schedule(0, () -> tell(to -> to.trouble(cause.text(), text)));
        }
    }

    private void over(Cause cause) {
        if (standing.remove(cause)) {
            loop.schedule(0, () -> tell(to -> to.well(cause.text())));
        }
    }

    // ---- on the event loop

    private void watch() {
        if (isClosed) {
            return;
        }
        double behindS = (nanoTime.getAsLong() - dueNs) / 1e9;
        boolean hangs = behindS > HANG_NS / 1e9;
        if (hangs && !isHanging) {
            tell(to -> to.trouble(
                    Cause.HANG.text(),
                    "%s: its bus has not come back for %.1f s, a transfer hangs".formatted(part.name(), behindS)));
        } else if (isHanging && !hangs) {
            tell(to -> to.well(Cause.HANG.text()));
        }
        isHanging = hangs;
        watch = loop.schedule(WATCH_NS, this::watch);
    }

    private void tell(Consumer<SampleSink> what) {
        SampleSink to = sink;
        if (to != null && !isClosed) {
            what.accept(to);
        }
    }
}
