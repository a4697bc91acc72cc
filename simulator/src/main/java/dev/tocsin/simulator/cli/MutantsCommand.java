package dev.tocsin.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.mutant.Mutant;
import dev.tocsin.simulator.mutant.Trials;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin mutants}: whether the checks bite. */
@Command(
        name = "mutants",
        description = {
            "Breaks each promise on purpose, and says which seed of a swarm caught it. A break counts as caught only if the"
                    + " check of its own promise names it. The build as it ships must pass the same seeds.",
            "A minute or three on two cores. Each mutant is a process of its own; what ships has no switch for it."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {
            "  0:every mutant was caught, and what ships passed the same seeds",
            "  1:a mutant lived, or what ships did not pass",
            "  2:an option is wrong",
            "130:stopped by Ctrl-C"
        })
final class MutantsCommand implements Callable<Integer> {

    private static final int MOST_RUNS = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Parameters(
            arity = "0..*",
            paramLabel = "MUTANT",
            completionCandidates = Names.class,
            description = "which ones; default: all")
    private List<String> names = List.of();

    @Option(names = "--list", description = "says what there is, and plays nothing")
    private boolean list;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "the first; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(
            names = "--runs",
            paramLabel = "K",
            defaultValue = "40",
            description = "seeds for each mutant at most; default: ${DEFAULT-VALUE}")
    private int runs = 40;

    @Option(names = "--threads", paramLabel = "N", description = "mutants side by side; default: one a core")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", paramLabel = "FILE", description = "writes {mutants: [...], unmutated_clean} there")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Mutant> mutants = chosen();
        if (list && json != null) {
            throw new ParameterException(spec.commandLine(), "--list plays nothing: leave --json out");
        }
        if (list) {
            mutants.forEach(
                    m -> out.printf("%-26s %-24s %s%n", m.name(), m.promise().words(), m.what()));
            out.flush();
            return Exit.OK;
        }
        if (runs < 1 || runs > MOST_RUNS || threads < 1 || seed < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--runs 1 to " + MOST_RUNS + ", --threads 1 or more, --seed 0 or more");
        }
        if (json != null) {
            Outputs.file("--json", json).ifPresent(trouble -> {
                throw new ParameterException(spec.commandLine(), trouble);
            });
        }
        out.printf("… %d mutants, at most %d seeds each, %d side by side%n", mutants.size(), runs, threads);
        out.flush();
        try (Interrupt interrupt = Interrupt.onSignal()) {
            Trials.Result result = new Trials(OwnCommand.java(), new SystemClock(), interrupt::came)
                    .play(mutants, seed, runs, threads, outcome -> {
                        out.println(Ansi.AUTO.string(line(outcome)));
                        out.flush();
                    });
            return told(result, mutants.size());
        }
    }

    private List<Mutant> chosen() {
        if (names.isEmpty()) {
            return Mutant.ALL;
        }
        List<String> known = Mutant.ALL.stream().map(Mutant::name).toList();
        List<Mutant> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(Mutant.named(name)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "there is no mutant " + name + "; " + TomlTable.hintFor(name, known))));
        }
        return chosen;
    }

    private static String line(Trials.Outcome o) {
        String mark = o.caught() ? "@|bold,green caught|@" : "@|bold,red LIVES |@";
        return String.format(
                Locale.ROOT,
                "%s %-26s %-24s %s %s, %.0f s%s%n       %s",
                mark,
                o.mutant().name(),
                o.mutant().promise().words(),
                o.caught() ? "by seed " + o.seed() + " after" : "through",
                o.runs() == 1 ? "1 run" : o.runs() + " runs",
                o.seconds(),
                o.others().isEmpty() ? "" : "; also broken: " + String.join(", ", o.others()),
                (o.words().isEmpty() ? o.mutant().what() : o.words()).replace("@|", "@ |"));
    }

    private int told(Trials.Result r, int asked) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        long caught = r.outcomes().stream().filter(Trials.Outcome::caught).count();
        out.printf("%n%d of %d mutants caught by the check of their own promise%n", caught, asked);
        r.clean()
                .ifPresent(clean -> out.printf(
                        "what ships: %s in the same %d seeds%s%n",
                        clean ? "held" : "did NOT hold",
                        r.cleanRuns(),
                        r.unclear() == 0 ? "" : ", in " + r.unclear() + " of them too little happened to say of all"));
        r.wrongs().stream().limit(10).forEach(out::println);
        if (json != null) {
            Files.writeString(json, JSON.writeValueAsString(node(r)) + "\n");
            out.println("written to " + json);
        }
        out.flush();
        if (r.outcomes().size() < asked || r.clean().isEmpty()) {
            return Exit.INCONCLUSIVE;
        }
        return caught == asked && r.clean().get() ? Exit.OK : Exit.VIOLATED;
    }

    private static ObjectNode node(Trials.Result r) {
        ObjectNode top = JSON.createObjectNode();
        ArrayNode mutants = top.putArray("mutants");
        for (Trials.Outcome o : r.outcomes()) {
            ObjectNode node = mutants.addObject();
            node.put("name", o.mutant().name());
            node.put("promise", o.mutant().promise().id());
            node.put("caught", o.caught());
            node.put("seed", o.seed());
            node.put("runs", o.runs());
            node.put("seconds", Math.round(o.seconds() * 10) / 10.0);
            node.put("said", o.words());
            ArrayNode others = node.putArray("also_broken");
            o.others().forEach(others::add);
        }
        top.put("unmutated_clean", r.clean().orElse(false));
        top.put("unmutated_runs", r.cleanRuns());
        top.put("unmutated_unclear", r.unclear());
        ArrayNode wrongs = top.putArray("unmutated_wrong");
        r.wrongs().forEach(wrongs::add);
        return top;
    }

    /** For the shell's completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Mutant.ALL.stream().map(Mutant::name).iterator();
        }
    }
}
