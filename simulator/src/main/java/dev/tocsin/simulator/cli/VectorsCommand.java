package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.eval.VectorEvaluation;
import dev.tocsin.simulator.eval.VectorFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin eval vectors}. */
@Command(
        name = "vectors",
        description = {
            "Puts the signatures, hashes and COSE objects of Wycheproof, Botan and the COSE working group",
            "to our own verifiers: each must be accepted or refused as it is marked.",
            "A valid one that cannot be ours (another curve, another hash) is named with the reason."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {
            " 0:all as marked, or otherwise for a named reason",
            " 1:a vector came out otherwise than it is marked",
            " 2:the vectors cannot be read"
        })
final class VectorsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "a folder with wycheproof, botan and cose in it")
    private Path folder = Path.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "writes the figures as JSON")
    private @Nullable Path json;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        ResultFiles.tryOut(spec, "--json", json);
        return switch (VectorEvaluation.of(folder)) {
            case VectorEvaluation.Outcome.Unusable(String why) -> {
                err.println("tocsin: " + why);
                yield Exit.INVALID;
            }
            case VectorEvaluation.Outcome.Tried(VectorEvaluation evaluation) -> {
                print(evaluation, spec.commandLine().getOut());
                if (!ResultFiles.write(spec, json, evaluation::write)) {
                    yield Exit.INVALID;
                }
                yield evaluation.held() ? Exit.OK : Exit.VIOLATED;
            }
        };
    }

    private static void print(VectorEvaluation evaluation, PrintWriter out) {
        out.printf("%-52s%8s%10s%10s%11s%13s%n", "file", "vectors", "accepted", "rejected", "explained", "unexplained");
        for (VectorFile f : evaluation.files()) {
            long explained = f.deviations().values().stream()
                    .mapToLong(ids -> ids.size())
                    .sum();
            out.printf(
                    "%-52s%8d%10d%10d%11d%13d%n",
                    f.name(),
                    f.vectors().size(),
                    f.accepted(),
                    f.rejected(),
                    explained,
                    f.unexplained().size());
        }
        for (VectorFile f : evaluation.files()) {
            if (!f.note().isEmpty()) {
                out.println(f.name() + ": " + f.note());
            }
            f.deviations()
                    .forEach((reason, ids) -> out.println(
                            f.name() + ": refused, " + ids.size() + " × " + reason + ": " + String.join(", ", ids)));
            f.unexplained().forEach(sentence -> out.println(f.name() + ": UNEXPLAINED " + sentence));
        }
        out.println(evaluation.held() ? "held" : "violated");
        out.flush();
    }
}
