package dev.tocsin.simulator.centre.console;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.simulator.centre.Plain;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.Fact;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Entries as lines for people: time, what, who, where, id. In colour on a terminal, plain in a pipe. Any thread. */
public final class EntryLines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String BOLD_RED = "1;31";
    private static final String YELLOW = "33";
    private static final String GREEN = "32";
    private static final String CYAN = "36";
    private static final String WHITE_ON_MAGENTA = "1;37;45";

    private final boolean colour;
    private final ZoneId zone;
    private final Registry registry;

    /**
     * Lines with places from a registry, where an alarm does not name its own.
     *
     * @param colour whether to use ANSI colours
     * @param zone the time zone of the reader
     */
    public EntryLines(boolean colour, ZoneId zone, Registry registry) {
        this.colour = colour;
        this.zone = zone;
        this.registry = registry;
    }

    /** One line for an entry. */
    public String line(Entry entry) {
        Fact fact = entry.fact();
        List<String> parts = new ArrayList<>();
        parts.add(time(entry));
        parts.add(
                entry.type() == EntryType.CONFLICT
                        ? "!! CONFLICT !!"
                        : entry.type().name());
        Stream.of(fact.mode(), fact.kind(), fact.state())
                .flatMap(Optional::stream)
                .forEach(word -> parts.add(word.toString()));
        parts.add(fact.alarm().map(Object::toString).orElse(fact.device()));
        if (fact.isAlarm()) {
            parts.add(where(fact));
            alarm(fact)
                    .map(Alarm::cameras)
                    .filter(cameras -> !cameras.isEmpty())
                    .ifPresent(cameras -> parts.add("cameras " + String.join(", ", cameras)));
            alarm(fact).map(Alarm::text).filter(text -> !text.isEmpty()).ifPresent(text -> parts.add("'" + text + "'"));
        }
        fact.about().ifPresent(about -> parts.add("about " + about));
        if (!fact.by().isEmpty()) {
            parts.add("by " + fact.by());
        }
        if (!fact.detail().isEmpty()) {
            parts.add("- " + fact.detail());
        }
        parts.removeIf(String::isEmpty);
        String line = "#" + entry.number() + " "
                + String.join("  ", parts.stream().map(Plain::line).toList());
        return colour ? "\u001b[" + code(entry) + "m" + line + "\u001b[0m" : line;
    }

    /** When it was written, on the reader's clock. */
    String time(Entry entry) {
        return TIME.format(entry.time().atZone(zone));
    }

    private static String code(Entry entry) {
        return switch (entry.type()) {
            case ALARM -> entry.fact().mode().filter(m -> m == Mode.LIVE).isPresent() ? BOLD_RED : YELLOW;
            case CONFLICT, FAULT -> WHITE_ON_MAGENTA;
            case ACCEPTED, CLOSED, ONLINE -> GREEN;
            case OFFLINE -> YELLOW;
            case BOOT, DRILL_BEGUN, DRILL_ENDED, DRILL_NOTICE, NOTICE_TAKEN, ORDERED, ORDER_RESULT -> CYAN;
        };
    }

    /** Where an alarm is, from large to small: as it says itself, else as the registry knows. */
    private String where(Fact fact) {
        return alarm(fact)
                .map(Alarm::place)
                .filter(EntryLines::saysWhere)
                .or(() -> registry.byId(fact.device()).map(RegisteredDevice::place))
                .map(this::text)
                .orElse("");
    }

    private static boolean saysWhere(Place place) {
        return Stream.of(place.school(), place.building(), place.floor(), place.spot())
                .anyMatch(part -> !part.isEmpty());
    }

    private String text(Place place) {
        String county = registry.counties().getOrDefault(place.county(), place.county());
        String floor = place.floor().matches("-?\\d+") ? "floor " + place.floor() : place.floor();
        String position = place.position()
                .map(at -> String.format(Locale.ROOT, "at %.5f, %.5f", at.latitudeDeg(), at.longitudeDeg()))
                .orElse("");
        return String.join(
                ", ",
                Stream.of(county, place.school(), place.building(), floor, place.spot(), position)
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    static Optional<Alarm> alarm(Fact fact) {
        return SignedEnvelope.read(fact.envelope()) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope)
                        && Messages.readAlarm(envelope) instanceof Decoded.Ok<Alarm>(Alarm alarm)
                ? Optional.of(alarm)
                : Optional.empty();
    }
}
