package dev.tocsin.sdk.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.KeyStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Keys as PEM files that only their owner may read (0600, where the file system knows of that). A file is written beside the
 * old one, synced, and put in its place in one step.
 */
public final class KeyFolder implements KeyStore {

    private final Places files;
    private final Entropy entropy;

    /**
     * Where the files are.
     *
     * @param channelKey the DTLS key
     * @param channelCertificate its certificate
     * @param alarmKey the alarm key
     * @param alarmCertificate its certificate
     * @param authority the authority's certificate
     * @param timeFloor the latest time known for sure
     */
    public record Places(
            Path channelKey,
            Path channelCertificate,
            Path alarmKey,
            Path alarmCertificate,
            Path authority,
            Path timeFloor) {}

    /** A store in these files. */
    public KeyFolder(Places files, Entropy entropy) {
        this.files = files;
        this.entropy = entropy;
    }

    private Path keyFile(KeyUse use) {
        return use == KeyUse.CHANNEL ? files.channelKey : files.alarmKey;
    }

    private Path certificateFile(KeyUse use) {
        return use == KeyUse.CHANNEL ? files.channelCertificate : files.alarmCertificate;
    }

    /** The channel's key as PEM, for DTLS, which signs with it itself; and its public half. */
    public Optional<ChannelKey> channelKey() throws IOException {
        Optional<String> pem = read(files.channelKey);
        return pem.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChannelKey(pem.get(), publicKey(pem.get(), files.channelKey)));
    }

    /** A private key as PEM, and its SubjectPublicKeyInfo in DER. */
    public record ChannelKey(String pem, Bytes publicKey) {
        @Override
        public String toString() {
            return "channel key"; // never the key itself
        }
    }

    @Override
    public Optional<Held> key(KeyUse use) throws IOException {
        Path file = keyFile(use);
        Optional<String> pem = read(file);
        return pem.isEmpty() ? Optional.empty() : Optional.of(held(pem.get(), file));
    }

    @Override
    public Held make(KeyUse use, SignatureAlgorithm algorithm) throws IOException {
        if (use == KeyUse.CHANNEL && algorithm != SignatureAlgorithm.ES256) {
            throw new IllegalArgumentException("DTLS needs a key on P-256");
        }
        Path file = keyFile(use);
        String pem = Keys.generatePem(algorithm, entropy);
        Files.deleteIfExists(certificateFile(use)); // it would belong to another key
        write(file, pem, true);
        return held(pem, file);
    }

    @Override
    public Optional<Bytes> certificate(KeyUse use) throws IOException {
        return readCertificate(certificateFile(use));
    }

    @Override
    public void keep(KeyUse use, Bytes certificate) throws IOException {
        writeCertificate(certificateFile(use), certificate);
    }

    @Override
    public Optional<Bytes> authority() throws IOException {
        return readCertificate(files.authority);
    }

    @Override
    public void keepAuthority(Bytes certificate) throws IOException {
        writeCertificate(files.authority, certificate);
    }

    @Override
    public Optional<Instant> timeFloor() throws IOException {
        try {
            return read(files.timeFloor).map(text -> Instant.parse(text.strip()));
        } catch (DateTimeException e) {
            return Optional.empty(); // no floor is the safe reading of a broken one
        }
    }

    @Override
    public void keepTimeFloor(Instant time) throws IOException {
        write(files.timeFloor, time + "\n", false);
    }

    private static Held held(String pem, Path file) throws IOException {
        try {
            return new Held(Keys.signer(pem), publicKey(pem, file));
        } catch (InvalidKeyException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Bytes publicKey(String pem, Path file) throws IOException {
        try {
            return Keys.publicKey(pem);
        } catch (InvalidKeyException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Bytes> readCertificate(Path file) throws IOException {
        Optional<String> pem = read(file);
        try {
            return pem.isEmpty()
                    ? Optional.empty()
                    : Optional.of(CertificateFacts.readPem(pem.get()).der());
        } catch (InvalidKeyException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static void writeCertificate(Path file, Bytes certificate) throws IOException {
        try {
            write(file, CertificateFacts.read(certificate).pem(), false);
        } catch (InvalidKeyException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void write(Path file, String text, boolean secret) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is no file");
        }
        Files.createDirectories(folder);
        Path next = folder.resolve(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        FileAttribute<?>[] attributes = secret && Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (FileChannel out =
                FileChannel.open(next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
