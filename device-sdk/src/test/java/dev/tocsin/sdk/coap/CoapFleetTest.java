package dev.tocsin.sdk.coap;

import static dev.tocsin.sdk.coap.Loopback.secure;
import static dev.tocsin.sdk.coap.Loopback.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Retransmission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many devices in one process. */
@Timeout(30)
class CoapFleetTest {

    private static final int DEVICES = 200;

    @Test
    void two_hundred_devices_have_no_thread_of_their_own() throws Exception {
        try (Loopback on = new Loopback()) {
            CoapService centre = on.centre();
            assertThat(on.post(on.device(), secure(centre.localAddress())).get())
                    .isInstanceOf(Outcome.Answered.class);
            Set<String> before = threads();
            List<CompletableFuture<Outcome>> all = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                all.add(on.post(
                        on.device(),
                        secure(centre.localAddress()),
                        "alarm",
                        text("alarm " + i),
                        Retransmission.RFC_7252));
            }
            for (CompletableFuture<Outcome> one : all) {
                assertThat(one.get()).isInstanceOf(Outcome.Answered.class);
            }
            assertThat(threads()).containsExactlyElementsOf(before).contains("tocsin-net", "device-loop");
        }
    }

    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.getName().startsWith("surefire") && !thread.getName().startsWith("junit")) {
                names.add(thread.getName());
            }
        }
        return names;
    }
}
