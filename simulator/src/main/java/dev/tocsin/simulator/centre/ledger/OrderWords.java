package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.config.Durations;
import dev.tocsin.sdk.model.OrderTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is ordered, in words that a person reads and a program reads back: {@code locate for 2m}. */
final class OrderWords {

    private static final String HEARTBEAT = "heartbeat=";
    private static final String KEEP_ALIVE = "keep-alive=";
    private static final String PROBATION = "probation=";
    private static final String BASE = "base=";

    private OrderWords() {}

    static String of(OrderTask task) {
        return switch (task) {
            case OrderTask.Adjust a -> {
                List<String> words = new ArrayList<>(List.of("settings"));
                a.heartbeat().ifPresent(h -> words.add(HEARTBEAT + Durations.text(h)));
                a.keepAlive().ifPresent(k -> words.add(KEEP_ALIVE + Durations.text(k)));
                words.add(PROBATION + Durations.text(a.probation()));
                words.add(BASE + a.base());
                yield String.join(" ", words);
            }
            case OrderTask.Locate(Duration lasts) -> "locate for " + Durations.text(lasts);
            case OrderTask.SelfTest t -> "self-test";
            case OrderTask.Reboot r -> "reboot";
            case OrderTask.Bypass(String input, Duration lasts) -> "bypass " + input + " for " + Durations.text(lasts);
        };
    }

    static Optional<OrderTask> read(String text) {
        String[] words = text.split(" ", -1);
        try {
            return switch (words[0]) {
                case "settings" -> Optional.of(adjust(words));
                case "locate" -> Durations.parse(words[2]).map(OrderTask.Locate::new);
                case "self-test" -> Optional.of(new OrderTask.SelfTest());
                case "reboot" -> Optional.of(new OrderTask.Reboot());
                case "bypass" -> Durations.parse(words[3]).map(lasts -> new OrderTask.Bypass(words[1], lasts));
                default -> Optional.empty();
            };
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty(); // nothing that a ledger of ours wrote
        }
    }

    private static OrderTask adjust(String[] words) {
        return new OrderTask.Adjust(
                value(words, BASE).map(Long::parseLong).orElse(0L),
                value(words, HEARTBEAT).flatMap(Durations::parse),
                value(words, KEEP_ALIVE).flatMap(Durations::parse),
                value(words, PROBATION).flatMap(Durations::parse).orElse(OrderTask.Adjust.USUAL_PROBATION));
    }

    private static Optional<String> value(String[] words, String key) {
        for (String word : words) {
            if (word.startsWith(key)) {
                return Optional.of(word.substring(key.length()));
            }
        }
        return Optional.empty();
    }
}
