package dev.tocsin.simulator.board;

import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.DeskControls;
import dev.tocsin.firmware.board.Pin;
import dev.tocsin.sdk.port.Entropy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The buttons, keys and lamps on a device's wall, which stay when the power goes: a button that is held during a reboot is
 * held after it. Each boot opens the board anew.
 *
 * <pre>{@code
 * VirtualContacts contacts = new VirtualContacts(profile, Duration.ZERO, world::nanoTime, entropy, observer::board);
 * Board board = contacts.open(clock::nanoTime, loop);  // one boot
 * contacts.press("panic");                             // closes now
 * contacts.stickOpen("panic");                         // its wire breaks; mend("panic") puts it right
 * contacts.cutPower();                                 // lamps out, board dead
 * }</pre>
 *
 * <p>Belongs to the world's thread.
 */
public final class VirtualContacts implements DeskControls {

    private final BoardProfile profile;
    private final Duration recheck;
    private final LongSupplier worldNs;
    private final Entropy entropy;
    private final Consumer<BoardEvent> observer;
    private final Map<String, Contact> contacts = new LinkedHashMap<>();
    private final Map<String, Light> lights = new LinkedHashMap<>();
    private @Nullable VirtualBoard powered;

    /**
     * All contacts open, without power.
     *
     * @param profile the pins; {@link IllegalArgumentException} if it has {@link BoardProfile#mistakes}
     * @param recheck what {@link Board#recheck} says; a device whose edges are to be lost needs more than zero, as on a Pi
     * @param worldNs the world's time, for the observer
     * @param entropy for everything that is drawn here, and for nothing else
     * @param observer hears of all that happens, at once
     */
    public VirtualContacts(
            BoardProfile profile,
            Duration recheck,
            LongSupplier worldNs,
            Entropy entropy,
            Consumer<BoardEvent> observer) {
        if (!profile.mistakes().isEmpty()) {
            throw new IllegalArgumentException(profile.mistakesInWords());
        }
        this.profile = profile;
        this.recheck = recheck;
        this.worldNs = worldNs;
        this.entropy = entropy;
        this.observer = observer;
        profile.inputs().keySet().forEach(name -> contacts.put(name, new Contact()));
        profile.outputs().keySet().forEach(name -> lights.put(name, new Light()));
    }

    /**
     * The power comes: outputs are as the profile says. Throws {@link IllegalStateException} while a board is open.
     *
     * @param nanoTime the device's clock, which stamps edges
     * @param loop the device's event loop
     */
    public Board open(LongSupplier nanoTime, Executor loop) {
        if (powered != null) {
            throw new IllegalStateException("the board is open: close it, or cut the power");
        }
        VirtualBoard board = new VirtualBoard(this, nanoTime, loop);
        powered = board;
        for (Pin pin : profile.outputs().values()) {
            light(pin.name(), pin.initiallyOn());
        }
        return board;
    }

    /** The power goes: every output is off, and nothing more comes from the board that was open. */
    public void cutPower() {
        if (powered != null) {
            powered.die();
            off();
        }
    }

    /** Moves a contact, now. Where it is already is no movement. */
    @Override
    public void set(String input, boolean active) {
        Contact contact = contact(input);
        if (contact.held != active) {
            contact.held = active;
            tell(new BoardEvent.Moved(worldNs.getAsLong(), input, active));
            if (contact.stuck != null) {
                met(contact.stuck ? BoardFault.STUCK_CLOSED : BoardFault.STUCK_OPEN, input);
            }
            settle(input, contact);
        }
    }

    /** Whether an output can be seen, or heard, to be on. */
    @Override
    public boolean isOn(String output) {
        return light(output).on;
    }

    /** The input reads active from now on, whatever the hand does: a welded contact. */
    public void stickClosed(String input) {
        stick(input, true);
    }

    /** The input reads inactive from now on, whatever the hand does: a broken wire. */
    public void stickOpen(String input) {
        stick(input, false);
    }

    /** The input follows the hand again, and its edges are told again. */
    public void mend(String input) {
        stick(input, null);
        contact(input).edgeLoss = 0;
    }

    private void stick(String input, @Nullable Boolean level) {
        Contact contact = contact(input);
        contact.stuck = level;
        settle(input, contact);
    }

    /**
     * Edges of an input are lost from now on; the level can still be read.
     *
     * @param probability 0 (none) to 1 (all)
     */
    public void loseEdges(String input, double probability) {
        contact(input).edgeLoss = probability;
    }

    /**
     * The line is the other way round, or as it should be: noise on the wire. {@link Sparks} makes them.
     *
     * @param flipped whether it is
     */
    void flip(String input, boolean flipped) {
        Contact contact = contact(input);
        if (contact.flipped != flipped) {
            contact.flipped = flipped;
            if (flipped) {
                met(BoardFault.NOISE, input);
            }
            settle(input, contact);
        }
    }

    /** The line of an output refuses to be switched from now on, and stays as it is; the board tells trouble. */
    public void failOutput(String output) {
        light(output).refuses = true;
    }

    /** A lamp goes dark and stays so; the board notices nothing. */
    public void burnOut(String output) {
        light(output).burnt = true;
        show(output);
    }

    /** A new lamp, a sound line: the output works again and shows what it was last told. */
    public void repair(String output) {
        light(output).refuses = false;
        light(output).burnt = false;
        show(output);
    }

    BoardProfile profile() {
        return profile;
    }

    Duration recheck() {
        return recheck;
    }

    /** What the line of an input says. */
    boolean level(String input) {
        return contact(input).level;
    }

    Pin outputPin(String output) {
        return named(profile.outputs(), output);
    }

    /**
     * The board switches an output.
     *
     * @return whether the line did it
     */
    boolean light(String output, boolean on) {
        Light light = light(output);
        if (light.refuses && on != light.switched) {
            met(BoardFault.OUTPUT_FAILED, output);
            return false;
        }
        if (light.burnt && on) {
            met(BoardFault.BURNT_OUT, output);
        }
        light.switched = on;
        show(output);
        return true;
    }

    /** Without power even a line that refuses is off. */
    void off() {
        powered = null;
        lights.forEach((name, light) -> {
            light.switched = false;
            show(name);
        });
    }

    void met(BoardFault fault, String name) {
        tell(new BoardEvent.FaultMet(worldNs.getAsLong(), fault, name));
    }

    private void show(String output) {
        Light light = light(output);
        boolean on = light.switched && !light.burnt;
        if (on != light.on) {
            light.on = on;
            tell(new BoardEvent.Shown(worldNs.getAsLong(), output, on));
        }
    }

    private void settle(String input, Contact contact) {
        boolean level = contact.stuck != null ? contact.stuck : contact.held != contact.flipped;
        if (level == contact.level) {
            return;
        }
        contact.level = level;
        if (powered == null) {
            return;
        }
        if (contact.edgeLoss > 0 && entropy.nextUnit() < contact.edgeLoss) {
            met(BoardFault.EDGE_LOST, input);
        } else {
            powered.edge(input, level);
        }
    }

    private void tell(BoardEvent event) {
        observer.accept(event);
    }

    private Contact contact(String input) {
        return named(contacts, input);
    }

    private Light light(String output) {
        return named(lights, output);
    }

    private <T> T named(Map<String, T> things, String name) {
        T thing = things.get(name);
        if (thing == null) {
            throw new IllegalArgumentException("board profile %s has no %s there, only %s"
                    .formatted(profile.name(), name, List.copyOf(things.keySet())));
        }
        return thing;
    }

    private static final class Contact {
        boolean held;
        boolean flipped;

        @Nullable
        Boolean stuck;

        boolean level;
        double edgeLoss;
    }

    private static final class Light {
        boolean switched;
        boolean refuses;
        boolean burnt;
        boolean on;
    }
}
