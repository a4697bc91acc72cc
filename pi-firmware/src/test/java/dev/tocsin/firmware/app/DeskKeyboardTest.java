package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.DeskControls;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeskKeyboardTest implements DeskControls {

    private final List<String> contacts = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private long nowNs;
    private long perWordNs;

    @Test
    void a_word_moves_a_contact() {
        perWordNs = 500_000_000L;
        type("press\nrelease\nkey\nkey back\n\nquit\n");
        assertThat(contacts).containsExactly("panic true", "panic false", "reset true", "reset false");
        assertThat(said).containsExactly("quit");
    }

    @Test
    void a_press_too_short_to_count_is_told() {
        perWordNs = 1_000_000L;
        type("press\nrelease\n");
        assertThat(said).containsExactly("ignored: a contact that closes for less than 3 ms is a spark and no press");
    }

    @Test
    void what_cannot_be_pressed_again_says_what_to_do() {
        type("press\npress\nrnu\n");
        assertThat(contacts).containsExactly("panic true");
        assertThat(said)
                .containsExactly(
                        "it is pressed already: type release, then press",
                        "type press, release, key, key back or quit; or a contact (beam) and on or off");
    }

    @Test
    void a_contact_of_the_board_is_on_or_off() {
        type("beam on\nbeam  off\nbeam broken\nbeam\n");
        assertThat(contacts).containsExactly("beam true", "beam false");
        assertThat(said).containsExactly("beam: on where it is active, or off", "beam: on where it is active, or off");
    }

    private void type(String words) {
        new DeskKeyboard(this, List.of("beam"), Map.of(), () -> nowNs, said::add, () -> said.add("quit"))
                .read(new ByteArrayInputStream(words.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void set(String input, boolean active) {
        contacts.add(input + " " + active);
        nowNs += perWordNs;
    }

    @Override
    public boolean isOn(String output) {
        return false;
    }
}
