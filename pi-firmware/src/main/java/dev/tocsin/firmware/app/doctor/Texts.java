package dev.tocsin.firmware.app.doctor;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the findings say, in English or Chinese. */
public final class Texts {

    private final ResourceBundle bundle;

    /** Chinese where the locale is, English everywhere else, whatever the machine's own language. */
    public Texts(Locale locale) {
        boolean chinese = locale.getLanguage().equals(Locale.CHINESE.getLanguage());
        this.bundle = ResourceBundle.getBundle(
                "dev.tocsin.firmware.app.doctor.doctor",
                chinese ? Locale.CHINESE : Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** What it is. */
    public String what(Finding finding) {
        return say(finding.key(), finding);
    }

    /** What to do about it; empty where nothing is to be done. */
    public String advice(Finding finding) {
        return finding.grade() == Grade.OK ? "" : say(finding.key() + ".do", finding);
    }

    /** The grade in a word. */
    public String grade(Grade grade) {
        return bundle.getString("grade." + grade.name().toLowerCase(Locale.ROOT));
    }

    private String say(String key, Finding finding) {
        MessageFormat format = new MessageFormat(bundle.getString(key).replace("'", "''"), Locale.ROOT);
        return format.format(finding.values().toArray());
    }
}
