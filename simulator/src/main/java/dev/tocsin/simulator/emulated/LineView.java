package dev.tocsin.simulator.emulated;

import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.Pin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** A board's wiring for a terminal, a line a part, with how each stands now. */
public final class LineView {

    private LineView() {}

    /** Of a board now, and of its power and its network; always the same number of lines. */
    public static List<String> of(EmulatedBoard board) {
        List<String> lines = new ArrayList<>(rows(EmulatedBoard.profile(), board::isActive, board::isLit));
        lines.add("power %s   network %s"
                .formatted(board.isOn() ? "on" : "OFF", board.isOnline() ? "plugged in" : "PULLED OUT"));
        return lines;
    }

    static List<String> rows(BoardProfile profile, Predicate<String> active, Predicate<String> lit) {
        return profile.pins().stream()
                .map(pin -> row(
                        pin,
                        pin.direction() == Pin.Direction.INPUT
                                ? (active.test(pin.name()) ? "● closed" : "○ open")
                                : (lit.test(pin.name()) ? "● ON" : "○ off")))
                .toList();
    }

    private static String row(Pin pin, String state) {
        return String.format(
                Locale.ROOT,
                "%-8s pin %-3d GPIO%-3d %-10s %s",
                pin.name(),
                pin.header(),
                pin.bcm(),
                pin.part().key(),
                state);
    }
}
