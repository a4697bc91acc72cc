package dev.tocsin.benchmarks.path;

import dev.tocsin.benchmarks.path.Work.CentreEnd;
import dev.tocsin.benchmarks.path.Work.DeviceEnd;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A POST over HTTPS that the receipt answers: Jetty, and the JDK's client on HTTP/1.1, whose connection stays open. It
 * has the fewest bytes and threads of what HTTP offers for one small exchange after the other.
 */
final class Https implements Carrier {

    /** Longer than other paths' turns: the connection must still be there. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Server server;
    private final CentreEnd centre;
    private final URI uri;
    private final Cast cast;

    private Https(Server server, CentreEnd centre, URI uri, Cast cast) {
        this.server = server;
        this.centre = centre;
        this.uri = uri;
        this.cast = cast;
    }

    static Https open(Site site, Cast cast) throws IOException {
        System.setProperty("jdk.httpclient.keepalive.timeout", String.valueOf(IDLE.toSeconds()));
        Server server = new Server();
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(Tls.of(cast.centres().getFirst(), cast).context());
        ssl.setNeedClientAuth(true);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.addCustomizer(new SecureRequestCustomizer(false)); // devices know an address, no name
        ServerConnector connector = new ServerConnector(server, ssl, new HttpConnectionFactory(http));
        connector.setHost(site.listen());
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
        CentreEnd centre = new CentreEnd(cast, new PeerLedger(site.folder().resolve("https.db")));
        server.setHandler(new Alarms(centre));
        try {
            server.start();
        } catch (Exception e) { // as Jetty declares it
            centre.close();
            throw new IOException("Jetty does not start: " + e.getMessage(), e);
        }
        return new Https(
                server,
                centre,
                URI.create("https://" + site.reach() + ":" + connector.getLocalPort() + "/alarm"),
                cast);
    }

    @Override
    public String name() {
        return Paths.HTTPS;
    }

    @Override
    public String description() {
        return "POST over HTTP/1.1 and TLS 1.3 with X.509 on both ends, connection kept open (JDK HttpClient, Jetty);"
                + " SQLite row synced in the handler, receipt in the answer";
    }

    @Override
    public Sender connect(int device) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Tls.of(cast.devices().get(device), cast).context())
                .build();
        return new Device(client, uri, new DeviceEnd(cast, device));
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            centre.close();
        }
    }

    private record Device(HttpClient client, URI uri, DeviceEnd end) implements Sender {

        @Override
        public CompletableFuture<Long> raise() {
            byte[] alarm = end.alarm();
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(PATIENCE)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(alarm))
                    .build();
            return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                    .thenApply(answer -> end.verified(answer.body(), alarm));
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }

    /** Takes alarms on Jetty's own thread. */
    private static final class Alarms extends Handler.Abstract {

        private final CentreEnd centre;

        Alarms(CentreEnd centre) {
            this.centre = centre;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            ByteBuffer body = Content.Source.asByteBuffer(request);
            byte[] alarm = new byte[body.remaining()];
            body.get(alarm);
            response.setStatus(HttpStatus.OK_200);
            response.write(true, ByteBuffer.wrap(centre.take(alarm)), callback);
            return true;
        }
    }
}
