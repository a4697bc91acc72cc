package dev.tocsin.sdk.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A made-up motion: what a sensor feels at each moment, so that the same motion can be sampled at any rate. Built piece by
 * piece; at rest it trembles by a hundredth of a g, as a body and a sensor do.
 */
final class Motion {

    static final double[] STANDING = {0, 0, 1};
    static final double[] LYING = {1, 0, 0};

    private static final double TREMBLE_G = 0.01;

    private record Piece(double fromS, double toS, DoubleFunction<double[]> feels) {}

    private final List<Piece> pieces = new ArrayList<>();
    private double endS;

    /** Somebody who stands for five seconds. */
    static Motion standing() {
        return new Motion().rest(5, STANDING);
    }

    Motion rest(double forS, double[] gravity) {
        return shaking(forS, gravity, TREMBLE_G, 3.1);
    }

    /** Swings around gravity, so much on each axis and so often a second. */
    Motion shaking(double forS, double[] gravity, double byG, double perS) {
        return piece(forS, t -> {
            double swing = byG * Math.sin(2 * Math.PI * perS * t);
            double other = byG * Math.sin(2 * Math.PI * perS * 1.3 * t + 1);
            return new double[] {gravity[0] + swing, gravity[1] + other, gravity[2] - swing};
        });
    }

    /** Feels so little of gravity, from where it comes. */
    Motion weightless(double forS, double leftG, double[] gravity) {
        return piece(forS, t -> new double[] {gravity[0] * leftG, gravity[1] * leftG, gravity[2] * leftG});
    }

    /** Hits something: half a sine of 80 ms, from where gravity comes. */
    Motion impact(double peakG, double[] gravity) {
        return piece(0.08, t -> {
            double size = 1 + (peakG - 1) * Math.sin(Math.PI * t / 0.08);
            return new double[] {gravity[0] * size, gravity[1] * size, gravity[2] * size};
        });
    }

    /** Slowly from one posture into another. */
    Motion turn(double forS, double[] from, double[] to) {
        return piece(forS, t -> {
            double share = t / forS;
            double x = from[0] * (1 - share) + to[0] * share;
            double y = from[1] * (1 - share) + to[1] * share;
            double z = from[2] * (1 - share) + to[2] * share;
            double size = Math.sqrt(x * x + y * y + z * z);
            return new double[] {x / size, y / size, z / size};
        });
    }

    /** Feels just this, as a sensor that is stuck. */
    Motion stuck(double forS, double x, double y, double z) {
        return piece(forS, t -> new double[] {x, y, z});
    }

    private Motion piece(double forS, DoubleFunction<double[]> feels) {
        pieces.add(new Piece(endS, endS + forS, feels));
        endS += forS;
        return this;
    }

    double endS() {
        return endS;
    }

    double[] at(double timeS) {
        for (Piece piece : pieces) {
            if (timeS < piece.toS()) {
                return piece.feels().apply(timeS - piece.fromS());
            }
        }
        throw new IllegalArgumentException("over at " + endS + ": " + timeS);
    }
}
