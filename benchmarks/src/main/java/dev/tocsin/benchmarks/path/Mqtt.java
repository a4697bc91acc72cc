package dev.tocsin.benchmarks.path;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.tocsin.benchmarks.path.Cast.Party;
import dev.tocsin.benchmarks.path.Work.CentreEnd;
import dev.tocsin.benchmarks.path.Work.DeviceEnd;
import dev.tocsin.sdk.model.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * MQTT 5 as its request and response are meant (OASIS MQTT 5.0, section 4.10): the alarm published with QoS 1 through a
 * Mosquitto broker to the receiver, the receipt published with QoS 1 to the device's own topic. HiveMQ's client at both
 * ends, TLS with X.509; callbacks run where the bytes come in, without another thread's hop.
 */
final class Mqtt implements Carrier {

    private static final String ALARMS = "alarms";
    private static final int KEEP_ALIVE_S = 600;
    private static final long PATIENCE_S = 60;

    private final Mosquitto broker;
    private final Site site;
    private final Cast cast;
    private final CentreEnd centre;
    private final Mqtt5AsyncClient receiver;

    private Mqtt(Mosquitto broker, Site site, Cast cast) throws IOException {
        this.broker = broker;
        this.site = site;
        this.cast = cast;
        this.centre = new CentreEnd(cast, new PeerLedger(site.folder().resolve("mqtt.db")));
        // Broker and receiver stand side by side: what lies between device and broker does not lie between them.
        this.receiver = client(cast.centres().getFirst(), site.listen());
        subscribe(receiver, ALARMS, this::answer);
    }

    static Mqtt open(Site site, Cast cast) throws IOException {
        Mosquitto broker = Mosquitto.start(site, cast);
        try {
            return new Mqtt(broker, site, cast);
        } catch (IOException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private void answer(Mqtt5Publish alarm) {
        var unused = receiver.publish(Mqtt5Publish.builder()
                .topic(alarm.getResponseTopic().orElseThrow())
                .qos(MqttQos.AT_LEAST_ONCE)
                .correlationData(alarm.getCorrelationData().orElseThrow())
                .payload(centre.take(alarm.getPayloadAsBytes()))
                .build());
    }

    @Override
    public String name() {
        return Paths.MQTT;
    }

    @Override
    public String description() {
        return "MQTT 5, QoS 1 both ways over TLS 1.3 with X.509 on both ends (HiveMQ client, Mosquitto in a process of its"
                + " own, TCP_NODELAY); the subscriber commits an SQLite row, synced, and publishes the receipt";
    }

    @Override
    public Sender connect(int device) throws IOException {
        Device connected = new Device(client(cast.devices().get(device), site.reach()), new DeviceEnd(cast, device));
        subscribe(connected.client, connected.topic, connected::receipt);
        return connected;
    }

    private Mqtt5AsyncClient client(Party party, String host) throws IOException {
        Tls tls = Tls.of(party, cast);
        Mqtt5AsyncClient client = Mqtt5Client.builder()
                .identifier(party.id())
                .serverHost(host)
                .serverPort(broker.port())
                .sslConfig(MqttClientSslConfig.builder()
                        .keyManagerFactory(tls.keys())
                        .trustManagerFactory(tls.trust())
                        // by broker and receiver, who share a machine, under an address that is not in the certificate
                        .hostnameVerifier(host.equals(site.reach()) ? null : (name, session) -> true)
                        .build())
                .buildAsync();
        await(client.connectWith().cleanStart(true).keepAlive(KEEP_ALIVE_S).send(), "connect");
        return client;
    }

    private static void subscribe(Mqtt5AsyncClient client, String topic, Consumer<Mqtt5Publish> messages)
            throws IOException {
        await(
                client.subscribeWith()
                        .topicFilter(topic)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .callback(messages)
                        .executor(Runnable::run)
                        .send(),
                "subscribe");
    }

    private static void await(CompletableFuture<?> future, String what) throws IOException {
        try {
            var unused = future.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("MQTT " + what + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("MQTT " + what + ": no answer in " + PATIENCE_S + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        var unused = receiver.disconnect();
        broker.close();
        centre.close();
    }

    private static final class Device implements Sender {

        private record Pending(Bytes alarm, CompletableFuture<Long> receipted) {}

        private final Mqtt5AsyncClient client;
        private final DeviceEnd end;
        private final String topic;
        private final AtomicLong number = new AtomicLong();
        private final Map<Long, Pending> pending = new ConcurrentHashMap<>();

        Device(Mqtt5AsyncClient client, DeviceEnd end) {
            this.client = client;
            this.end = end;
            this.topic = "receipts/" + client.getConfig().getClientIdentifier().orElseThrow();
        }

        @Override
        public CompletableFuture<Long> raise() {
            byte[] alarm = end.alarm();
            long n = number.incrementAndGet();
            CompletableFuture<Long> receipted = new CompletableFuture<>();
            pending.put(n, new Pending(Bytes.wrap(alarm), receipted));
            var unused = client.publish(Mqtt5Publish.builder()
                            .topic(ALARMS)
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .responseTopic(topic)
                            .correlationData(ByteBuffer.allocate(Long.BYTES).putLong(0, n))
                            .payload(alarm)
                            .build())
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            receipted.completeExceptionally(failure);
                        }
                    });
            return receipted;
        }

        private void receipt(Mqtt5Publish message) {
            Pending waiting =
                    pending.remove(message.getCorrelationData().orElseThrow().getLong(0));
            if (waiting != null) { // QoS 1 may bring one twice
                try {
                    waiting.receipted.complete(
                            end.verified(message.getPayloadAsBytes(), waiting.alarm.readOnlyArray()));
                } catch (IllegalStateException e) {
                    waiting.receipted.completeExceptionally(e);
                }
            }
        }

        @Override
        public void close() {
            var unused = client.disconnect();
        }
    }
}
