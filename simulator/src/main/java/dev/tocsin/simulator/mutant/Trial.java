package dev.tocsin.simulator.mutant;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.run.VirtualRun;
import dev.tocsin.simulator.scenario.BuiltIn;
import dev.tocsin.simulator.scenario.Fault;
import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.seeds.Swarm;
import dev.tocsin.simulator.world.jvm.Determinism;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process of its own: breaks itself as a mutant says, plays seeds of the swarm one after the other, and writes a line for
 * each until one is caught. Started by {@link Trials} only.
 */
final class Trial {

    /** In place of a mutant's name: nothing is broken, and every seed must hold. */
    static final String UNMUTATED = "none";

    /** One seed in so many is played over plain CoAP, where an attacker can make up whole messages. */
    private static final int PLAIN_EVERY = 3;

    /** Where further scenarios begin among the arguments. */
    private static final int MORE = 3;

    private Trial() {}

    /**
     * Plays.
     *
     * @param args the mutant's name, the first seed, how many at most; after that, where nothing is broken, further scenarios
     *     that are played under the first seed
     */
    public static void main(String[] args) {
        Determinism.install();
        Optional<Mutant> mutant = Mutant.named(args[0]);
        if (mutant.isEmpty() && !args[0].equals(UNMUTATED)) {
            throw new IllegalArgumentException("no mutant " + args[0]);
        }
        mutant.ifPresent(Mutant::infect);
        String scenario = mutant.map(Mutant::scenario).orElse(Mutant.USUAL);
        long first = Long.parseLong(args[1]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (long seed = first; seed < first + Integer.parseInt(args[2]); seed++) {
            RunReport run = play(scenario(scenario, seed));
            SeedLine line = mutant.isPresent()
                    ? SeedLine.ofMutant(
                            seed, mutant.get().promise(), run.findings().breaches())
                    : SeedLine.ofWhatShips(seed, run.findings().breaches(), run.outcomes(), run.verdict());
            for (int i = MORE; i < args.length && mutant.isEmpty() && seed == first && !line.caught(); i++) {
                RunReport other = play(scenario(args[i], seed)); // once there, too: it has no mix to draw
                line = SeedLine.ofWhatShips(seed, other.findings().breaches(), other.outcomes(), other.verdict());
            }
            out.println(line.text());
            if (line.caught() && mutant.isPresent()) {
                return;
            }
        }
    }

    private static RunReport play(Scenario scenario) {
        return switch (VirtualRun.runHere(scenario, Path.of("none"), new SystemClock(), () -> false)) {
            case VirtualRun.Result.Reported(RunReport r, List<String> failures) -> r;
            case VirtualRun.Result.Refused(List<Problem> problems) ->
                throw new IllegalStateException(problems.toString());
        };
    }

    /** A seed's mix; over plain CoAP an attacker only makes up signed things: heartbeats there are nobody's word. */
    static Scenario scenario(String name, long seed) {
        if (!(BuiltIn.read(name).orElseThrow() instanceof Reading.Read(Scenario declared))) {
            throw new IllegalStateException("the scenario " + name + " cannot be read");
        }
        if (!name.equals(Mutant.USUAL)) {
            return declared.withSeed(seed);
        }
        Scenario mixed = Swarm.of(declared.withSeed(seed));
        if (seed % PLAIN_EVERY != 0) {
            return mixed.withFleet(mixed.fleet().withSecure(true));
        }
        return mixed.withFleet(mixed.fleet().withSecure(false))
                .withFaults(declared.faults().stream()
                        .filter(f -> mixed.faults().contains(f) || f instanceof Fault.Attack)
                        .filter(f -> !(f instanceof Fault.Attack attack)
                                || attack.deeds().stream().allMatch(d -> d.kind() == Fault.Deed.Kind.FORGE))
                        .toList());
    }
}
