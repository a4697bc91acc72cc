package dev.tocsin.simulator.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Small made-up recordings of somebody who falls or does not, with their manifest, in a folder. */
public final class MadeUpFalls {

    /** When the made-up body hits the ground. */
    public static final double IMPACT_S = 5.44;

    private static final String HEADER =
            "file,label,activity,subject,rate_hz,fall_start_s,fall_end_s,dataset,placement,"
                    + "acc_unit,gyro_unit,samples,duration_s,licence";

    private final Path folder;
    private final List<String> rows = new ArrayList<>();

    /** In this folder. */
    public MadeUpFalls(Path folder) {
        this.folder = folder;
    }

    /** A fall at the waist, labelled from 5 to 7 s. */
    public MadeUpFalls fall(String name, String subject) throws IOException {
        samples(name, 5, true);
        return row(name + ",fall,\"Fall, forward\"," + subject + ",50,5.0,7.0,made-up,waist,g,rad/s,600,12,none");
    }

    /** A fall that nobody can see: without a turn. */
    public MadeUpFalls hiddenFall(String name, String subject) throws IOException {
        samples(name, 5, false);
        return row(name + ",fall,\"Fall, forward\"," + subject + ",50,5.0,7.0,made-up,waist,g,rad/s,600,12,none");
    }

    /** A daily activity without a turn. */
    public MadeUpFalls jump(String name, String subject) throws IOException {
        samples(name, 5, false);
        return row(name + ",adl,Jump," + subject + ",50,,,made-up,waist,g,rad/s,600,12,none");
    }

    /** A daily activity that looks just like a fall. */
    public MadeUpFalls wildDive(String name, String subject) throws IOException {
        samples(name, 5, true);
        return row(name + ",adl,Dive," + subject + ",50,,,made-up,waist,g,rad/s,600,12,none");
    }

    /** A line of the manifest. */
    public MadeUpFalls row(String line) {
        rows.add(line);
        return this;
    }

    /** Writes the manifest, after this first line. */
    public Path manifest(String header) throws IOException {
        return Files.writeString(folder.resolve("manifest.csv"), header + "\n" + String.join("\n", rows) + "\n");
    }

    /** Writes the manifest. */
    public Path manifest() throws IOException {
        return manifest(HEADER);
    }

    /** The lines of a recording: stands, is weightless, hits the ground, lies or stands again. */
    static List<String> lines(double impactG, boolean turns) {
        List<String> lines = new ArrayList<>(List.of("t_s,ax,ay,az,gx,gy,gz"));
        for (int i = 0; i < 600; i++) {
            double t = i * 0.02;
            double trembling = 0.01 * Math.sin(t * 20);
            double size =
                    t < 5 ? 1 : t < 5.4 ? 0.4 : t < 5.48 ? 1 + (impactG - 1) * Math.sin(Math.PI * (t - 5.4) / 0.08) : 1;
            boolean isDown = t >= 5.4 && turns;
            lines.add(String.format(
                    Locale.ROOT,
                    "%.2f,%.4f,%.4f,%.4f,,,",
                    t,
                    isDown ? size : trembling,
                    trembling,
                    isDown ? trembling : size));
        }
        return lines;
    }

    private void samples(String name, double impactG, boolean turns) throws IOException {
        Files.write(folder.resolve(name), lines(impactG, turns));
    }
}
