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

    /** The one that a command line asks for by {@code --lang}, before anything has read it; else the machine's. */
    static Locale asked(String... args) {
        for (int i = 0; i < args.length; i++) {
            for (Language language : values()) {
                if (args[i].equals("--lang=" + language)
                        || (args[i].equals("--lang") && i + 1 < args.length && args[i + 1].equals(language.name()))) {
                    return language.locale;
                }
            }
        }
        return Locale.getDefault();
    }

    /** The one that was asked for, else the machine's. */
    static Locale of(Optional<Language> asked) {
        return asked.map(l -> l.locale).orElseGet(Locale::getDefault);
    }
}
