package dev.tocsin.firmware.app;

import dev.tocsin.sdk.model.ProgramVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which version of the firmware this is, as the build wrote it into the program itself. */
public final class Release implements IVersionProvider {

    /** The version. */
    public static final ProgramVersion VERSION = new ProgramVersion(read("version"));

    /** Name and version, for heartbeats and people. */
    public static final String SOFTWARE = "tocsin-firmware/" + VERSION;

    private static String read(String key) {
        try (InputStream file = Objects.requireNonNull(
                Release.class.getResourceAsStream("release.properties"), "release.properties is in every build")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty(key, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {SOFTWARE};
    }
}
