package dev.tocsin.sdk.coap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UploadQueueTest {

    private final UploadQueue queue = new UploadQueue();
    private final List<String> turns = new ArrayList<>();

    @Test
    void one_at_a_time_and_in_order() {
        UploadQueue.Ticket first = enter("a", "1");
        UploadQueue.Ticket second = enter("a", "2");
        enter("a", "3");
        enter("b", "other");
        assertThat(turns).containsExactly("1", "other");
        first.leave();
        first.leave();
        assertThat(turns).containsExactly("1", "other", "2");
        second.leave();
        assertThat(turns).containsExactly("1", "other", "2", "3");
    }

    @Test
    void who_leaves_the_queue_before_its_turn_is_passed_over() {
        UploadQueue.Ticket first = enter("a", "1");
        UploadQueue.Ticket second = enter("a", "2");
        enter("a", "3");
        second.leave();
        assertThat(turns).containsExactly("1");
        first.leave();
        assertThat(turns).containsExactly("1", "3");
    }

    @Test
    void more_than_the_queue_holds_are_turned_away() {
        List<UploadQueue.Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < UploadQueue.MAX_PER_RESOURCE; i++) {
            tickets.add(enter("a", "" + i));
        }
        assertThat(tickets).doesNotContainNull();
        assertThat(queue.enter("a", ticket -> {})).isNull();
        tickets.get(5).leave();
        assertThat(queue.enter("a", ticket -> {})).isNotNull();
    }

    private UploadQueue.Ticket enter(String resource, String name) {
        UploadQueue.Ticket ticket = queue.enter(resource, t -> turns.add(name));
        assertThat(ticket).isNotNull();
        return java.util.Objects.requireNonNull(ticket);
    }
}
