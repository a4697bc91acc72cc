package dev.tocsin.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.MessageType;
import dev.tocsin.sdk.port.Transport.Content;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the protocol's page says is what the code does. */
class ProtocolTest {

    private static final String PAGE = Documents.read("hardware-docs/protocol.md");

    @Test
    void every_type_of_signed_message_is_there() {
        assertThat(found("^\\| `(application/[^`]+)` \\|", PAGE))
                .containsExactlyElementsOf(Stream.of(MessageType.values())
                        .map(MessageType::mediaType)
                        .toList());
    }

    @Test
    void the_paths_are_those_that_a_centre_serves_and_a_device_takes() {
        String door = Documents.read("simulator/src/main/java/dev/tocsin/simulator/centre/coap/CoapDoor.java")
                + Documents.read("simulator/src/main/java/dev/tocsin/simulator/centre/coap/RolloutDoor.java");
        String outbox = Documents.read("device-sdk/src/main/java/dev/tocsin/sdk/session/Outbox.java");
        TreeSet<String> served = new TreeSet<>(found("service\\.handle\\(\\s*\"([a-z-]+)\"", door));
        served.addAll(found("case \"([a-z]+)\" -> pushed", outbox));

        assertThat(new TreeSet<>(found("^\\| `/([a-z-]+)` \\|", PAGE))).isEqualTo(served);
    }

    @Test
    void content_formats_are_the_transport_s() {
        TreeSet<String> formats = new TreeSet<>(found("^\\| `/[a-z-]+` \\|[^|]*\\|[^|]*\\| (\\d+) \\|", PAGE));

        assertThat(formats)
                .containsExactly(
                        String.valueOf(Content.COSE_SIGN1.format()), String.valueOf(Content.PROTOBUF.format()));
    }

    @Test
    void every_message_that_it_names_is_in_the_proto_file() {
        String proto = Documents.read("device-sdk/src/main/protobuf/tocsin/tocsin.proto");

        assertThat(found("\\b([A-Z][A-Za-z]+Message)\\b", PAGE))
                .isNotEmpty()
                .allSatisfy(message -> assertThat(proto).contains("message " + message + " {"));
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(m -> m.group(1))
                .toList();
    }
}
