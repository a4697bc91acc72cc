package dev.tocsin.firmware.app;

import dev.tocsin.firmware.board.DebouncedInput;
import dev.tocsin.firmware.board.DeskControls;
import dev.tocsin.firmware.board.DeskSensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Contacts and sensors where there are none: a word typed is a finger or a key, a contact's name and on or off what it is, a
 * sensor's name and values what it measures.
 */
final class DeskKeyboard {

    /** What can be typed. */
    static final String WORDS = "press, release, key, key back or quit";

    private static final long SHORTEST_PRESS_NS =
            DebouncedInput.Settings.DEFAULT.debounce().press().toNanos();

    private final DeskControls controls;
    private final Collection<String> contacts;
    private final Map<String, DeskSensor> sensors;
    private final LongSupplier nanoTime;
    private final Consumer<String> say;
    private final Runnable quit;
    private boolean pressed;
    private long pressedNs;

    /**
     * @param contacts inputs of the board besides a button's
     * @param nanoTime the clock that the board stamps edges with
     */
    DeskKeyboard(
            DeskControls controls,
            Collection<String> contacts,
            Map<String, DeskSensor> sensors,
            LongSupplier nanoTime,
            Consumer<String> say,
            Runnable quit) {
        this.controls = controls;
        this.contacts = contacts;
        this.sensors = sensors;
        this.nanoTime = nanoTime;
        this.say = say;
        this.quit = quit;
    }

    /** What can be typed here. */
    String words() {
        return WORDS
                + (contacts.isEmpty() ? "" : "; or a contact (" + String.join(", ", contacts) + ") and on or off")
                + (sensors.isEmpty()
                        ? ""
                        : "; or a sensor (" + String.join(", ", sensors.keySet()) + ") and what it measures");
    }

    /** Reads lines until there are no more; blocks meanwhile. */
    void read(InputStream typed) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(typed, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                typed(line.strip());
            }
        } catch (IOException e) {
            say.accept("the keyboard is gone: " + e.getMessage());
        }
    }

    private void typed(String word) {
        switch (word) {
            case "press" -> press();
            case "release" -> release();
            case "key" -> controls.set(ButtonDevice.RESET, true);
            case "key back" -> controls.set(ButtonDevice.RESET, false);
            case "quit" -> quit.run();
            case "" -> {}
            default -> {
                String[] words = word.split("\\s+", -1);
                if (contacts.contains(words[0])) {
                    switches(words);
                } else {
                    measures(words);
                }
            }
        }
    }

    private void switches(String[] words) {
        boolean isOn = words.length == 2 && words[1].equals("on");
        if (isOn || (words.length == 2 && words[1].equals("off"))) {
            controls.set(words[0], isOn);
        } else {
            say.accept(words[0] + ": on where it is active, or off");
        }
    }

    private void measures(String[] words) {
        DeskSensor sensor = sensors.get(words[0]);
        if (sensor == null) {
            say.accept("type " + words());
            return;
        }
        try {
            sensor.set(Stream.of(words).skip(1).mapToDouble(Double::parseDouble).toArray());
        } catch (IllegalArgumentException e) { // no number, or not as many as there are channels
            say.accept(words[0] + ": " + e.getMessage());
        }
    }

    private void press() {
        if (pressed) {
            say.accept("it is pressed already: type release, then press");
            return;
        }
        pressed = true;
        pressedNs = nanoTime.getAsLong();
        controls.set(ButtonDevice.PANIC, true);
    }

    private void release() {
        controls.set(ButtonDevice.PANIC, false);
        if (pressed && nanoTime.getAsLong() - pressedNs < SHORTEST_PRESS_NS) {
            say.accept("ignored: a contact that closes for less than %d ms is a spark and no press"
                    .formatted(SHORTEST_PRESS_NS / 1_000_000));
        }
        pressed = false;
    }
}
