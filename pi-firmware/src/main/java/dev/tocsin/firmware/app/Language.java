package dev.tocsin.firmware.app;

import java.util.Locale;
import java.util.Optional;

/** Languages that the commands know. */
enum Language {
    en(Locale.ENGLISH),
    zh(Locale.CHINESE);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** The one that was asked for, else the machine's. */
    static Locale of(Optional<Language> asked) {
        return asked.map(l -> l.locale).orElseGet(Locale::getDefault);
    }
}
