package dev.tocsin.sdk.coap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Uploads are counted by source, and none is there for longer than its time. */
class OpenUploadsTest {

    private final AtomicLong nowNs = new AtomicLong(-5);
    private final OpenUploads open = new OpenUploads(new Loopback.SystemTime() {
        @Override
        public long nanoTime() {
            return nowNs.get();
        }
    });

    private static OpenUploads.Key key(String source, int session) {
        return new OpenUploads.Key(source, InetSocketAddress.createUnresolved("device", session), "evidence");
    }

    @Test
    void one_source_at_its_most_keeps_no_other_out_and_an_end_makes_room() {
        for (int i = 0; i < OpenUploads.MAX_OF_ONE; i++) {
            assertThat(open.begins(key("mad", i), OpenUploads.MAX_OF_ONE)).isTrue();
        }
        assertThat(open.begins(key("mad", 999), OpenUploads.MAX_OF_ONE)).isFalse();
        assertThat(open.begins(key("other", 1), OpenUploads.MAX_OF_ONE)).isTrue();
        assertThat(open.begins(key("mad", 3), OpenUploads.MAX_OF_ONE))
                .as("anew")
                .isTrue();
        open.end(key("mad", 5));
        open.end(key("mad", 5));
        assertThat(open.begins(key("mad", 999), OpenUploads.MAX_OF_ONE)).isTrue();
        assertThat(open.begins(key("mad", 998), OpenUploads.MAX_OF_ONE)).isFalse();
    }

    @Test
    void an_upload_goes_on_until_its_minute_is_over_counted_from_its_first_block() {
        open.begins(key("a", 1), 1);
        nowNs.addAndGet(OpenUploads.LIFE.toNanos() - 1);
        assertThat(open.goesOn(key("a", 1))).isTrue();
        assertThat(open.begins(key("a", 2), 1)).isFalse();
        nowNs.addAndGet(1);
        assertThat(open.goesOn(key("a", 1))).isFalse();
        assertThat(open.size()).isZero();
        assertThat(open.begins(key("a", 2), 1)).isTrue();
    }

    @Test
    void beyond_the_most_of_all_the_oldest_goes() {
        for (int i = 0; i <= Tuning.MAX_UPLOADS; i++) {
            assertThat(open.begins(key("source " + i, 1), 1)).isTrue();
        }
        assertThat(open.size()).isEqualTo(Tuning.MAX_UPLOADS);
        assertThat(open.goesOn(key("source 0", 1))).isFalse();
        assertThat(open.goesOn(key("source 1", 1))).isTrue();
    }
}
