package dev.tocsin.firmware.wiring;

import dev.tocsin.firmware.board.HeaderPin;
import dev.tocsin.firmware.board.Part;
import dev.tocsin.firmware.board.Pin;

/**
 * One part's block: a frame with its symbol and its name, the lead to its line at height 0, its other leads above and below
 * with the pin they go to. Lengths in millimetres, outwards from the frame's inner edge and downwards from the lead.
 */
record SvgPart(Wire wire, SvgDrawing.Side side, Svg svg, Words words) {

    /** From the middle of the page to the frame's inner edge. */
    static final double INNER = 80;

    private static final double FRAME = 52;
    private static final double RETURN = 8;
    private static final double FIFTH_VOLT_LEAD = -10;
    private static final double TEXT = 17;

    /** How far the frame reaches above the lead. */
    double above() {
        return wire.how() == Wire.How.BUZZER ? 13 : 5;
    }

    /** How far it reaches below. */
    double below() {
        return RETURN + 3;
    }

    void draw(double y) {
        double outer = side.x(INNER + FRAME);
        svg.box(Math.min(side.x(INNER), outer), y - above(), FRAME, above() + below());
        Pin pin = wire.pin();
        svg.text(side.x(INNER + TEXT), y + 1.8, side.inner(), "b", pin.name());
        svg.text(side.x(INNER + TEXT), y + 5.6, side.inner(), "s", words.part(pin.part()));
        switch (wire.how()) {
            case GROUND_CLOSES, SUPPLY_CLOSES -> contact(y, true);
            case GROUND_OPENS, SUPPLY_OPENS -> contact(y, false);
            case LED_TO_GROUND -> led(y, true);
            case LED_TO_SUPPLY -> led(y, false);
            case BUZZER -> buzzer(y);
            case DRIVEN, DRIVER_HIGH, DRIVER_LOW -> board(y);
        }
        lead(y, RETURN, wire.returns());
    }

    /** Closed is active, or open is. */
    private void contact(double y, boolean closes) {
        path(y, 0, 0, 6, 0, 6, 2.2);
        path(y, 6, 5.8, 6, RETURN, 0, RETURN);
        svg.dot(side.x(INNER + 6), y + 2.2, 0.45);
        svg.dot(side.x(INNER + 6), y + 5.8, 0.45);
        if (closes) {
            path(y, 6, 5.8, 9, 2.6);
        } else {
            path(y, 6, 2.2, 8.2, 2.2);
            path(y, 6, 5.8, 7.8, 1.6);
        }
        svg.text(side.x(INNER + TEXT), y + 9, side.inner(), "s", words.say(closes ? "closes" : "opens"));
        Part part = wire.pin().part();
        if (part == Part.BUTTON) {
            path(y, 7.6, 4.1, 12, 4.1);
            path(y, 12, 2.6, 12, 5.6);
        } else if (part == Part.KEY || part == Part.FLOAT) {
            path(y, 7.6, 4.1, 11, 4.1);
            svg.circle(side.x(INNER + 12.3), y + 4.1, 1.3);
        }
    }

    private void led(double y, boolean toGround) {
        resistor(y, "330 Ω");
        path(y, 8, 0, 11, 0, 11, 2.6);
        if (toGround) {
            filled(y, 9.5, 2.6, 12.5, 2.6, 11, 5.4);
            path(y, 9.5, 5.4, 12.5, 5.4);
        } else {
            filled(y, 9.5, 5.4, 12.5, 5.4, 11, 2.6);
            path(y, 9.5, 2.6, 12.5, 2.6);
        }
        path(y, 11, 5.4, 11, RETURN, 0, RETURN);
        path(y, 13, 3.4, 14.8, 2);
        path(y, 13, 5.2, 14.8, 3.8);
    }

    private void buzzer(double y) {
        resistor(y, "1 kΩ");
        path(y, 8, 0, 10, 0);
        path(y, 10, -1.8, 10, 1.8);
        path(y, 10, -0.8, 12.5, -2.6, 12.5, -4.6);
        svg.circle(side.x(INNER + 12.5), y - 6.4, 1.8);
        svg.text(side.x(INNER + 15), y - 5.4, side.inner(), "s", "5 V");
        path(y, 12.5, -8.2, 12.5, FIFTH_VOLT_LEAD, 0, FIFTH_VOLT_LEAD);
        path(y, 10, 0.8, 12.5, 2.6, 12.5, RETURN, 0, RETURN);
        filled(y, 12.5, 2.6, 11.1, 2.3, 11.9, 1.2);
        lead(y, FIFTH_VOLT_LEAD, new HeaderPin.Supply(wire.supply(), HeaderPin.Volts.V5));
    }

    /** Something with electronics of its own. */
    private void board(double y) {
        path(y, 0, 0, 5, 0);
        path(y, 0, RETURN, 5, RETURN);
        path(y, 5, -2, 14, -2, 14, 9.6, 5, 9.6, 5, -2);
        if (wire.how() == Wire.How.DRIVEN) {
            path(y, 11.5, 1, 7.5, 4, 11.5, 7, 11.5, 1);
        } else {
            path(y, 7.5, 1, 11.5, 4, 7.5, 7, 7.5, 1);
        }
    }

    private void resistor(double y, String value) {
        path(y, 0, 0, 3, 0);
        path(y, 3, -0.9, 8, -0.9, 8, 0.9, 3, 0.9, 3, -0.9);
        svg.text(side.x(INNER + 5.5), y - 1.7, Svg.Anchor.MIDDLE, "s", value);
    }

    /** A lead that leaves the frame inwards and ends in a sign. */
    private void lead(double y, double down, HeaderPin to) {
        double at = y + down;
        svg.line(side.x(INNER), at, side.x(INNER - 3), at);
        String pin = words.say("pin", to.number());
        if (to instanceof HeaderPin.Supply supply) {
            svg.circle(side.x(INNER - 3.8), at, 0.8);
            svg.text(
                    side.x(INNER - 5.6),
                    at + 1,
                    side.outer(),
                    "s",
                    supply.volts().text() + ", " + pin);
        } else {
            svg.line(side.x(INNER - 3), at - 1.6, side.x(INNER - 3), at + 1.6);
            svg.line(side.x(INNER - 3.7), at - 1, side.x(INNER - 3.7), at + 1);
            svg.line(side.x(INNER - 4.4), at - 0.4, side.x(INNER - 4.4), at + 0.4);
            svg.text(side.x(INNER - 5.6), at + 1, side.outer(), "s", pin);
        }
    }

    private void path(double y, double... outAndDown) {
        svg.path(placed(y, outAndDown));
    }

    private void filled(double y, double... outAndDown) {
        svg.filled(placed(y, outAndDown));
    }

    private double[] placed(double y, double[] outAndDown) {
        double[] points = new double[outAndDown.length];
        for (int i = 0; i < points.length; i += 2) {
            points[i] = side.x(INNER + outAndDown[i]);
            points[i + 1] = y + outAndDown[i + 1];
        }
        return points;
    }
}
