package dev.tocsin.benchmarks.load;

import dev.tocsin.benchmarks.path.Carrier;
import dev.tocsin.benchmarks.path.Sender;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A device that has no connection yet: from making it to its first alarm's receipt, handshake included. The code is warm. */
public final class Cold {

    private static final long PATIENCE_S = 30;

    private Cold() {}

    /**
     * Makes one device, lets it raise one alarm, and closes it. Blocks.
     *
     * @param device its place in the cast; fresh each time, or the receiver finds its counters gone back
     * @throws IOException if it cannot be connected
     */
    public static void first(Carrier carrier, int device, Latencies into) throws IOException {
        long startNs = System.nanoTime();
        try (Sender sender = carrier.connect(device)) {
            long receiptedNs = sender.raise().get(PATIENCE_S, TimeUnit.SECONDS);
            into.took(receiptedNs - startNs);
        } catch (ExecutionException | TimeoutException e) {
            into.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
