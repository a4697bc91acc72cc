package dev.tocsin.firmware.app;

import dev.tocsin.firmware.app.BesideSensors.ContactListener;
import dev.tocsin.sdk.config.TomlTable;
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

    /** Tells changes only, and what it was at first. */
    static ContactListener onChange(ContactListener listener) {
        return new ContactListener() {
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
