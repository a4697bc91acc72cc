package dev.tocsin.simulator.centre.registry;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A registry that follows its file. A change that cannot be read leaves the registry as it was: a typing error must not
 * disarm a county. Nor must it keep a stolen device in it: what the authority revoked is revoked all the same. {@link #get}
 * is for any thread, the rest for one.
 */
public final class LiveRegistry implements Supplier<Registry> {

    /** What a file looks like from outside. */
    private record Stamp(FileTime modified, long size) {}

    /** What {@link #reload} found. */
    public sealed interface Change {
        /** The registry is what the file says now. */
        record Taken(int devices) implements Change {}

        /** The file is wrong; the registry stays as it was, but for devices that the authority revoked. */
        record Rejected(List<Problem> problems) implements Change {}
    }

    private final Path file;
    private final Optional<Enrolments> enrolments;
    private List<Object> seen;
    private volatile Registry registry;

    private LiveRegistry(Path file, Optional<Enrolments> enrolments, List<Object> seen, Registry registry) {
        this.file = file;
        this.enrolments = enrolments;
        this.seen = seen;
        this.registry = registry;
    }

    /** Reads a registry for the first time. Blocks. */
    public static Loaded<LiveRegistry> open(Path file) {
        return open(file, Optional.empty());
    }

    /** Reads a registry and the authority's books for the first time. Blocks. */
    public static Loaded<LiveRegistry> open(Path file, Optional<Enrolments> enrolments) {
        List<Object> stamp = stamps(file, enrolments);
        return switch (RegistryFile.load(file, enrolments)) {
            case Loaded.Ok<Registry>(Registry registry) ->
                new Loaded.Ok<>(new LiveRegistry(file, enrolments, stamp, registry));
            case Loaded.Bad<Registry>(List<Problem> problems) -> new Loaded.Bad<>(problems);
        };
    }

    @Override
    public Registry get() {
        return registry;
    }

    /** Reads the file if it was changed since it was read last; empty if not. Blocks. */
    public synchronized Optional<Change> reloadIfChanged() {
        return stamps(file, enrolments).equals(seen) ? Optional.empty() : Optional.of(reload());
    }

    /** Reads the file. Blocks. */
    public synchronized Change reload() {
        seen = stamps(file, enrolments);
        return switch (RegistryFile.load(file, enrolments)) {
            case Loaded.Ok<Registry>(Registry now) -> {
                registry = now;
                yield new Change.Taken(now.devices().size());
            }
            case Loaded.Bad<Registry>(List<Problem> problems) -> {
                revoke();
                yield new Change.Rejected(problems);
            }
        };
    }

    /** Takes from the books what must not wait until the file is right again. */
    private void revoke() {
        if (enrolments.isPresent()) {
            try {
                registry = registry.revoking(enrolments.get().read().revokedKeys());
            } catch (IOException e) {
                // the books cannot be read: that is among the problems, or will be once the file is right
            }
        }
    }

    private static List<Object> stamps(Path file, Optional<Enrolments> enrolments) {
        return List.of(stamp(file), enrolments.map(Enrolments::stamp).orElse(""));
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(a.lastModifiedTime(), a.size()));
        } catch (IOException e) {
            return Optional.empty(); // reading it will say why
        }
    }
}
