package dev.tocsin.sdk;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.TomlFile;
import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.crypto.KeyFolder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a device's certificates come from, and where they lie: the files that {@code [keys]} of its configuration names, and
 * {@code [enrolment]}. None of the files need be there yet.
 *
 * @param device its id
 * @param authority where it enrols and renews, {@code coaps://host:port}; empty: nothing is renewed
 * @param places the files
 */
public record EnrolmentConfig(String device, Optional<String> authority, KeyFolder.Places places) {

    private static final String TABLE = "enrolment";
    private static final String AUTHORITY = "authority";

    /** Reads only this of a device's configuration, whatever else is in it. */
    public static Loaded<EnrolmentConfig> load(Path file) {
        Path folder = DeviceConfig.folderOf(file);
        return TomlFile.read(file, top -> {
            top.keys().forEach(top::skip);
            TomlTable keys = top.table("keys");
            keys.keys().forEach(keys::skip);
            return read(top, top.string("device"), keys, folder);
        });
    }

    /**
     * Takes what stands in the file beside what the device's configuration has read already.
     *
     * @param keys its {@code [keys]}
     * @return never empty
     */
    static Optional<EnrolmentConfig> read(TomlTable top, String device, TomlTable keys, Path folder) {
        TomlTable table = top.table(TABLE);
        Optional<String> authority = table.optionalString(AUTHORITY);
        if (authority.isPresent() && !DeviceConfig.isAddress(authority.get(), "coaps")) {
            table.problem(
                    AUTHORITY,
                    "\"" + authority.get() + "\" is no address of an authority",
                    "coaps://host or coaps://host:port");
        }
        String alarm = keys.optionalString("alarm").orElse("");
        Path alarmKey = folder.resolve(alarm);
        Path beside = alarmKey.toAbsolutePath().getParent();
        Path alarmCertificate = table.optionalString("alarm-certificate")
                .map(folder::resolve)
                .orElseGet(() -> beside == null ? folder.resolve("alarm.pem") : beside.resolve("alarm.pem"));
        return Optional.of(new EnrolmentConfig(
                device,
                authority,
                new KeyFolder.Places(
                        folder.resolve(keys.optionalString("key").orElse("dtls-key.pem")),
                        folder.resolve(keys.optionalString("certificate").orElse("dtls.pem")),
                        alarm.isEmpty() ? folder.resolve("alarm-key.pem") : alarmKey,
                        alarmCertificate,
                        folder.resolve(keys.optionalString("trust").orElse("ca.pem")),
                        alarmCertificate.resolveSibling("time-floor"))));
    }
}
