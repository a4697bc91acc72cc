package dev.tocsin.firmware.app;

import dev.tocsin.sdk.coap.PackageClient;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.update.UpdateCentre;
import dev.tocsin.sdk.update.UpdateReports;
import dev.tocsin.sdk.update.UpdateSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may change the program of this device: the table {@code [updates]}.
 *
 * @param from the centres that may, each with the keys of {@code keys}, or its receipt keys where there are none; none: nobody
 * @param ask how often they are asked, 1 s to 1 day
 * @param proof within what time of its start a new version has to prove itself, 10 s to 1 day
 * @param pace how long after a block of a new version the next one is asked for, 1 ms to 1 s
 */
public record UpdateConfig(List<UpdateCentre> from, Duration ask, Duration proof, Duration pace) {

    /** Nobody. */
    public static final UpdateConfig NONE = new UpdateConfig(
            List.of(), UpdateReports.USUAL_PERIOD, UpdateSettings.USUAL.proof(), PackageClient.USUAL_PACE);

    private static final Duration LONGEST = Duration.ofDays(1);

    public UpdateConfig {
        from = List.copyOf(from);
    }

    /** Reads the table; what is wrong is noted there. */
    static UpdateConfig read(TomlTable top, Path folder, List<CentreLink> centres) {
        TomlTable t = top.table("updates");
        boolean offline = t.has("keys");
        List<Verifier> keys = keys(t, folder);
        List<UpdateCentre> from = new ArrayList<>();
        for (String id : t.strings("from")) {
            centres.stream()
                    .filter(c -> c.id().equals(id))
                    .findFirst()
                    .ifPresentOrElse(
                            c -> {
                                List<Verifier> signing = offline ? keys : c.keys();
                                if (!signing.isEmpty()) {
                                    from.add(new UpdateCentre(c.id(), c.addresses(), signing));
                                }
                            },
                            () -> unknown(t, id, centres));
        }
        return new UpdateConfig(
                from,
                t.duration("ask", NONE.ask, Duration.ofSeconds(1), LONGEST),
                t.duration("proof", NONE.proof, Duration.ofSeconds(10), LONGEST),
                t.duration("pace", NONE.pace, Duration.ofMillis(1), Duration.ofSeconds(1)));
    }

    /** Keys that are kept off every centre's machine; where there are some, no receipt key is good for an update. */
    private static List<Verifier> keys(TomlTable t, Path folder) {
        List<Verifier> keys = new ArrayList<>();
        if (!t.has("keys")) {
            return keys;
        }
        List<String> files = t.strings("keys");
        for (String file : files) {
            try {
                keys.add(Keys.verifier(Files.readString(folder.resolve(file))));
            } catch (IOException | InvalidKeyException e) {
                t.unread(
                        "keys",
                        file + ": " + (e instanceof IOException io ? FileTrouble.of(io) : e.getMessage()),
                        "the public half of the key that signs updates, in PEM form");
            }
        }
        if (files.isEmpty()) {
            t.problem("keys", "keys: none is listed", "keys = [\"updates.pem\"], or leave it out");
        }
        return keys;
    }

    /** Where no centre could be read, that has been told. */
    private static void unknown(TomlTable t, String id, List<CentreLink> centres) {
        if (!centres.isEmpty()) {
            t.problem(
                    "from",
                    "from: there is no centre \"" + id + "\"",
                    TomlTable.hintFor(id, centres.stream().map(CentreLink::id).toList()));
        }
    }
}
