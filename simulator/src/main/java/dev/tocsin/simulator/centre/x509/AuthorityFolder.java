package dev.tocsin.simulator.centre.x509;

import dev.tocsin.sdk.port.Entropy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * An authority's files:
 *
 * <pre>
 * ca.pem         its certificate: what devices and centres trust; for everybody
 * ca-key.pem     its key: whoever has it can make any device and any centre
 * authority.db   claims and certificates
 * </pre>
 *
 * The last two are for their owner alone (0600), where the file system knows of that.
 */
public record AuthorityFolder(Path folder) {

    /** For how long an authority is made. */
    public static final Duration LIFETIME = Duration.ofDays(20 * 365);

    /** Its certificate. */
    public Path certificate() {
        return folder.resolve("ca.pem");
    }

    /** Its key. */
    public Path key() {
        return folder.resolve("ca-key.pem");
    }

    /** Its books. */
    public Path books() {
        return folder.resolve("authority.db");
    }

    /**
     * Makes a new authority.
     *
     * @throws IOException if there is one already, or the folder cannot be written
     */
    public CertificateAuthority create(String name, Instant now, Entropy entropy) throws IOException {
        if (Files.exists(key()) || Files.exists(certificate())) {
            throw new IOException(folder + " holds an authority already; another one needs another folder");
        }
        Files.createDirectories(folder);
        CertificateAuthority.WithKey made =
                CertificateAuthority.create(name, now.minus(Duration.ofHours(1)), now.plus(LIFETIME), entropy);
        writeSecret(key(), made.key());
        writeSecret(books(), "");
        Files.writeString(certificate(), made.certificate());
        try {
            return CertificateAuthority.of(made.certificate(), made.key(), entropy);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("an authority just made can be used", e);
        }
    }

    /**
     * Opens the authority in the folder. Blocks.
     *
     * @throws IOException if a file cannot be read
     * @throws InvalidKeyException saying what is wrong with it
     */
    public CertificateAuthority open(Entropy entropy) throws IOException, InvalidKeyException {
        return CertificateAuthority.of(Files.readString(certificate()), Files.readString(key()), entropy);
    }

    /** Writes a new file that only its owner may read, and that nobody could read while it was made. */
    public static void writeSecret(Path file, String text) throws IOException {
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
        FileAttribute<?>[] attributes =
                Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)}
                        : new FileAttribute<?>[0];
        Files.createFile(file, attributes);
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }
}
