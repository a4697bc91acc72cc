package dev.tocsin.sdk.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.PackageSource.Outcome;
import dev.tocsin.sdk.port.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Blocks of a payload over DTLS, from any on. */
@Timeout(60)
class PackageClientTest {

    private static final int SIZE = 300_500; // more than Californium would put together

    private final byte[] payload = new byte[SIZE];
    private final AtomicReference<Bytes> etag = new AtomicReference<>();
    private Bytes sha256;
    private Loopback on;
    private CoapService centre;
    private PackageClient client;

    @BeforeEach
    void open() throws Exception {
        new Random(7).nextBytes(payload);
        sha256 = Bytes.copyOf(payload).sha256();
        etag.set(Bytes.wrap(Arrays.copyOf(sha256.toArray(), PackageClient.ETAG_BYTES)));
        on = new Loopback();
        centre = on.centre();
        centre.handleBlocks(PackageClient.FOLDER, this::read);
        client = new PackageClient(
                CoapNode.fetcher(
                        on.network,
                        new InetSocketAddress(0),
                        Optional.of(Loopback.DEVICE),
                        on.loop,
                        new Loopback.SystemTime(),
                        new Loopback.SeededEntropy(9)),
                PackageClient.USUAL_PACE);
    }

    private CoapService.Blocks.Block read(Peer peer, String name, long offset, int length) {
        if (!peer.name().equals("button-7") || !name.equals(sha256.hex()) || offset >= SIZE) {
            return new CoapService.Blocks.Block.None(404, "no such package");
        }
        int to = (int) Math.min(SIZE, offset + length);
        return new CoapService.Blocks.Block.Some(
                Bytes.wrap(Arrays.copyOfRange(payload, (int) offset, to)), SIZE, etag.get());
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        on.close();
    }

    private Outcome ask(Bytes digest, int number) throws Exception {
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        on.loop.execute(() -> client.block(Loopback.secure(centre.localAddress()), digest, number, ended::complete));
        return ended.get();
    }

    @Test
    void any_block_comes_by_itself_the_first_and_the_last_too() throws Exception {
        int last = SIZE / 1024;
        for (int number : new int[] {0, 1, 200, last}) {
            byte[] expected = Arrays.copyOfRange(payload, number * 1024, Math.min(SIZE, (number + 1) * 1024));
            assertThat(ask(sha256, number))
                    .as("block %d", number)
                    .isEqualTo(new Outcome.Block(Bytes.wrap(expected), number < last));
        }
    }

    @Test
    void what_is_not_there_is_refused() throws Exception {
        assertThat(ask(sha256, SIZE / 1024 + 1)).isEqualTo(new Outcome.Refused(404, "no such package"));
        assertThat(ask(Bytes.EMPTY.sha256(), 0)).isEqualTo(new Outcome.Refused(404, "no such package"));
    }

    /** A device's alarms share that budget; what is left of it after a flood fills at twice the rate of a fetch. */
    @Test
    void on_a_fast_line_a_fetch_stays_below_what_a_centre_takes_of_one_device() throws Exception {
        ask(sha256, 0);
        CoapTransport flood = on.device();
        for (boolean empty = false; !empty; ) {
            List<CompletableFuture<Transport.Outcome>> some = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                some.add(on.post(flood, Loopback.secure(centre.localAddress())));
            }
            for (CompletableFuture<Transport.Outcome> one : some) {
                empty |= one.get() instanceof Transport.Outcome.Answered a && a.code() == 429;
            }
        }
        await().until(() -> ask(sha256, 0) instanceof Outcome.Block);
        for (int number = 1; number <= 40; number++) {
            assertThat(ask(sha256, number)).as("block %d", number).isInstanceOf(Outcome.Block.class);
        }
    }

    /** The real limits over a real size: 20 MB, on a line that takes no time. */
    @Test
    void a_whole_program_and_a_burst_of_alarms_within_it_stay_below_the_usual_limits() {
        AtomicLong nowNs = new AtomicLong(-7);
        Clock clock = new Loopback.SystemTime() {
            @Override
            public long nanoTime() {
                return nowNs.get();
            }
        };
        Buckets centres = new Buckets(SourceLimits.USUAL.messages(), 10, clock);
        Pace pace = new Pace(clock, PackageClient.USUAL_PACE);
        for (int block = 0; block < 20_480; block++) {
            nowNs.addAndGet(pace.takeNs());
            assertThat(centres.take("button-7", 1)).as("block %d", block).isZero();
            for (int alarm = 0; block % 1_000 == 500 && alarm < 250; alarm++) {
                assertThat(centres.take("button-7", 1)).as("alarm %d", alarm).isZero();
            }
        }
    }

    @Test
    void a_block_of_another_version_is_none() throws Exception {
        etag.set(Bytes.ofHex("0102030405060708"));
        assertThat(ask(sha256, 3)).isInstanceOf(Outcome.NoAnswer.class);
    }
}
