package dev.tocsin.benchmarks;

import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.network.VirtualNetwork;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.VirtualLoop;
import dev.tocsin.simulator.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;

/**
 * Californium alone in the virtual world: endpoints that post 200 bytes once a period to servers that answer 2.04, and
 * nothing above CoAP. What a fleet of the same size, period and network could be at best.
 */
final class BareCalifornium implements AutoCloseable {

    private static final int PORT = 5683;
    private static final int PAYLOAD_BYTES = 200;

    private final World world = World.open(new Seed(42), Instant.parse("2027-03-01T00:00:00Z"));
    private final VirtualNetwork network = new VirtualNetwork(world);
    private final Configuration config = new Configuration();
    private final Duration period;
    private long answers;

    BareCalifornium(int clients, int servers, Duration period, Conditions conditions) {
        this.period = period;
        network.conditions(conditions);
        config.set(SystemConfig.HEALTH_STATUS_INTERVAL, 0, TimeUnit.MILLISECONDS);
        config.set(CoapConfig.BLOCKWISE_STATUS_INTERVAL, 1, TimeUnit.HOURS);
        config.set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP);
        InetSocketAddress[] addresses = new InetSocketAddress[servers];
        for (int i = 0; i < servers; i++) {
            Host host = network.host("server-" + i);
            addresses[i] = new InetSocketAddress(host.address(), PORT);
            endpoint(host, PORT).setMessageDeliverer(new Server());
        }
        for (int i = 0; i < clients; i++) {
            CoapEndpoint endpoint = endpoint(network.host("client-" + i), 0);
            endpoint.setMessageDeliverer(new Client());
            for (InetSocketAddress address : addresses) {
                var unused = world.schedule(period.toNanos() * i / clients, () -> post(endpoint, address));
            }
        }
    }

    private CoapEndpoint endpoint(Host host, int port) {
        VirtualLoop loop = world.loop(host.name());
        CoapEndpoint endpoint = CoapEndpoint.builder()
                .setConfiguration(config)
                .setConnector(new VirtualConnector(host.on(loop), new InetSocketAddress(host.address(), port)))
                .build();
        endpoint.setExecutors(loop, loop);
        loop.enter(() -> {
            try {
                endpoint.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return endpoint;
    }

    private void post(CoapEndpoint endpoint, InetSocketAddress to) {
        Request request = new Request(CoAP.Code.POST, CoAP.Type.CON);
        request.setDestinationContext(new AddressEndpointContext(to));
        request.getOptions().setUriPath("heartbeat");
        request.setPayload(new byte[PAYLOAD_BYTES]);
        request.addMessageObserver(new MessageObserverAdapter() {
            @Override
            public void onResponse(Response response) {
                answers++;
            }
        });
        endpoint.sendRequest(request);
        var unused = world.schedule(period.toNanos(), () -> post(endpoint, to));
    }

    void run(Duration time) {
        world.run(time);
    }

    long answers() {
        return answers;
    }

    @Override
    public void close() {
        world.close();
    }

    private static final class Server implements MessageDeliverer {
        @Override
        public void deliverRequest(Exchange exchange) {
            exchange.sendResponse(new Response(CoAP.ResponseCode.CHANGED));
        }

        @Override
        public void deliverResponse(Exchange exchange, Response response) {
            throw new IllegalStateException("a server asks nobody");
        }
    }

    private static final class Client implements MessageDeliverer {
        @Override
        public void deliverRequest(Exchange exchange) {
            throw new IllegalStateException("nobody asks a client");
        }

        @Override
        public void deliverResponse(Exchange exchange, Response response) {
            exchange.getRequest().setResponse(response);
        }
    }
}
