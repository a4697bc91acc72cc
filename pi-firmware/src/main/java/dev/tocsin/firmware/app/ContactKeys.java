package dev.tocsin.firmware.app;

import dev.tocsin.firmware.app.BesideContacts.Listener;
import dev.tocsin.sdk.config.TomlTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys that name a contact of the board besides a detector's sensor. */
final class ContactKeys {

    private ContactKeys() {}

    /** The input; empty if there is no such key, or a problem was noted. */
    static Optional<String> read(TomlTable t, String key, Set<String> contacts) {
        Optional<String> name = t.optionalString(key);
        if (name.isPresent() && !contacts.contains(name.get())) {
            t.problem(
                    key,
                    key + " = \"" + name.get() + "\" is no contact of the board",
                    contacts.isEmpty() ? "an input of the board's profile" : TomlTable.hintFor(name.get(), contacts));
            return Optional.empty();
        }
        return name;
    }

    /** Those that are there, in this order; an input that two keys name tells both. */
    static final class Listeners {
        private final Map<String, Listener> byInput = new LinkedHashMap<>();

        Listeners with(Optional<String> input, Listener listener) {
            input.ifPresent(name -> byInput.merge(name, listener, (first, second) -> (timeNs, isActive) -> {
                first.is(timeNs, isActive);
                second.is(timeNs, isActive);
            }));
            return this;
        }

        Map<String, Listener> byInput() {
            return byInput;
        }
    }

    /** Tells changes only, and what it was at first. */
    static Listener onChange(Listener listener) {
        return new Listener() {
            private boolean isKnown;
            private boolean was;

            @Override
            public void is(long timeNs, boolean isActive) {
                if (!isKnown || was != isActive) {
                    isKnown = true;
                    was = isActive;
                    listener.is(timeNs, isActive);
                }
            }
        };
    }
}
