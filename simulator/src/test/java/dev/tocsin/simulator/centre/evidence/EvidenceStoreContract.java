package dev.tocsin.simulator.centre.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.centre.evidence.EvidenceStore.Outcome;
import dev.tocsin.simulator.centre.evidence.EvidenceStore.Piece;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every store of evidence does. */
public abstract class EvidenceStoreContract {

    /** The store. */
    protected abstract EvidenceStore store();

    private static AlarmId id(String device, int sequence) {
        return new AlarmId(device, 1, 7, sequence);
    }

    private static Bytes bytes(int number) {
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    private Outcome keep(AlarmId alarm, Bytes envelope) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        store().keep(alarm, envelope, outcome::complete);
        return outcome.join();
    }

    @Test
    void what_is_kept_is_there_byte_for_byte_oldest_first() {
        assertThat(keep(id("a", 1), bytes(1))).isEqualTo(new Outcome.Kept(false, 0));
        assertThat(keep(id("a", 1), bytes(2))).isEqualTo(new Outcome.Kept(false, 0));
        assertThat(keep(id("b", 1), bytes(3))).isEqualTo(new Outcome.Kept(false, 0));
        assertThat(store().of(id("a", 1))).extracting(Piece::envelope).containsExactly(bytes(1), bytes(2));
        assertThat(store().of(id("a", 2))).isEmpty();
    }

    @Test
    void the_same_again_is_kept_once() {
        assertThat(keep(id("a", 1), bytes(1))).isEqualTo(new Outcome.Kept(false, 0));
        assertThat(keep(id("a", 1), bytes(1))).isEqualTo(new Outcome.Kept(true, 0));
        assertThat(store().of(id("a", 1))).hasSize(1);
    }

    @Test
    void an_alarm_has_so_many_pieces_and_no_more_but_the_same_again_is_welcome() {
        for (int i = 0; i < EvidenceStore.MAX_PER_ALARM; i++) {
            assertThat(keep(id("a", 1), bytes(i))).isEqualTo(new Outcome.Kept(false, 0));
        }
        assertThat(keep(id("a", 1), bytes(99))).isEqualTo(new Outcome.Full());
        assertThat(keep(id("a", 1), bytes(0))).isEqualTo(new Outcome.Kept(true, 0));
        assertThat(keep(id("a", 2), bytes(99))).isEqualTo(new Outcome.Kept(false, 0));
    }

    @Test
    void the_oldest_of_a_device_goes_when_it_has_too_many_and_no_other_device_s() {
        keep(id("b", 1), bytes(-1));
        for (int i = 1; i <= EvidenceStore.MAX_PER_DEVICE; i++) {
            assertThat(keep(id("a", i), bytes(i))).isEqualTo(new Outcome.Kept(false, 0));
        }
        assertThat(keep(id("a", 1_000), bytes(1_000))).isEqualTo(new Outcome.Kept(false, 1));
        assertThat(store().of(id("a", 1))).isEmpty();
        assertThat(store().of(id("a", 2))).hasSize(1);
        assertThat(store().of(id("a", 1_000))).hasSize(1);
        assertThat(store().of(id("b", 1))).hasSize(1);
    }
}
