package dev.tocsin.firmware.app;

import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.PackageClient;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.PackageSource;
import dev.tocsin.sdk.port.Timers;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@link PackageClient} that is made when the first block is asked for: most days none is. On its event loop. */
final class LatePackages implements PackageSource {

    /** Makes the client. */
    interface Making {
        PackageClient make() throws IOException;
    }

    private final Making making;
    private final Executor loop;
    private @Nullable PackageClient client;

    LatePackages(Making making, Executor loop) {
        this.making = making;
        this.loop = loop;
    }

    @Override
    public Timers.Cancellable block(String from, Bytes sha256, int number, Consumer<Outcome> ended) {
        PackageClient there = client;
        if (there == null) {
            try {
                there = making.make();
            } catch (IOException e) {
                loop.execute(() -> ended.accept(new Outcome.NoAnswer("no socket: " + e.getMessage())));
                return () -> {};
            }
            client = there;
        }
        return there.block(from, sha256, number, ended);
    }

    void show(DtlsIdentity identity) {
        Optional.ofNullable(client).ifPresent(c -> c.show(identity));
    }

    @Override
    public void close() {
        Optional.ofNullable(client).ifPresent(PackageClient::close);
    }
}
