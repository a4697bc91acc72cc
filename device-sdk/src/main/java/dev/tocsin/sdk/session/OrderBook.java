package dev.tocsin.sdk.session;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.OrderBookPage;
import dev.tocsin.sdk.journal.StateFile;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Storage;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** What a device remembers of orders, on its disk. Belongs to the event loop. */
final class OrderBook {

    private final StateFile file;
    private OrderBookPage page;

    /** Reads it (blocks). What cannot be read is as if nothing was ordered: an order must be fresh all the same. */
    OrderBook(Storage storage, Consumer<String> remarks) {
        file = new StateFile(storage, "orders");
        page = read(file, remarks);
    }

    private static OrderBookPage read(StateFile file, Consumer<String> remarks) {
        Optional<Bytes> bytes;
        try {
            bytes = file.read();
        } catch (IOException e) {
            remarks.accept("what was ordered before cannot be read: " + e.getMessage());
            return OrderBookPage.EMPTY;
        }
        if (bytes.isEmpty()) {
            return OrderBookPage.EMPTY;
        }
        if (OrderBookPage.read(bytes.get()) instanceof Decoded.Ok<OrderBookPage>(OrderBookPage there)) {
            return there;
        }
        remarks.accept("what was ordered before is of a kind that this version does not know");
        return OrderBookPage.EMPTY;
    }

    OrderBookPage page() {
        return page;
    }

    /** Another page, for this boot at least. */
    void turnTo(OrderBookPage next) {
        page = next;
    }

    /**
     * Another page, kept.
     *
     * @param done told whether it is on the disk
     */
    void keep(OrderBookPage next, Consumer<Boolean> done) {
        page = next;
        file.write(next.write(), done);
    }
}
