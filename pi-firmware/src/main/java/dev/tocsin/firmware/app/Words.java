package dev.tocsin.firmware.app;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the commands say, in English or Chinese. */
final class Words {

    private final ResourceBundle bundle;

    /** Chinese where the locale is, English everywhere else, whatever the machine's own language. */
    Words(Locale locale) {
        boolean chinese = locale.getLanguage().equals(Locale.CHINESE.getLanguage());
        this.bundle = ResourceBundle.getBundle(
                "dev.tocsin.firmware.app.commands",
                chinese ? Locale.CHINESE : Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** A sentence with numbers or names in it. */
    String say(String key, Object... values) {
        String[] texts = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = String.valueOf(values[i]); // numbers without grouping
        }
        return new MessageFormat(bundle.getString(key).replace("'", "''"), Locale.ROOT).format(texts);
    }

    /** How long: {@code 3 min}, in the unit that fits. */
    String span(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 120) {
            return say("span.seconds", seconds);
        }
        return seconds < 7_200
                ? say("span.minutes", seconds / 60)
                : seconds < 172_800 ? say("span.hours", seconds / 3_600) : say("span.days", seconds / 86_400);
    }
}
