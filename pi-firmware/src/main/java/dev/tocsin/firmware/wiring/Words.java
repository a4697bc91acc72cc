package dev.tocsin.firmware.wiring;

import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.Part;
import dev.tocsin.firmware.board.Pin;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** What drawings say, in one language. */
final class Words {

    private final ResourceBundle bundle;

    /** Chinese where the locale is, English everywhere else, whatever the machine's own language. */
    Words(Locale locale) {
        boolean chinese = locale.getLanguage().equals(Locale.CHINESE.getLanguage());
        this.bundle = ResourceBundle.getBundle(
                "dev.tocsin.firmware.wiring.wiring",
                chinese ? Locale.CHINESE : Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** A sentence with numbers or names in it. */
    String say(String key, Object... values) {
        // a sentence with an apostrophe must not lose it to MessageFormat
        MessageFormat format = new MessageFormat(bundle.getString(key).replace("'", "''"), Locale.ROOT);
        return format.format(values);
    }

    /** The name of what hangs on a line. */
    String part(Part part) {
        return say("part." + part.key());
    }

    /** The part and its way: {@code key switch, in}. */
    String what(Pin pin) {
        return say("what", part(pin.part()), say(pin.direction() == Pin.Direction.INPUT ? "in" : "out"));
    }

    /** The profile's title; those that are built in have one in each language. */
    String title(BoardProfile profile) {
        String key = "title." + profile.name();
        return bundle.containsKey(key) ? bundle.getString(key) : profile.title();
    }

    /** How to wire it, in a sentence. */
    String how(Wire wire) {
        return say(wire.how().key(), wire.returns().number(), wire.supply());
    }

    /** The part and where it is: {@code tf-luna, i2c1 0x10}. */
    String what(SensorWire wire) {
        return say("what", wire.sensor().type().text(), wire.sensor().where());
    }

    /** How to wire it, in a sentence. */
    String how(SensorWire wire) {
        String leads = wire.leads().stream()
                .map(lead -> say("lead", lead.terminal(), lead.to().number()))
                .collect(Collectors.joining(say("comma")));
        return wire.strap().isEmpty() ? leads : leads + say("semicolon") + strap(wire);
    }

    /** What else is tied at the part. */
    String strap(SensorWire wire) {
        return say(wire.strap(), "0x%02X".formatted(wire.sensor().place()), wire.tie());
    }
}
