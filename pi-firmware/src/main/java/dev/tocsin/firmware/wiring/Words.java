package dev.tocsin.firmware.wiring;

import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.Part;
import dev.tocsin.firmware.board.Pin;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

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
}
