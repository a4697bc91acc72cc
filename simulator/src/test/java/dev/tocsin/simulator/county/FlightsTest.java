package dev.tocsin.simulator.county;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.county.Flights.Flight;
import dev.tocsin.simulator.network.Fate;
import org.junit.jupiter.api.Test;

class FlightsTest {

    private static Flight sent(long ns) {
        return new Flight(ns, ns + 5, true, false, 300, Fate.LOST);
    }

    @Test
    void the_first_and_the_last_are_kept_and_those_between_are_counted() {
        Flights flights = new Flights(0);
        int all = Flights.MOST_FIRST + Flights.MOST_LAST + 7;
        for (int i = 0; i < all; i++) {
            flights.saw(sent(i));
        }
        assertThat(flights.first()).hasSize(Flights.MOST_FIRST).startsWith(sent(0));
        assertThat(flights.last()).hasSize(Flights.MOST_LAST).endsWith(sent(all - 1));
        assertThat(flights.omitted()).isEqualTo(7);
    }

    @Test
    void nothing_is_counted_while_there_is_room() {
        Flights flights = new Flights(0);
        for (int i = 0; i < Flights.MOST_FIRST + Flights.MOST_LAST; i++) {
            flights.saw(sent(i));
        }
        assertThat(flights.omitted()).isZero();
    }

    @Test
    void what_was_sent_before_the_alarm_was_signed_is_not_its_own() {
        Flights flights = new Flights(10);
        flights.saw(sent(9));
        flights.saw(sent(10));
        assertThat(flights.first()).containsExactly(sent(10));
    }

    @Test
    void the_instant_of_the_receipt_still_belongs_to_it_and_the_next_does_not() {
        Flights flights = new Flights(0);
        flights.receipted(20);
        flights.receipted(30);
        assertThat(flights.isOver(20)).isFalse();
        assertThat(flights.isOver(21)).isTrue();
    }

    @Test
    void a_handshake_is_no_alarm_however_long_it_is() {
        assertThat(new Flight(0, 1, true, true, 800, Fate.DELIVERED).isLong()).isFalse();
        assertThat(new Flight(0, 1, true, false, 800, Fate.DELIVERED).isLong()).isTrue();
        assertThat(new Flight(0, 1, true, false, 40, Fate.DELIVERED).isLong()).isFalse();
    }
}
