package dev.tocsin.simulator.run;

import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.Settings;
import dev.tocsin.simulator.check.Circumstances;
import dev.tocsin.simulator.check.Digest;
import dev.tocsin.simulator.check.Evidence;
import dev.tocsin.simulator.check.Findings;
import dev.tocsin.simulator.check.Judge;
import dev.tocsin.simulator.check.Latencies;
import dev.tocsin.simulator.check.LedgerCopy;
import dev.tocsin.simulator.check.Observer;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.lab.Laboratory;
import dev.tocsin.simulator.lab.Ports;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.report.Scene;
import dev.tocsin.simulator.run.Plan.Planning;
import dev.tocsin.simulator.scenario.Scenario;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Plays one scenario in the real world, from nothing to the report. Blocks; one thread calls. */
public final class RealWorldRun {

    private static final long LOOK_NS = 100_000_000;

    /** All is settled when nothing has changed for this long. */
    private static final long CALM_NS = 1_000_000_000;

    private static final Duration FIRST_LINK = Duration.ofSeconds(30);
    private static final Duration LINK_EACH = Duration.ofMillis(100);

    /** Between the last preparation and the first move. */
    private static final long LEAD_NS = 200_000_000;

    /**
     * How to run it.
     *
     * @param data where recordings are; need not exist
     * @param folder an empty folder for keys, configurations, journals and ledgers
     * @param centresAsProcesses whether each centre gets a process of its own
     * @param tocsin the command that is this program, without arguments
     */
    public record Options(Path data, Path folder, boolean centresAsProcesses, List<String> tocsin) {
        public Options {
            tocsin = List.copyOf(tocsin);
        }
    }

    /** How running ended. */
    public sealed interface Result {
        /** There is a report, also of a run that was cut short. */
        record Reported(RunReport report) implements Result {}

        /** The scenario asks for what is not there. */
        record Refused(List<Problem> problems) implements Result {}

        /** This machine does not give what is needed. */
        record Failed(String why) implements Result {}
    }

    private final Scenario scenario;
    private final Plan plan;
    private final Options options;
    private final Clock clock;
    private final Progress progress;
    private final BooleanSupplier interrupted;
    private final Claims claims = new Claims();
    private final LampLog lamps = new LampLog();
    private final long beganNs;
    private Optional<String> cutShort = Optional.empty();
    private int threadsWithOne;
    private int threads;

    private RealWorldRun(
            Scenario scenario,
            Plan plan,
            Options options,
            Clock clock,
            Progress progress,
            BooleanSupplier interrupted) {
        this.scenario = scenario;
        this.plan = plan;
        this.options = options;
        this.clock = clock;
        this.progress = progress;
        this.interrupted = interrupted;
        this.beganNs = clock.nanoTime();
    }

    /**
     * Runs a scenario.
     *
     * @param interrupted whether to end early; asked several times a second
     */
    public static Result run(
            Scenario scenario, Options options, Clock clock, Progress progress, BooleanSupplier interrupted) {
        return switch (Planner.plan(scenario, options.data())) {
            case Planning.Refused(List<Problem> problems) -> new Result.Refused(problems);
            case Planning.Planned(Plan plan) -> {
                try {
                    yield new Result.Reported(
                            new RealWorldRun(scenario, plan, options, clock, progress, interrupted).run());
                } catch (IOException e) {
                    yield new Result.Failed(FileTrouble.of(e));
                } finally {
                    progress.finished();
                }
            }
        };
    }

    private RunReport run() throws IOException {
        if (!plan.input().note().isEmpty()) {
            progress.remark(plan.input().note());
        }
        if (scenario.run().start().isPresent()) {
            progress.remark("the real world starts now: run.start is left aside");
        }
        boolean processes = options.centresAsProcesses() || !scenario.faults().isEmpty();
        DeviceFleet.requireFiles(
                plan.devices().size(),
                processes ? 0 : scenario.fleet().centres().size());
        progress.phase("keys and certificates for " + plan.devices().size() + " devices");
        Laboratory lab = Laboratory.create(
                options.folder(),
                new Laboratory.Plan(
                        Ports.free(scenario.fleet().centres()),
                        plan.devices(),
                        scenario.fleet().heartbeat().toSeconds() + "s",
                        scenario.fleet().signatures()),
                clock);
        progress.phase(
                "centres " + String.join(", ", scenario.fleet().centres()) + (processes ? ", a process each" : ""));
        Player player;
        FaultSchedule faults;
        RunReport.FleetFacts facts;
        double simulatedS;
        try (Centres centres = Centres.start(lab, processes, options.tocsin());
                DeviceFleet fleet = new DeviceFleet(claims, lamps)) {
            open(fleet, lab);
            player = new Player(plan, fleet::controls, clock, LockSupport::parkNanos);
            faults = new FaultSchedule(CentreKill.among(scenario.faults()), centres.byId(), clock);
            long startNs = clock.nanoTime() + LEAD_NS;
            if (cutShort.isEmpty()) {
                play(player, faults, startNs);
                settle(faults);
            }
            simulatedS = Math.max(0, clock.nanoTime() - startNs) / 1e9;
            facts = new RunReport.FleetFacts(
                    lab.devices().size(), scenario.fleet().centres(), processes, threads, threads - threadsWithOne);
        }
        progress.phase("reading the ledgers");
        return report(lab, player, faults, facts, simulatedS);
    }

    private void open(DeviceFleet fleet, Laboratory lab) throws IOException {
        int devices = lab.devices().size();
        progress.phase("arming " + devices + " devices");
        for (Path home : lab.devices().values()) {
            fleet.open(home.resolve("device.toml"));
            if (fleet.size() == 1) {
                awaitLinks(fleet, 1, FIRST_LINK);
                threadsWithOne = threadsOfFleet(0);
            }
            if (interrupted.getAsBoolean()) {
                break;
            }
        }
        awaitLinks(fleet, devices, FIRST_LINK.plus(LINK_EACH.multipliedBy(devices)));
        countThreads(0);
    }

    private void awaitLinks(DeviceFleet fleet, int devices, Duration atMost) {
        long startNs = clock.nanoTime();
        while (fleet.linked() < devices && cutShort.isEmpty()) {
            if (interrupted.getAsBoolean()) {
                cutShort = Optional.of("stopped before the first press");
            } else if (clock.nanoTime() - startNs > atMost.toNanos()) {
                cutShort = Optional.of((devices - fleet.linked()) + " of " + devices
                        + " devices did not reach every centre within " + atMost.toSeconds() + " s");
            } else {
                standing(startNs, fleet.linked(), plan.devices().size(), "devices linked");
                LockSupport.parkNanos(LOOK_NS);
            }
        }
    }

    private void play(Player player, FaultSchedule faults, long startNs) {
        progress.phase("playing " + plan.presses() + " presses, " + plan.input().kind() + " contacts");
        Thread hand = thread("tocsin-hand", () -> player.play(startNs));
        Thread fate = thread("tocsin-faults", () -> faults.run(startNs));
        hand.start();
        fate.start();
        long endNs = startNs + scenario.run().duration().toNanos();
        while (hand.isAlive() || fate.isAlive() || clock.nanoTime() < endNs) {
            if (interrupted.getAsBoolean()) {
                player.stop();
                faults.stop();
                cutShort = Optional.of("stopped after " + player.presses() + " of " + plan.presses() + " presses");
                break;
            }
            tell(faults);
            countThreads((hand.isAlive() ? 1 : 0) + (fate.isAlive() ? 1 : 0));
            standing(startNs, player.presses(), plan.presses(), "presses");
            LockSupport.parkNanos(LOOK_NS);
        }
        join(hand);
        join(fate);
        tell(faults);
        faults.trouble().ifPresent(why -> cutShort = Optional.of(why));
    }

    private void settle(FaultSchedule faults) {
        progress.phase("settling, at most " + scenario.settle().toSeconds() + " s");
        long startNs = clock.nanoTime();
        long calmSinceNs = startNs;
        int count = claims.count();
        while (clock.nanoTime() - startNs < scenario.settle().toNanos() && cutShort.isEmpty()) {
            int now = claims.count();
            int settled = claims.settled();
            if (now != count || settled < now) {
                count = now;
                calmSinceNs = clock.nanoTime();
            } else if (clock.nanoTime() - calmSinceNs >= CALM_NS) {
                return;
            }
            if (interrupted.getAsBoolean()) {
                cutShort = Optional.of("stopped while " + (now - settled) + " events were on their way");
            }
            tell(faults);
            countThreads(0);
            standing(startNs, settled, now, "events receipted by every centre");
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private RunReport report(
            Laboratory lab, Player player, FaultSchedule faults, RunReport.FleetFacts facts, double simulatedS)
            throws IOException {
        List<LedgerCopy> ledgers = Centres.ledgers(lab, clock);
        Findings findings =
                Observer.examine(new Evidence(scenario.fleet().centres(), player.done(), ledgers, claims.all()));
        Latencies latencies = Latencies.of(findings.presses());
        Circumstances circumstances = new Circumstances(faults.returnedNs(), facts.threadsGrown(), cutShort);
        List<Outcome> outcomes = Judge.judge(scenario.expectations(), findings, latencies, circumstances);
        return new RunReport(
                scenario.name(),
                "real",
                scenario.run().seed(),
                Judge.overall(outcomes),
                Digest.of(findings.presses()),
                simulatedS,
                (clock.nanoTime() - beganNs) / 1e9,
                facts,
                plan.input(),
                new RunReport.Playing(plan.moves().size(), player.lateness()),
                exchanges(),
                findings,
                latencies,
                outcomes,
                cutShort,
                new TreeMap<>(),
                scene(faults));
    }

    private Scene scene(FaultSchedule faults) {
        return new Scene(
                scenario.story(),
                plan.devices(),
                faults.spans(),
                new DeviceTrace(claims.all(), lamps),
                clock.nanoTime(),
                Settings.of("any").offlineAfter(scenario.fleet().heartbeat()));
    }

    private long exchanges() {
        return scenario.fleet().centres().stream().mapToInt(claims::receivedBy).sum();
    }

    private void standing(long sinceNs, int done, int of, String unit) {
        SortedMap<String, Integer> receipts = new TreeMap<>();
        scenario.fleet().centres().forEach(c -> receipts.put(c, claims.receivedBy(c)));
        double elapsedS = Math.max(0, clock.nanoTime() - sinceNs) / 1e9;
        progress.standing(new Progress.Standing(elapsedS, done, of, unit, claims.count(), receipts));
    }

    private void tell(FaultSchedule faults) {
        for (Optional<String> r = faults.nextRemark(); r.isPresent(); r = faults.nextRemark()) {
            progress.remark(r.get());
        }
    }

    /** Threads may come late, with the first alarms: the most that were ever seen count. */
    private void countThreads(int playing) {
        threads = Math.max(threads, threadsOfFleet(playing));
    }

    /** @param playing threads of the hand and the faults, which no device needs */
    private static int threadsOfFleet(int playing) {
        return ManagementFactory.getThreadMXBean().getThreadCount() - playing;
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
