package dev.tocsin.benchmarks.apart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tocsin.benchmarks.load.FixedRate;
import dev.tocsin.benchmarks.path.Cast;
import dev.tocsin.benchmarks.path.CastFile;
import dev.tocsin.benchmarks.path.OwnDevices;
import dev.tocsin.benchmarks.path.Sender;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.session.AlarmRequest;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Delivery;
import dev.tocsin.sdk.session.Indication;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One device in a fresh process: arms, waits until its centre has answered it or does not, and raises the first alarm of its
 * life. Then, for each line {@code ALARMS RATE} on its input, as many more at that rate.
 *
 * <p>Arguments: a cast's file, the device's place in it, the centre's address, a folder for its journal, and {@code
 * session} or {@code cold}. Answers {@code {"armed_ms", "ready_ms", "first_us", "signed_us", "sent_us"}}, from the start of the process to
 * armed and to an answer of the centre, and from the alarm to its receipt, its signature and its first datagram; then {@code {"latencies"}}.
 */
public final class DeviceMain {

    /** The session stands before the alarm is raised, and the device has rested since. */
    public static final String SESSION = "session";

    /** The alarm is raised as soon as the device is armed: its handshake is part of it. */
    public static final String COLD = "cold";

    /** With a session: so long after the centre's first answer the alarm is raised. A rehearsal is over by then. */
    public static final long REST_S = 2;

    private static final long PATIENCE_S = 60;
    private static final double US = 1e3;

    private DeviceMain() {}

    /** Works until its input ends. */
    public static void main(String... args)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        PrintStream out = System.out;
        Cast cast = CastFile.read(Path.of(args[0]));
        try (OwnDevices devices = OwnDevices.startKept(cast, List.of(args[2]), Path.of(args[3]))) {
            Device device = devices.open(Integer.parseInt(args[1]));
            CountDownLatch ready = new CountDownLatch(args[4].equals(COLD) ? 0 : 1);
            device.onIndication(now -> {
                if (now == Indication.ARMED) {
                    ready.countDown();
                }
            });
            var unused = device.armed().get(PATIENCE_S, TimeUnit.SECONDS);
            ObjectNode answer = new ObjectMapper().createObjectNode().put("armed_ms", sinceStartMs());
            if (!ready.await(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new IOException("no answer of the centre in " + PATIENCE_S + " s");
            }
            answer.put("ready_ms", sinceStartMs());
            if (args[4].equals(SESSION)) {
                TimeUnit.SECONDS.sleep(REST_S);
            }
            try (Sender sender = devices.sender(device)) {
                out.println(first(device, answer));
                more(sender, out);
            }
        }
        System.exit(0);
    }

    private static ObjectNode first(Device device, ObjectNode answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        long pressedNs = System.nanoTime();
        AlarmStatus status = device.raise(AlarmRequest.live(AlarmKind.PANIC, new StageTimes(pressedNs, pressedNs)))
                .receivedByAll()
                .get(PATIENCE_S, TimeUnit.SECONDS);
        long receiptedNs = System.nanoTime();
        Delivery delivery = status.deliveries().values().iterator().next();
        return answer.put("first_us", (receiptedNs - pressedNs) / US)
                .put("signed_us", (status.signedNs() - pressedNs) / US)
                .put("sent_us", (delivery.firstSentNs().orElseThrow() - pressedNs) / US);
    }

    private static void more(Sender sender, PrintStream out) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            String latencies = FixedRate.run(sender, Integer.parseInt(words[0]), Double.parseDouble(words[1]))
                    .encoded();
            out.println(new ObjectMapper().createObjectNode().put("latencies", latencies));
        }
    }

    private static double sinceStartMs() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
