package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.network.Latency;
import dev.tocsin.simulator.scenario.value.Rate;
import dev.tocsin.simulator.scenario.value.Share;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The language's values as text: what {@link Values} reads, written. */
final class YamlText {

    private static final int STORY_WIDTH = 118;

    /** What YAML gives a meaning of its own, in one version or another. */
    private static final Set<String> WORDS = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private YamlText() {}

    /** A mapping on one line, in the order in which it was filled. */
    static final class Flow {
        private final Map<String, String> entries = new LinkedHashMap<>();

        /** Adds a key and its value, which is text as it stands in the file. */
        Flow put(String key, String value) {
            entries.put(key, value);
            return this;
        }

        /** The same, a line for each key. */
        List<String> perLine() {
            return entries.entrySet().stream()
                    .map(e -> e.getKey() + ": " + e.getValue())
                    .toList();
        }

        @Override
        public String toString() {
            return "{" + String.join(", ", perLine()) + "}";
        }
    }

    /** As it is where it can only be a text, quoted otherwise. */
    static String text(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9/_-]*") && !WORDS.contains(text.toLowerCase(Locale.ROOT))
                ? text
                : quoted(text);
    }

    /** In double quotes, which any text can be in. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** Folded over lines where folding gives the same text back, quoted otherwise. */
    static String story(String story) {
        String line = story.endsWith("\n") ? story.substring(0, story.length() - 1) : "";
        if (!line.matches("[^\\s\\p{Cntrl}]+( [^\\s\\p{Cntrl}]+)*")) {
            return quoted(story);
        }
        StringBuilder folded = new StringBuilder(">");
        int column = STORY_WIDTH;
        for (String word : line.split(" ", -1)) {
            if (column + 1 + word.length() > STORY_WIDTH) {
                folded.append("\n  ").append(word);
                column = 2 + word.length();
            } else {
                folded.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        return folded.toString();
    }

    static String list(List<String> texts) {
        return texts.stream().map(YamlText::text).collect(Collectors.joining(", ", "[", "]"));
    }

    static String selector(Selector selector) {
        return selector.globs().size() == 1 ? text(selector.globs().getFirst()) : list(selector.globs());
    }

    /** In the largest unit of which it is a whole number; in microseconds with three decimals where it is of none. */
    static String duration(Duration d) {
        long ns = d.toNanos();
        if (ns % 1000 != 0) {
            return BigDecimal.valueOf(ns, 3).toPlainString() + "us";
        }
        String[] units = {"d", "h", "m", "s", "ms"};
        long[] unitsNs = {86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000, 1_000_000};
        for (int i = 0; i < units.length; i++) {
            if (ns != 0 && ns % unitsNs[i] == 0) {
                return ns / unitsNs[i] + units[i];
            }
        }
        return ns == 0 ? "0s" : ns / 1000 + "us";
    }

    /** With a minus for back. */
    static String offset(Duration d) {
        return d.isNegative() ? "-" + duration(d.negated()) : duration(d);
    }

    /** A share is read from up to nine decimals of a percentage, and that many give it back. */
    static String share(Share share) {
        return plain(BigDecimal.valueOf(share.part() * 100).setScale(9, RoundingMode.HALF_UP)) + "%";
    }

    static String rate(Rate rate) {
        return rate.bitsPerSecond() < 1_000_000_000
                ? plain(BigDecimal.valueOf(rate.bitsPerSecond(), 3)) + "kbit"
                : plain(BigDecimal.valueOf(rate.bitsPerSecond(), 6).setScale(3, RoundingMode.HALF_UP)) + "mbit";
    }

    static String number(double value) {
        return plain(BigDecimal.valueOf(value));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    static String latency(Latency latency) {
        return switch (latency) {
            case Latency.Constant l -> duration(l.delay());
            case Latency.Uniform l -> call("uniform", duration(l.least()), duration(l.most()));
            case Latency.Normal l -> call("normal", duration(l.mean()), duration(l.deviation()));
            case Latency.LogNormal l -> call("lognormal", duration(l.median()), number(l.sigma()));
        };
    }

    private static String call(String name, String one, String other) {
        return quoted(name + "(" + one + ", " + other + ")");
    }

    static void repetition(Flow flow, Repetition r) {
        if (r.every().isZero()) {
            flow.put("at", duration(r.from()));
            return;
        }
        flow.put("every", duration(r.every())).put("from", duration(r.from()));
        if (!r.untilEnd()) {
            flow.put("times", Integer.toString(r.times()));
        }
    }
}
