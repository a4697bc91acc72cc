package dev.tocsin.simulator.emulated;

import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.board.Pin;
import dev.tocsin.sdk.config.Loaded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A board on a desk that is not there: its lines by name, its power, its network. What it has stored outlives its power.
 *
 * <p>Driven by one thread. What it does is told on threads of its own.
 */
public final class EmulatedBoard implements AutoCloseable {

    /** What its lines are for; the file also goes to the board. */
    static final String PROFILE = "emulated-board.toml";

    /** Told what the board does. On threads of its own; must not block. */
    public interface Listener {
        /** A whole line of the serial console. */
        void console(String line);

        /** An output of the profile went on or off. */
        void output(String name, boolean on);
    }

    private final BoardImage image;
    private final Path disks;
    private final BoardProfile profile = profile();
    private final Listener listener;
    private final Map<String, Boolean> inputs = new ConcurrentHashMap<>();
    private final Map<String, Boolean> outputs = new ConcurrentHashMap<>();
    private Optional<Qemu> life = Optional.empty();
    private boolean online = true;

    /**
     * A board whose power is off.
     *
     * @param disks its folder, as {@link BoardDisks} made it
     */
    public EmulatedBoard(BoardImage image, Path disks, Listener listener) {
        this.image = image;
        this.disks = disks;
        this.listener = listener;
    }

    /** The profile of every emulated board. */
    static BoardProfile profile() {
        return switch (BoardProfiles.parse(PROFILE, profileText())) {
            case Loaded.Ok<BoardProfile>(BoardProfile profile) -> profile;
            case Loaded.Bad<BoardProfile>(var problems) -> throw new IllegalStateException(problems.toString());
        };
    }

    static String profileText() {
        try (InputStream in = EmulatedBoard.class.getResourceAsStream("/boards/" + PROFILE)) {
            if (in == null) {
                throw new IllegalStateException(PROFILE + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(PROFILE + " cannot be read", e);
        }
    }

    /** Switches it on; nothing happens where it is on. The contacts are as they were left. */
    public void start() throws IOException, InterruptedException {
        if (isOn()) {
            return;
        }
        endLife();
        outputs.clear();
        Qemu qemu = new Qemu(image, disks, listener::console, this::changed);
        life = Optional.of(qemu);
        for (Pin input : profile.inputs().values()) { // nothing else holds a line: there are no pull resistors
            drive(qemu, input, isActive(input.name()));
        }
        if (!online) {
            qemu.network(false);
        }
    }

    /** Whether its power is on. */
    public boolean isOn() {
        return life.map(Qemu::isAlive).orElse(false);
    }

    /** Whether the network cable is in. */
    public boolean isOnline() {
        return online;
    }

    /** Cuts its power; nothing happens where it is off. Returns when its last words have been told. */
    public void cut() throws IOException, InterruptedException {
        if (life.isPresent()) {
            life.get().cut();
            endLife();
            outputs.clear();
        }
    }

    /** Presses or releases a contact of the profile. Also while the power is off: it finds it so when it starts. */
    public void set(String input, boolean active) throws IOException, InterruptedException {
        Pin pin = profile.inputs().get(input);
        if (pin == null) {
            throw new IllegalArgumentException("no input " + input + ", only "
                    + List.copyOf(profile.inputs().keySet()));
        }
        inputs.put(input, active);
        if (life.isPresent() && life.get().isAlive()) {
            drive(life.get(), pin, active);
        }
    }

    /** Whether a contact is pressed. */
    public boolean isActive(String input) {
        return inputs.getOrDefault(input, false);
    }

    /** Whether an output is on; off while the power is. */
    public boolean isLit(String output) {
        return outputs.getOrDefault(output, false);
    }

    /** Plugs the network cable in or out. */
    public void network(boolean up) throws IOException, InterruptedException {
        online = up;
        if (life.isPresent() && life.get().isAlive()) {
            life.get().network(up);
        }
    }

    private static void drive(Qemu qemu, Pin pin, boolean active) throws IOException, InterruptedException {
        qemu.set(pin.bcm(), active != pin.activeLow());
    }

    private void changed(int line, boolean high) {
        for (Pin pin : profile.outputs().values()) {
            if (pin.bcm() == line) {
                boolean on = high != pin.activeLow();
                if (!Boolean.valueOf(on).equals(outputs.put(pin.name(), on))) {
                    listener.output(pin.name(), on);
                }
            }
        }
    }

    private void endLife() throws IOException {
        if (life.isPresent()) {
            life.get().close();
            life = Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        endLife();
    }
}
