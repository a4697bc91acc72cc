package dev.tocsin.benchmarks.path;

import dev.tocsin.benchmarks.path.Cast.Party;
import dev.tocsin.benchmarks.path.Work.CentreEnd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.leshan.core.endpoint.Protocol;
import org.eclipse.leshan.core.model.ObjectLoader;
import org.eclipse.leshan.core.model.ObjectModel;
import org.eclipse.leshan.core.model.ResourceModel;
import org.eclipse.leshan.core.node.LwM2mNode;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.node.LwM2mSingleResource;
import org.eclipse.leshan.core.node.TimestampedLwM2mNodes;
import org.eclipse.leshan.core.request.ContentFormat;
import org.eclipse.leshan.core.request.SendRequest;
import org.eclipse.leshan.core.request.WriteRequest;
import org.eclipse.leshan.server.LeshanServer;
import org.eclipse.leshan.server.LeshanServerBuilder;
import org.eclipse.leshan.server.californium.endpoint.CaliforniumServerEndpointsProvider;
import org.eclipse.leshan.server.californium.endpoint.coaps.CoapsServerProtocolProvider;
import org.eclipse.leshan.server.model.StaticModelProvider;
import org.eclipse.leshan.server.registration.Registration;
import org.eclipse.leshan.server.security.InMemorySecurityStore;
import org.eclipse.leshan.server.security.NonUniqueSecurityInfoException;
import org.eclipse.leshan.server.security.SecurityInfo;
import org.eclipse.leshan.server.send.SendListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OMA LwM2M 1.1 with Eclipse Leshan: the device sends the alarm as a resource of an object of its own (Send, SenML CBOR).
 * The protocol answers that without a payload, so that the receipt comes as a Write to another resource of the device. CoAP
 * over DTLS with X.509, retransmissions as RFC 7252 has them.
 */
final class Leshan implements Carrier {

    /** An object in the range for everybody's own use. */
    static final int OBJECT = 26_241;

    /** The alarm, read. */
    static final int ALARM = 0;

    /** The receipt, written. */
    static final int RECEIPT = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Leshan.class);
    private static final long PATIENCE_MS = 60_000;

    private final Site site;
    private final Cast cast;
    private final CentreEnd centre;
    private final LeshanServer server;

    private Leshan(Site site, Cast cast) {
        this.site = site;
        this.cast = cast;
        this.centre = new CentreEnd(cast, new PeerLedger(site.folder().resolve("leshan.db")));
        Party party = cast.centres().getFirst();
        CaliforniumServerEndpointsProvider coaps = new CaliforniumServerEndpointsProvider.Builder(
                        new CoapsServerProtocolProvider())
                .addEndpoint(new InetSocketAddress(site.listen(), 0), Protocol.COAPS)
                .build();
        LeshanServerBuilder builder = new LeshanServerBuilder()
                .setEndpointsProviders(coaps)
                .setPrivateKey(Tls.key(party.keyPem()))
                .setCertificateChain(new X509Certificate[] {Tls.certificate(party.certificatePem())})
                .setTrustedCertificates(new X509Certificate[] {Tls.certificate(cast.authorityPem())})
                .setObjectModelProvider(new StaticModelProvider(models()))
                .setSecurityStore(known(cast));
        this.server = builder.build();
        server.getSendService().addListener(new Alarms());
    }

    static Leshan open(Site site, Cast cast) throws IOException {
        Leshan leshan = new Leshan(site, cast);
        leshan.server.start();
        return leshan;
    }

    /** The usual objects and ours. */
    static List<ObjectModel> models() {
        List<ObjectModel> models = new ArrayList<>(ObjectLoader.loadDefault());
        models.add(new ObjectModel(
                OBJECT,
                "Alarm",
                "",
                "1.0",
                false,
                true,
                resource(ALARM, "Alarm", ResourceModel.Operations.R),
                resource(RECEIPT, "Receipt", ResourceModel.Operations.W)));
        return models;
    }

    private static ResourceModel resource(int id, String name, ResourceModel.Operations operations) {
        return new ResourceModel(id, name, operations, false, true, ResourceModel.Type.OPAQUE, "", "", "");
    }

    private static InMemorySecurityStore known(Cast cast) {
        InMemorySecurityStore store = new InMemorySecurityStore();
        try {
            for (Party device : cast.devices()) {
                store.add(SecurityInfo.newX509CertInfo(device.id()));
            }
            return store;
        } catch (NonUniqueSecurityInfoException e) {
            throw new IllegalStateException("each device has an id of its own", e);
        }
    }

    @Override
    public String name() {
        return Paths.LESHAN;
    }

    @Override
    public String description() {
        return "LwM2M 1.1 over DTLS 1.2 with X.509 on both ends (Eclipse Leshan 2.0.0-M15, Californium with RFC 7252's"
                + " timing): Send, an SQLite row synced, the receipt as a Write to the device";
    }

    @Override
    public Sender connect(int device) throws IOException {
        URI endpoint = server.getEndpoint(Protocol.COAPS).getURI();
        return LeshanDevice.register(cast, device, "coaps://" + site.reach() + ":" + endpoint.getPort());
    }

    @Override
    public void close() {
        server.destroy();
        centre.close();
    }

    private final class Alarms implements SendListener {

        private final LwM2mPath path = new LwM2mPath(OBJECT, 0, ALARM);

        @Override
        public void dataReceived(Registration registration, TimestampedLwM2mNodes data, SendRequest request) {
            LwM2mNode node = data.getNodes().get(path);
            if (node instanceof LwM2mSingleResource resource && resource.getValue() instanceof byte[] alarm) {
                server.send(
                        registration,
                        new WriteRequest(ContentFormat.OPAQUE, OBJECT, 0, RECEIPT, centre.take(alarm)),
                        PATIENCE_MS,
                        written -> {},
                        failure -> LOG.warn("A receipt was not written: {}", failure.toString()));
            } else {
                LOG.error("Something else than an alarm came: {}", data);
            }
        }

        @Override
        public void onError(Registration registration, String message, Exception error) {
            LOG.error("A Send that cannot be read: {}", message, error);
        }
    }
}
