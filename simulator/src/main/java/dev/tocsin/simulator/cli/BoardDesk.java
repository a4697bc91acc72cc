package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.emulated.BoardCentres;
import dev.tocsin.simulator.emulated.ConsoleLog;
import dev.tocsin.simulator.emulated.EmulatedBoard;
import dev.tocsin.simulator.emulated.LineView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A person before an emulated board: its lines above, what it says and what the centres write below, and words to type. On
 * anything that is no terminal the lines are printed when a word has changed one, and for the word {@code lines}.
 */
final class BoardDesk implements BoardCentres.Listener, AutoCloseable {

    /** What can be typed. */
    static final String WORDS = "press, release, key, key back, cut, start, network off, network on, lines, quit";

    private static final String END = "quit";
    private static final int MAX_WAITING = 100;

    private final PrintWriter out;
    private final boolean terminal;
    private final BlockingQueue<String> typed = new ArrayBlockingQueue<>(MAX_WAITING);
    private Optional<EmulatedBoard> board = Optional.empty();
    private int drawn;

    /**
     * A desk without a board.
     *
     * @param terminal whether the output is a terminal that knows ANSI sequences
     */
    BoardDesk(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** What the board does, for this and for a log. */
    EmulatedBoard.Listener and(ConsoleLog log) {
        return new EmulatedBoard.Listener() {
            @Override
            public void console(String line) {
                log.line(line);
                say(line);
            }

            @Override
            public void output(String name, boolean on) {
                if (terminal) {
                    draw();
                }
            }
        };
    }

    @Override
    public void entered(String centre, Entry entry) {
        say(centre + " has " + entry.type() + " "
                + entry.fact().alarm().map(Object::toString).orElse("") + " "
                + entry.fact().kind().map(Object::toString).orElse("") + " "
                + entry.fact().state().map(Object::toString).orElse(entry.fact().detail()));
    }

    /** Until it is told to quit, or the input ends. */
    void play(EmulatedBoard played, Path home) throws IOException, InterruptedException {
        synchronized (this) {
            board = Optional.of(played);
        }
        Thread keyboard = new Thread(this::read, "board-keyboard");
        keyboard.setDaemon(true);
        keyboard.start();
        if (terminal) {
            open();
        }
        say("ledgers and disk are in " + home + "; accept an alarm with: ./tocsin centre accept ID --by NAME --config "
                + RunOutput.quoted(home.resolve("police").resolve("centre.yaml").toString()));
        say("starting; type " + WORDS);
        played.start();
        draw();
        for (String word = typed.take(); !word.equals(END); word = typed.take()) {
            obey(played, word);
        }
    }

    private void obey(EmulatedBoard played, String word) throws IOException, InterruptedException {
        switch (word) {
            case "press" -> played.set("panic", true);
            case "release" -> played.set("panic", false);
            case "key" -> played.set("reset", true);
            case "key back" -> played.set("reset", false);
            case "cut" -> played.cut();
            case "start" -> played.start();
            case "network off" -> played.network(false);
            case "network on" -> played.network(true);
            case "lines", "" -> {}
            default -> say("'" + word + "' is none of: " + WORDS);
        }
        draw();
    }

    private void read() {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                typed.put(line.strip());
            }
            typed.put(END);
        } catch (IOException e) {
            typed.clear();
            typed.add(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    /** The lines take the top of the screen, everything else scrolls below them. */
    private synchronized void open() {
        drawn = board.map(b -> LineView.of(b).size()).orElse(0);
        out.print("\033[2J\033[" + (drawn + 2) + "r\033[" + (drawn + 2) + ";1H");
        out.flush();
    }

    private synchronized void draw() {
        List<String> lines = board.map(LineView::of).orElse(List.of());
        if (!terminal) {
            lines.forEach(out::println);
        } else {
            out.print("\0337");
            for (int i = 0; i < lines.size(); i++) {
                out.print("\033[" + (i + 1) + ";1H" + lines.get(i) + "\033[K");
            }
            out.print("\0338");
        }
        out.flush();
    }

    @Override
    public synchronized void close() {
        if (drawn > 0) {
            out.print("\033[r\033[999;1H\n");
            out.flush();
        }
    }
}
