package dev.tocsin.simulator.emulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * QEMU's machine protocol, as little of it as a board needs (QEMU, "QEMU Machine Protocol Specification"): a command and its
 * answer, each a line of JSON, matched by a number. Events and the greeting are passed over.
 *
 * <p>{@link #line} is called by whoever reads the socket, the rest by one other thread.
 */
final class Qmp {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LineOut out;
    private final Duration patience;
    private final Watched watched = new Watched();
    private final Map<Integer, JsonNode> answers = new HashMap<>();
    private int asked;

    /**
     * A client that has said nothing yet.
     *
     * @param patience how long an answer may take
     */
    Qmp(LineOut out, Duration patience) {
        this.out = out;
        this.patience = patience;
    }

    /** Takes a line from QEMU. */
    void line(String line) {
        try {
            JsonNode answer = JSON.readTree(line);
            if (answer.has("id") && (answer.has("return") || answer.has("error"))) {
                watched.change(() -> answers.put(answer.get("id").asInt(), answer));
            }
        } catch (JsonProcessingException e) {
            // no answer to anything
        }
    }

    /** Must be the first thing said. */
    void greet() throws IOException, InterruptedException {
        ask("qmp_capabilities", JSON.createObjectNode());
    }

    /** Plugs a network card's cable in or out. */
    void link(String card, boolean up) throws IOException, InterruptedException {
        ask("set_link", JSON.createObjectNode().put("name", card).put("up", up));
    }

    /**
     * Finds the only device of a type among those that the machine was built with.
     *
     * @return its path in QEMU's object tree
     * @throws IOException if there is none
     */
    String pathOf(String type) throws IOException, InterruptedException {
        String parent = "/machine/unattached";
        for (JsonNode child : ask("qom-list", JSON.createObjectNode().put("path", parent))) {
            if (child.path("type").asText().equals("child<" + type + ">")) {
                return parent + "/" + child.path("name").asText();
            }
        }
        throw new IOException("this QEMU's machine has no " + type);
    }

    /** Asks, and waits for the answer. */
    private JsonNode ask(String command, ObjectNode arguments) throws IOException, InterruptedException {
        int id = ++asked;
        ObjectNode request = JSON.createObjectNode().put("execute", command);
        if (!arguments.isEmpty()) {
            request.set("arguments", arguments);
        }
        out.send(request.put("id", id).toString());
        if (!watched.until(() -> answers.containsKey(id), patience)) {
            throw new IOException("QEMU does not answer " + command + " within " + patience.toSeconds() + " s");
        }
        JsonNode answer = watched.read(() -> answers.remove(id));
        if (answer.has("error")) {
            throw new IOException("QEMU refuses " + command + ": "
                    + answer.path("error").path("desc").asText());
        }
        return answer.get("return");
    }
}
