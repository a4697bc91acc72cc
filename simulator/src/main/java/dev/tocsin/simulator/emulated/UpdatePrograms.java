package dev.tocsin.simulator.emulated;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Programs that a board is updated with: what a package has in it under other versions, and one that crashes. */
final class UpdatePrograms {

    private static final String PROGRAM = "usr/lib/tocsin/app/tocsin-pi-firmware.jar";
    private static final String RELEASE = "dev/tocsin/firmware/app/release.properties";

    private final Path folder;
    private final Path packaged;

    private UpdatePrograms(Path folder, Path packaged) {
        this.folder = folder;
        this.packaged = packaged;
    }

    /**
     * Unpacks a package.
     *
     * @param folder an empty one, where the programs will lie
     * @throws IOException if it is not a package with the program in it
     */
    static UpdatePrograms of(Path deb, Path folder) throws IOException, InterruptedException {
        Path unpacked = folder.resolve("package");
        Process process = new ProcessBuilder(
                        List.of("dpkg-deb", "--extract", deb.toAbsolutePath().toString(), unpacked.toString()))
                .redirectErrorStream(true)
                .start();
        String said;
        try (InputStream out = process.getInputStream()) {
            said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        if (process.waitFor() != 0) {
            throw new IOException("dpkg-deb does not unpack " + deb + ": " + said);
        }
        return new UpdatePrograms(folder, unpacked.resolve(PROGRAM));
    }

    /** The same program, but for the version in it. */
    Path version(String version) throws IOException {
        Path file = folder.resolve("tocsin-" + version + ".jar");
        Files.copy(packaged, file);
        try (FileSystem jar = FileSystems.newFileSystem(file)) {
            Path release = jar.getPath(RELEASE);
            if (!Files.exists(release)) {
                throw new IOException(packaged + " has no " + RELEASE + " in it");
            }
            Files.writeString(release, "version=" + version + "\n");
        }
        return file;
    }

    /** One that ends with an exception as soon as it is started. */
    Path crashing(String version) throws IOException {
        Path file = folder.resolve("tocsin-" + version + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, CrashingProgram.class.getName());
        String entry = CrashingProgram.class.getName().replace('.', '/') + ".class";
        try (InputStream code = CrashingProgram.class.getResourceAsStream("CrashingProgram.class");
                OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            if (code == null) {
                throw new IllegalStateException(entry + " is missing from the jar");
            }
            jar.putNextEntry(new JarEntry(entry));
            code.transferTo(jar);
            jar.closeEntry();
        }
        return file;
    }
}
