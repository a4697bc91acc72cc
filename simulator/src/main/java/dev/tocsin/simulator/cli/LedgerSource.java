package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.Partners;
import dev.tocsin.simulator.centre.Plain;
import dev.tocsin.simulator.centre.config.CentreConfig;
import dev.tocsin.simulator.centre.ledger.DrillPlan;
import dev.tocsin.simulator.centre.ledger.UnreadableEntryException;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import dev.tocsin.simulator.centre.registry.RegistryFile;
import dev.tocsin.simulator.centre.sqlite.SqliteAuthority;
import dev.tocsin.simulator.centre.sqlite.SqliteLedger;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say which centre a command is about; before or after a subcommand's name. */
final class LedgerSource {

    /** The configuration that is taken where none is named. */
    static final String DEFAULT_CONFIG = "centre.yaml";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "the centre's configuration; default: " + DEFAULT_CONFIG + " in this folder")
    private @Nullable Path config;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "the ledger file itself, where there is no configuration")
    private @Nullable Path ledger;

    /** A task on an open ledger; gives the exit code. */
    interface Task {
        int run(SqliteLedger ledger, Registry registry);
    }

    /** The configuration file. */
    Path config() {
        return config == null ? Path.of(DEFAULT_CONFIG) : config;
    }

    /** Whether {@code --ledger} was given. */
    boolean namesLedger() {
        return ledger != null;
    }

    /** Opens the ledger, which may be in use by a running centre, and runs a task on it; problems go to {@code err}. */
    int open(PrintWriter err, Task task) {
        Path file;
        Registry registry = Registry.EMPTY;
        if (ledger != null && config != null) {
            err.println("--config and --ledger exclude each other: the configuration names its ledger");
            return Exit.INVALID;
        } else if (ledger != null) {
            file = ledger;
        } else {
            Optional<CentreConfig.Files> files = orPrint(CentreConfig.files(config()), err);
            Optional<Registry> known = files.flatMap(f -> registry(f, err));
            if (files.isEmpty() || known.isEmpty()) {
                hint(err);
                return Exit.INVALID;
            }
            file = files.get().ledger();
            registry = known.get();
        }
        return switch (SqliteLedger.openExisting(file, new SystemClock())) {
            case SqliteLedger.Opening.Unusable(String why) -> {
                err.println(why);
                yield Exit.INVALID;
            }
            case SqliteLedger.Opening.Opened(SqliteLedger opened) -> {
                try (opened) {
                    yield task.run(opened, registry);
                } catch (UnreadableEntryException e) {
                    err.println(file + ": " + Plain.line(String.valueOf(e.getMessage()))
                            + ": it was changed after it was written ('tocsin ledger verify' says more)");
                    yield Exit.VIOLATED;
                }
            }
        };
    }

    /** Whom the centre knows, with those that its authority's books know. */
    private static Optional<Registry> registry(CentreConfig.Files files, PrintWriter err) {
        if (files.books().isEmpty()) {
            return orPrint(RegistryFile.load(files.registry()), err);
        }
        try (SqliteAuthority books = SqliteAuthority.read(files.books().get())) {
            return orPrint(RegistryFile.load(files.registry(), Optional.of(books)), err);
        } catch (IOException e) {
            err.println(e.getMessage());
            return Optional.empty();
        }
    }

    /** The devices that a drill of this pattern is for; empty, and said why, if there can be none. */
    List<String> drilled(DrillPlan plan, PrintWriter err) {
        if (ledger != null) {
            err.println("a drill is ordered with --config: it says whether this centre holds drills, and for whom");
            return List.of();
        }
        Optional<Boolean> drills = orPrint(CentreConfig.drills(config()), err);
        Optional<Registry> registry =
                drills.flatMap(d -> orPrint(CentreConfig.files(config()), err)).flatMap(f -> registry(f, err));
        if (registry.isEmpty()) {
            hint(err);
            return List.of();
        }
        if (!drills.orElse(false)) {
            err.println(config()
                    + ": this centre holds no drills (drills: true would be needed); order it at one that does");
            return List.of();
        }
        List<String> devices = registry.get().devices().stream()
                .filter(device -> !device.revoked())
                .map(RegisteredDevice::id)
                .filter(plan::covers)
                .toList();
        if (devices.isEmpty()) {
            err.println("no device of the registry matches '" + Plain.line(plan.devices()) + "'");
        }
        return devices;
    }

    /** Other centres and their keys; nobody where no configuration tells. Problems go to {@code err}. */
    Optional<Partners> partners(PrintWriter err) {
        return ledger != null ? Optional.of(Partners.NONE) : orPrint(CentreConfig.partners(config()), err);
    }

    /** Whoever named no configuration may not know that there is one. */
    void hint(PrintWriter err) {
        if (config == null && !Files.exists(config())) {
            err.println("name the centre's configuration with --config FILE, or its ledger with --ledger FILE");
        }
    }

    /** The value, or nothing and the problems printed. */
    static <T> Optional<T> orPrint(Loaded<T> loaded, PrintWriter err) {
        return switch (loaded) {
            case Loaded.Ok<T>(T value) -> Optional.of(value);
            case Loaded.Bad<T>(List<Problem> problems) -> {
                problems.forEach(err::println);
                yield Optional.empty();
            }
        };
    }
}
