package dev.tocsin.simulator.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What a command line came to.
 *
 * @param exit its exit code
 * @param out what it said
 * @param err what it complained
 */
record Tocsin(int exit, String out, String err) {

    static Tocsin run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine tocsin = Main.commandLine();
        tocsin.setOut(new PrintWriter(out));
        tocsin.setErr(new PrintWriter(err));
        int exit = tocsin.execute(args);
        return new Tocsin(exit, out.toString(), err.toString());
    }
}
