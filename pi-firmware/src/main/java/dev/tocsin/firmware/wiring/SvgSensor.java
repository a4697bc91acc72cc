package dev.tocsin.firmware.wiring;

import dev.tocsin.firmware.board.HeaderPin;
import dev.tocsin.firmware.wiring.Svg.Anchor;

/** A sensor's frame: its name and part above, its leads below, in two columns, each with the pin that it goes to. */
record SvgSensor(SensorWire wire, Svg svg, Words words) {

    private static final double HEAD = 11;
    private static final double LEAD = 5.4;
    private static final double STRAP = 5;
    private static final double TERMINAL = 2.4;

    /** Returns where it ends. */
    double draw(double x, double y, double width) {
        int rows = (wire.leads().size() + 1) / 2;
        double height = HEAD + rows * LEAD + (wire.strap().isEmpty() ? 0 : STRAP);
        svg.box(x, y, width, height);
        svg.text(x + TERMINAL, y + 4.4, Anchor.START, "b", wire.sensor().name());
        svg.text(x + width - TERMINAL, y + 4.4, Anchor.END, "s", words.what(wire));
        for (int i = 0; i < wire.leads().size(); i++) {
            SensorWire.Lead lead = wire.leads().get(i);
            int column = i / rows;
            double left = x + TERMINAL + column * width / 2;
            double at = y + HEAD + (i % rows) * LEAD;
            svg.text(left, at + 1, Anchor.START, "s b", lead.terminal());
            svg.line(left + 12, at, left + 19, at);
            if (lead.to() instanceof HeaderPin.Ground) {
                svg.line(left + 19, at - 1.6, left + 19, at + 1.6);
                svg.line(left + 19.7, at - 1, left + 19.7, at + 1);
                svg.line(left + 20.4, at - 0.4, left + 20.4, at + 0.4);
            } else {
                svg.circle(left + 19.8, at, 0.8);
            }
            svg.text(
                    left + 22,
                    at + 1,
                    Anchor.START,
                    "s",
                    words.say("pin", lead.to().number()));
        }
        if (!wire.strap().isEmpty()) {
            svg.text(x + TERMINAL, y + height - 2, Anchor.START, "s", words.strap(wire));
        }
        return y + height;
    }
}
