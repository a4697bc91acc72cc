package dev.tocsin.simulator.lab;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Free UDP ports on loopback. */
public final class Ports {

    private Ports() {}

    /** A port for each name, free a moment ago. */
    public static Map<String, Integer> free(List<String> names) throws IOException {
        Map<String, Integer> ports = new LinkedHashMap<>();
        List<DatagramSocket> held = new ArrayList<>(); // all at once, so that no two names get the same
        try {
            for (String name : names) {
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports.put(name, socket.getLocalPort());
            }
        } finally {
            held.forEach(DatagramSocket::close);
        }
        return ports;
    }
}
