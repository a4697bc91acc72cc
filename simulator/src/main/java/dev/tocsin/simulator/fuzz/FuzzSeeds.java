package dev.tocsin.simulator.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.sdk.codec.MessageType;
import dev.tocsin.sdk.codec.OrderBookPage;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.crypto.CertificateRequest;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.OrderResult;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.simulator.centre.x509.CertificateAuthority;
import dev.tocsin.simulator.scenario.BuiltIn;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.SeededEntropy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Honest inputs: the golden vectors, what is built in, and a few files as the documents have them. */
final class FuzzSeeds {

    private static final String VECTORS = "/dev/tocsin/sdk/golden/vectors.json";

    /** What the golden vectors call each type of message. */
    private static final Map<MessageType, String> NAMES = Map.of(
            MessageType.ALARM, "alarm",
            MessageType.EVIDENCE, "evidence",
            MessageType.ANSWER, "receipt",
            MessageType.ORDER, "order",
            MessageType.NOTICE, "notice",
            MessageType.NOTICE_RECEIPT, "noticeReceipt",
            MessageType.MANIFEST, "manifest",
            MessageType.DEVICE_ORDER, "deviceOrder",
            MessageType.ORDER_RESULT, "orderResult");

    private FuzzSeeds() {}

    /** Of a type that the vectors have none of, those of receipts. */
    static List<byte[]> payloads(MessageType type) {
        String alike = Optional.ofNullable(NAMES.get(type)).orElse("receipt");
        return hex(alike, "payloadHex").toList();
    }

    static List<byte[]> envelopes() {
        return NAMES.values().stream()
                .sorted()
                .flatMap(name -> hex(name, "envelopeHex"))
                .toList();
    }

    /** Of a device and of an authority, as an authority of our own writes them. */
    static List<byte[]> certificates() {
        Instant from = Instant.parse("2027-01-01T00:00:00Z");
        Instant until = Instant.parse("2037-01-01T00:00:00Z");
        SeededEntropy chance = new Seed(1).entropy();
        try {
            CertificateAuthority.WithKey made = CertificateAuthority.create("Authority", from, until, chance);
            CertificateAuthority authority = CertificateAuthority.of(made.certificate(), made.key(), chance);
            Bytes key = Keys.publicKey(Keys.generatePem(SignatureAlgorithm.ES256, chance));
            return List.of(
                    authority.authority().der().toArray(),
                    authority
                            .issue("school-007/button-3", KeyUse.CHANNEL, key, from, until)
                            .der()
                            .toArray());
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] request() {
        String key = Keys.generatePem(SignatureAlgorithm.ES256, new Seed(2).entropy());
        try {
            return CertificateRequest.make(
                            Keys.signer(key), Keys.publicKey(key), "school-007/button-3", Optional.of("challenge"))
                    .toArray();
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Alarms and orders have the fields that these have too. */
    static List<byte[]> messages(String name) {
        if (name.equals("csr")) {
            return List.of(request());
        } else if (name.equals("order-book")) {
            return List.of(page());
        }
        return Stream.concat(payloads(MessageType.ALARM).stream(), payloads(MessageType.ORDER).stream())
                .toList();
    }

    private static byte[] page() {
        Bytes order = Bytes.wrap(hex("deviceOrder", "envelopeHex").findFirst().orElseThrow());
        Bytes result = Bytes.wrap(hex("orderResult", "envelopeHex").findFirst().orElseThrow());
        OrderBookPage.Adjusted settings =
                new OrderBookPage.Adjusted(4, Optional.of(Duration.ofSeconds(30)), Optional.of(Duration.ofSeconds(25)));
        return new OrderBookPage(
                        List.of(new OrderBookPage.Line(
                                "education", 12, order, result, Optional.of(OrderResult.State.DONE), false)),
                        settings,
                        Optional.of(new OrderBookPage.Probation(
                                "education",
                                12,
                                OrderBookPage.Adjusted.NONE,
                                List.of("police"),
                                Duration.ofMinutes(5),
                                1)),
                        List.of("rail"),
                        Optional.of(Duration.ofMinutes(90)))
                .write()
                .toArray();
    }

    private static Stream<byte[]> hex(String name, String field) {
        return StreamSupport.stream(vectors().spliterator(), false)
                .map(vector -> vector.path(name).path(field).asText())
                .filter(text -> !text.isEmpty())
                .map(text -> HexFormat.of().parseHex(text));
    }

    private static JsonNode vectors() {
        try (InputStream in = SignedEnvelope.class.getResourceAsStream(VECTORS)) {
            return new ObjectMapper().readTree(in).path("vectors");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** POSTs to each of a centre's resources, a GET of what it serves, and an empty message (RFC 7252, 3). */
    static List<byte[]> datagrams() {
        List<byte[]> datagrams = new ArrayList<>();
        byte[] alarm = hex("alarm", "envelopeHex").findFirst().orElseThrow();
        for (String path : List.of("alarm", "evidence", "heartbeat", "notice", "order-result", "report", "update")) {
            datagrams.add(joined(
                    new byte[] {0x42, 0x02, 0x12, 0x34, 7, 8, (byte) (0xB0 | path.length())},
                    path.getBytes(StandardCharsets.UTF_8),
                    new byte[] {0x11, 0x12, (byte) 0xD1, (byte) 0x02, 0x0E, (byte) 0xFF},
                    alarm));
        }
        datagrams.add(joined(
                new byte[] {0x40, 0x01, 0, 1, (byte) 0xBB},
                ".well-known".getBytes(StandardCharsets.UTF_8),
                new byte[] {0x04},
                "core".getBytes(StandardCharsets.UTF_8)));
        datagrams.add(new byte[] {0x40, 0, 0, 2});
        return datagrams;
    }

    /** A ClientHello without and one with extensions, and records of other types (RFC 6347, 4.1 and 4.3). */
    static List<byte[]> records() {
        byte[] random = new byte[32];
        byte[] suites = {0, 4, (byte) 0xC0, (byte) 0xAC, (byte) 0xC0, (byte) 0x2B, 1, 0};
        byte[] plain = joined(new byte[] {(byte) 0xFE, (byte) 0xFD}, random, new byte[] {0, 0}, suites);
        byte[] extensions = {
            0, 10, 0, 4, 0, 2, 0, 23, 0, 13, 0, 4, 0, 2, 4, 3, 0, 54, 0, 1, 0, 0, 19, 0, 2, 1, 2, 0, 20, 0, 2, 1, 2
        };
        byte[] extended = joined(plain, new byte[] {0, (byte) extensions.length}, extensions);
        return List.of(
                record(22, handshake(1, plain)),
                record(22, handshake(1, extended)),
                record(22, handshake(16, new byte[66])),
                record(21, new byte[] {2, 40}),
                record(20, new byte[] {1}),
                record(23, new byte[40]),
                record(25, new byte[40]));
    }

    private static byte[] handshake(int type, byte[] body) {
        byte[] length = {0, (byte) (body.length >> 8), (byte) body.length};
        return joined(new byte[] {(byte) type}, length, new byte[] {0, 0}, new byte[] {0, 0, 0}, length, body);
    }

    private static byte[] record(int type, byte[] fragment) {
        byte[] length = {(byte) (fragment.length >> 8), (byte) fragment.length};
        return joined(new byte[] {(byte) type, (byte) 0xFE, (byte) 0xFD}, new byte[8], length, fragment);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static List<byte[]> journals() {
        return List.of(new byte[] {(byte) 255, 'T', 'J', 0, 0, 0, 1}, new byte[4096]);
    }

    static List<byte[]> bootRecords() {
        String sha256 = "ab".repeat(32);
        return texts(
                "tocsin-boot-1 12 a:1.0.0:7:" + sha256 + " b:1.1.0-rc.1:8:" + sha256 + " 8 NO_START:0.9:6:true",
                "tocsin-boot-1 1 - - 0 -");
    }

    static List<byte[]> configurations() {
        return texts("""
                device = "school-007/gateway-1"
                journal = "journal"
                heartbeat = "60s"
                cameras = ["cam-3"]
                plain = true
                [place]
                county = "530902"
                latitude = 23.88
                longitude = 100.09
                [keys]
                alarm = "alarm-key.pem"
                [[centres]]
                id = "police"
                addresses = ["coap://10.0.0.1", "coap://10.0.0.2"]
                receipt-keys = ["police.pem"]
                kinds = ["panic"]
                [board]
                profile = "water-edge-guard"
                hardware = "desk"
                [desk.wrist]
                channels = ["x g", "y g", "z g"]
                [detectors.fall]
                type = "fall"
                sensor = "wrist"
                worn = "wrist"
                [detectors.level]
                type = "level"
                sensor = "gauge"
                channel = "ain0"
                scale = 2.0833
                offset = -1.25
                warning = 2.0
                danger = 2.5
                [detectors.loop]
                type = "switch"
                sensor = "gauge"
                channel = "ain1"
                kind = "fire"
                wiring = "opening"
                [warning]
                kinds = ["fall", "water_level"]
                for = "2m"
                """);
    }

    static List<byte[]> boards() {
        List<byte[]> boards = new ArrayList<>(texts("""
                name = "x"
                title = "An x"
                model = "raspberry-pi-5"
                buses = ["i2c1", "spi0"]
                [inputs.panic]
                bcm = 17
                header = 11
                pull = "up"
                active-low = true
                part = "button"
                [outputs.lamp]
                bcm = 22
                header = 15
                initial = "on"
                part = "red-led"
                [sensors.imu]
                type = "adxl345"
                bus = "spi0"
                chip-select = 1
                rate = 100
                range = 16
                ready = "panic"
                """));
        for (String name : BoardProfiles.BUILT_IN) {
            resource(BoardProfiles.class, "/boards/" + name + ".toml").ifPresent(boards::add);
        }
        return boards;
    }

    private static Optional<byte[]> resource(Class<?> near, String path) {
        try (InputStream in = near.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<byte[]> scenarios() {
        return BuiltIn.NAMES.stream()
                .flatMap(name -> BuiltIn.yaml(name).stream())
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    static List<byte[]> centres() {
        return texts("""
                id: police
                name: Police
                listen: "coaps://127.0.0.1:5684"
                signing-key: receipt-key.pem
                ledger: ledger.sqlite
                registry: registry.yaml
                audit: audit.log
                dtls: {certificate: dtls.pem, key: dtls-key.pem, trust: ca.pem}
                counties: ["530902"]
                drills: true
                heartbeat: 60s
                offline-grace: 20s
                notify:
                  - {id: education, addresses: ["coaps://127.0.0.1:5685"], key: education.pem}
                notices-from:
                  - {id: education, key: education.pem}
                """);
    }

    static List<byte[]> registries() {
        return texts("""
                counties: {"530902": Linxiang}
                devices:
                  - id: school-007/button-3
                    county: "530902"
                    key: keys/button-3.pem
                    certificate: button-3
                    heartbeat: 60s
                    revoked: false
                """);
    }

    static List<byte[]> presses() {
        return texts("t_us,level,rising_edges\n0,1,0\n12,0,0\n40,1,1\n55,0,0\n4000,0,2\n");
    }

    static List<byte[]> samples() {
        return texts("t_s,distance,strength\n0,2,300\n0.1,0.4,200\n0.2,,\n");
    }

    static List<byte[]> motions() {
        return texts(
                "t_s,ax,ay,az,wet\n0,0,0,1,0\n0.02,0.1,0,0.98,0\n0.04,3,-2,4,1\n",
                "t_s,ax,ay,az\n0,0,0,1\n0.02,NaN,0,1\n");
    }

    static List<byte[]> sensors() {
        return texts("t_s,distance_m\n0,4\n0.1,3.9\n0.2,0\n0.3,1.2\n");
    }

    static List<byte[]> manifests() {
        return texts("""
                file,label,activity,subject,rate_hz,fall_start_s,fall_end_s,dataset,placement,acc_unit
                a.csv,adl,Walking,U01,50,,,weda,wrist,m/s^2
                b.csv,fall,Forward,U01,50,3.1,4.5,weda,wrist,m/s^2
                """);
    }

    static List<byte[]> recordings() {
        return texts("file,session,action\na.csv,rocker,press\nb.csv,worn,release\n");
    }

    private static List<byte[]> texts(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
