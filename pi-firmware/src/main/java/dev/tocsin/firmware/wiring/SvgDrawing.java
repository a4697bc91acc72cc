package dev.tocsin.firmware.wiring;

import dev.tocsin.firmware.board.HeaderPin;
import dev.tocsin.firmware.wiring.Svg.Anchor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * A wiring for paper, A4 across: the header in the middle, the parts of the odd pins on the left, of the even pins on the
 * right, in the order of their pins, so that no two wires cross. Leads to ground and supply end in a sign that names the
 * pin.
 */
final class SvgDrawing {

    private static final double WIDTH = 277;
    private static final double TOP = 24;
    private static final double PITCH = 7.2;
    private static final double PIN_RADIUS = 2.9;
    private static final int ROWS = 20;
    private static final double BETWEEN_BLOCKS = 4;
    private static final double LANE = 2.6;
    private static final double MARGIN = 8;
    private static final int SENSORS_IN_A_ROW = 3;

    /** From the middle of the page outwards: column of pins, end of the labels, first lane. */
    private static final double COLUMN = 3.8;

    private static final double LABEL_END = 42;
    private static final double LANES = 22;

    private final Wiring wiring;
    private final Words words;
    private final Svg svg = new Svg();

    SvgDrawing(Wiring wiring, Words words) {
        this.wiring = wiring;
        this.words = words;
    }

    String draw() {
        double middle = WIDTH / 2;
        String title = words.say("title", words.title(wiring.profile()));
        svg.text(8, 11, Anchor.START, "h", title);
        svg.text(
                8,
                16.5,
                Anchor.START,
                "",
                words.say("model", wiring.profile().name(), wiring.profile().model()));
        double headerEnd = TOP + (ROWS - 1) * PITCH;
        svg.box(middle - 2 * COLUMN, TOP - COLUMN - 0.6, 4 * COLUMN, headerEnd - TOP + 2 * COLUMN + 1.2);
        double end = headerEnd;
        for (Side side : Side.values()) {
            wiring.profile().header().stream().filter(side::has).forEach(pin -> pin(pin, side));
            end = Math.max(end, parts(side));
        }
        if (!wiring.sensors().isEmpty()) {
            end = sensors(Math.max(end, headerEnd + COLUMN) + BETWEEN_BLOCKS);
        }
        double y = end + 13;
        svg.text(8, y, Anchor.START, "", words.say("note.view"));
        svg.text(8, y + 5, Anchor.START, "b", words.say("note.limit"));
        svg.text(
                WIDTH - 8,
                y + 5,
                Anchor.END,
                "s",
                words.say("note.drawn") + " " + wiring.profile().name());
        return svg.page(title, WIDTH, y + 10);
    }

    /** Left or right of the header: what is drawn outwards from its middle. */
    enum Side {
        LEFT(-1),
        RIGHT(1);

        private final int sign;

        Side(int sign) {
            this.sign = sign;
        }

        boolean has(HeaderPin pin) {
            return pin.number() % 2 == (this == LEFT ? 1 : 0);
        }

        /** The place on the page that is so far out. */
        double x(double out) {
            return WIDTH / 2 + sign * out;
        }

        /** Held at its inner end. */
        Anchor inner() {
            return this == LEFT ? Anchor.END : Anchor.START;
        }

        /** Held at its outer end. */
        Anchor outer() {
            return Svg.mirrored(inner());
        }
    }

    private void pin(HeaderPin pin, Side side) {
        double x = side.x(COLUMN);
        double y = y(pin);
        boolean ground = pin instanceof HeaderPin.Ground;
        if (pin.number() == 1) {
            svg.box(x - PIN_RADIUS, y - PIN_RADIUS, 2 * PIN_RADIUS, 2 * PIN_RADIUS);
        } else if (ground) {
            svg.dot(x, y, PIN_RADIUS);
        } else {
            svg.circle(x, y, PIN_RADIUS);
        }
        svg.text(x, y + 1, Anchor.MIDDLE, ground ? "s b w" : "s b", String.valueOf(pin.number()));
        boolean wired = pin instanceof HeaderPin.Wired;
        svg.text(side.x(9), wired ? y - 0.9 : y + 1, side.inner(), wired ? "s b" : "s", label(pin));
    }

    private String label(HeaderPin pin) {
        return switch (pin) {
            case HeaderPin.Supply s -> s.volts().text() + users(pin);
            case HeaderPin.Ground g -> words.say("ground") + users(pin);
            case HeaderPin.Identity i -> words.say("identity");
            case HeaderPin.Free f -> "GPIO" + f.bcm();
            case HeaderPin.OfBus b -> "GPIO" + b.bcm() + " = " + b.signal() + " (" + b.bus() + ")" + users(pin);
            case HeaderPin.Wired w -> w.pin().name() + " · GPIO" + w.pin().bcm();
        };
    }

    private String users(HeaderPin pin) {
        List<String> users = wiring.users(pin);
        return users.isEmpty() ? "" : " ← " + String.join(", ", users);
    }

    /** A frame for each sensor, in rows. Returns where the lowest ends. */
    private double sensors(double top) {
        double width = (WIDTH - 2 * MARGIN - (SENSORS_IN_A_ROW - 1) * BETWEEN_BLOCKS) / SENSORS_IN_A_ROW;
        double y = top;
        double end = top;
        for (int i = 0; i < wiring.sensors().size(); i++) {
            int column = i % SENSORS_IN_A_ROW;
            if (column == 0 && i > 0) {
                y = end + BETWEEN_BLOCKS;
            }
            end = Math.max(
                    end,
                    new SvgSensor(wiring.sensors().get(i), svg, words)
                            .draw(MARGIN + column * (width + BETWEEN_BLOCKS), y, width));
        }
        return end;
    }

    /** @return where the lowest block ends */
    private double parts(Side side) {
        List<SvgPart> parts = wiring.wires().stream()
                .filter(wire -> side.has(new HeaderPin.Wired(wire.pin().header(), wire.pin())))
                .sorted(Comparator.comparingInt(wire -> wire.pin().header()))
                .map(wire -> new SvgPart(wire, side, svg, words))
                .toList();
        List<Double> places = places(parts);
        double end = 0;
        double between = Math.min(LANE, LANES / parts.size());
        for (int i = 0; i < parts.size(); i++) {
            SvgPart part = parts.get(i);
            double from = pinY(part);
            double to = places.get(i);
            double turn = side.x(LABEL_END + between * lane(parts, places, i));
            svg.path(side.x(COLUMN + PIN_RADIUS), from, turn, from, turn, to, side.x(SvgPart.INNER), to);
            part.draw(to);
            end = Math.max(end, to + part.below());
        }
        return end;
    }

    /**
     * Which lane a wire turns in, counted from the header. Of wires that go down the uppermost turns farthest out, of those
     * that go up the lowest: then none crosses another.
     */
    private int lane(List<SvgPart> parts, List<Double> places, int i) {
        boolean down = places.get(i) > pinY(parts.get(i));
        int lane = 0;
        for (int j = 0; j < parts.size(); j++) {
            boolean same = places.get(j) > pinY(parts.get(j)) == down;
            if (same && (down ? j > i : j < i)) {
                lane++;
            }
        }
        return lane;
    }

    private static double pinY(SvgPart part) {
        return TOP + (Wiring.row(part.wire().pin().header()) - 1) * PITCH;
    }

    /**
     * Heights of the parts' leads: at their pins where there is room, else as near as can be without overlap (the parts of a
     * crowd share their mean displacement: pool adjacent violators, as in isotonic regression).
     */
    private List<Double> places(List<SvgPart> parts) {
        List<Double> offsets = new ArrayList<>();
        Deque<Crowd> crowds = new ArrayDeque<>();
        double offset = 0;
        for (int i = 0; i < parts.size(); i++) {
            offset += i == 0
                    ? 0
                    : parts.get(i - 1).below() + BETWEEN_BLOCKS + parts.get(i).above();
            offsets.add(offset);
            Crowd crowd = new Crowd(1, pinY(parts.get(i)) - offset);
            while (!crowds.isEmpty() && crowds.getLast().mean() >= crowd.mean()) {
                crowd = crowds.removeLast().with(crowd);
            }
            crowds.addLast(crowd);
        }
        List<Double> places = new ArrayList<>();
        for (Crowd crowd : crowds) {
            for (int i = 0; i < crowd.size(); i++) {
                int part = places.size();
                double highest = TOP - PITCH / 2 + parts.get(0).above();
                places.add(Math.max(crowd.mean(), highest) + offsets.get(part));
            }
        }
        return places;
    }

    /** Neighbours that touch, moved together. */
    private record Crowd(int size, double mean) {
        Crowd with(Crowd next) {
            int both = size + next.size;
            return new Crowd(both, (size * mean + next.size * next.mean) / both);
        }
    }

    private static double y(HeaderPin pin) {
        return TOP + (Wiring.row(pin.number()) - 1) * PITCH;
    }
}
