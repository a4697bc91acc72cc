package dev.tocsin.benchmarks.path;

import dev.tocsin.benchmarks.path.Cast.Party;
import dev.tocsin.benchmarks.path.Work.DeviceEnd;
import dev.tocsin.sdk.model.Bytes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.leshan.client.LeshanClient;
import org.eclipse.leshan.client.LeshanClientBuilder;
import org.eclipse.leshan.client.californium.endpoint.CaliforniumClientEndpointsProvider;
import org.eclipse.leshan.client.californium.endpoint.coaps.CoapsClientProtocolProvider;
import org.eclipse.leshan.client.object.Device;
import org.eclipse.leshan.client.object.Security;
import org.eclipse.leshan.client.object.Server;
import org.eclipse.leshan.client.observer.LwM2mClientObserverAdapter;
import org.eclipse.leshan.client.resource.BaseInstanceEnabler;
import org.eclipse.leshan.client.resource.ObjectsInitializer;
import org.eclipse.leshan.client.servers.LwM2mServer;
import org.eclipse.leshan.core.LwM2mId;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.model.StaticModel;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.request.ContentFormat;
import org.eclipse.leshan.core.request.RegisterRequest;
import org.eclipse.leshan.core.response.ReadResponse;
import org.eclipse.leshan.core.response.WriteResponse;

/** A device on Leshan's client, registered. */
final class LeshanDevice implements Sender {

    private static final int SERVER = 123;
    private static final long LIFETIME_S = 86_400;
    private static final long PATIENCE_S = 60;
    private static final List<String> ALARM = List.of("/" + Leshan.OBJECT + "/0/" + Leshan.ALARM);

    private final LeshanClient client;
    private final DeviceEnd end;
    private final Button button;

    private LeshanDevice(LeshanClient client, DeviceEnd end, Button button) {
        this.client = client;
        this.end = end;
        this.button = button;
    }

    /** Connects and registers. Blocks. */
    static LeshanDevice register(Cast cast, int device, String uri) throws IOException {
        Party party = cast.devices().get(device);
        DeviceEnd end = new DeviceEnd(cast, device);
        Button button = new Button();
        LeshanClientBuilder builder = new LeshanClientBuilder(party.id());
        ObjectsInitializer objects = new ObjectsInitializer(new StaticModel(Leshan.models()));
        try {
            objects.setInstancesForObject(
                    LwM2mId.SECURITY,
                    Security.x509(
                            uri,
                            SERVER,
                            Tls.certificate(party.certificatePem()).getEncoded(),
                            Tls.key(party.keyPem()).getEncoded(),
                            Tls.certificate(cast.centres().getFirst().certificatePem())
                                    .getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate just made can be encoded", e);
        }
        objects.setInstancesForObject(LwM2mId.SERVER, new Server(SERVER, LIFETIME_S));
        objects.setInstancesForObject(LwM2mId.DEVICE, new Device("Tocsin", "benchmark", "1"));
        objects.setInstancesForObject(Leshan.OBJECT, button);
        builder.setObjects(objects.createAll());
        builder.setEndpointsProviders(
                new CaliforniumClientEndpointsProvider.Builder(new CoapsClientProtocolProvider()).build());
        LeshanClient client = builder.build();
        CompletableFuture<Void> registered = new CompletableFuture<>();
        client.addObserver(new LwM2mClientObserverAdapter() {
            @Override
            public void onRegistrationSuccess(LwM2mServer server, RegisterRequest request, String id) {
                registered.complete(null);
            }
        });
        client.start();
        try {
            var unused = registered.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            client.destroy(false);
            throw new IOException("Leshan's client could not register in " + PATIENCE_S + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new LeshanDevice(client, end, button);
    }

    @Override
    public CompletableFuture<Long> raise() {
        byte[] alarm = end.alarm();
        CompletableFuture<Long> receipted = button.raised(end, alarm);
        LwM2mServer server = client.getRegisteredServers().values().iterator().next();
        client.getSendService()
                .sendData(
                        server,
                        ContentFormat.SENML_CBOR,
                        ALARM,
                        TimeUnit.SECONDS.toMillis(PATIENCE_S),
                        sent -> {},
                        failure -> receipted.completeExceptionally(failure));
        return receipted;
    }

    @Override
    public void close() {
        client.destroy(false);
    }

    /** The object: an alarm to read, a receipt to write. */
    public static final class Button extends BaseInstanceEnabler {

        private record Pending(DeviceEnd end, Bytes alarm, CompletableFuture<Long> receipted) {}

        private final Map<Bytes, Pending> pending = new ConcurrentHashMap<>();
        private volatile byte[] newest = new byte[0];

        /** Leshan asks for a constructor that anybody may call. */
        public Button() {}

        CompletableFuture<Long> raised(DeviceEnd end, byte[] alarm) {
            CompletableFuture<Long> receipted = new CompletableFuture<>();
            pending.put(Bytes.wrap(alarm).sha256(), new Pending(end, Bytes.wrap(alarm), receipted));
            newest = alarm;
            return receipted;
        }

        @Override
        public ReadResponse read(LwM2mServer server, int resource) {
            return resource == Leshan.ALARM ? ReadResponse.success(resource, newest) : ReadResponse.notFound();
        }

        @Override
        public WriteResponse write(LwM2mServer server, boolean replace, int resource, LwM2mResource value) {
            if (resource != Leshan.RECEIPT || !(value.getValue() instanceof byte[] receipt)) {
                return WriteResponse.notFound();
            }
            Pending waiting = pending.remove(DeviceEnd.envelopeOf(receipt));
            if (waiting == null) {
                return WriteResponse.badRequest("no alarm waits for it");
            }
            try {
                waiting.receipted.complete(waiting.end.verified(receipt, waiting.alarm.readOnlyArray()));
                return WriteResponse.success();
            } catch (IllegalStateException e) {
                waiting.receipted.completeExceptionally(e);
                return WriteResponse.badRequest("not the receipt");
            }
        }

        @Override
        public List<Integer> getAvailableResourceIds(ObjectModel model) {
            return List.of(Leshan.ALARM, Leshan.RECEIPT);
        }
    }
}
