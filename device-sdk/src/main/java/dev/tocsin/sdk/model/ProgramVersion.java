package dev.tocsin.sdk.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A version of the program, as {@code 1.4.0} or {@code 1.4.0-rc.2}. Ordered number by number, a missing one counting as 0;
 * what has a suffix comes before the same without, and suffixes are ordered as text.
 *
 * @param text one to four numbers of at most nine digits with dots between, then perhaps a hyphen and 1 to 16 letters,
 *     digits and dots
 */
public record ProgramVersion(String text) implements Comparable<ProgramVersion> {

    private static final Pattern FORM = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){0,3}(-[0-9A-Za-z.]{1,16})?");

    public ProgramVersion {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a version such as 1.4.0 or 1.4.0-rc.2");
        }
    }

    @Override
    public int compareTo(ProgramVersion other) {
        List<Integer> ours = numbers();
        List<Integer> theirs = other.numbers();
        for (int i = 0; i < ours.size(); i++) {
            int order = Integer.compare(ours.get(i), theirs.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (suffix().isEmpty() || other.suffix().isEmpty()) {
            return Boolean.compare(suffix().isEmpty(), other.suffix().isEmpty());
        }
        return suffix().compareTo(other.suffix());
    }

    private List<Integer> numbers() {
        int hyphen = text.indexOf('-');
        List<Integer> numbers = new ArrayList<>();
        for (String number : (hyphen < 0 ? text : text.substring(0, hyphen)).split("\\.", -1)) {
            numbers.add(Integer.parseInt(number));
        }
        while (numbers.size() < 4) {
            numbers.add(0);
        }
        return numbers;
    }

    private String suffix() {
        int hyphen = text.indexOf('-');
        return hyphen < 0 ? "" : text.substring(hyphen + 1);
    }

    @Override
    public String toString() {
        return text;
    }
}
