package dev.tocsin.firmware.board;

import dev.tocsin.sdk.port.Timers;
import java.time.Duration;

/**
 * Lamps and buzzer: shows what it was told last, and nothing of its own accord.
 *
 * <p>A beat is 0.1 s, {@code #} on, {@code .} off; patterns repeat unless they say once. {@link Profile#AUDIBLE}:
 *
 * <table>
 * <caption>Audible</caption>
 * <tr><th>shown</th><th>{@code lamp} (red)</th><th>{@code ready} (green)</th><th>{@code buzzer}</th></tr>
 * <tr><td>STARTING</td><td>off</td><td>{@code #####.....} slow blink</td><td>off</td></tr>
 * <tr><td>ARMED</td><td>off</td><td>on</td><td>off</td></tr>
 * <tr><td>RAISED</td><td>{@code ##..} fast blink</td><td>off</td><td>off</td></tr>
 * <tr><td>RECEIVED</td><td>{@code #####.....} slow blink</td><td>off</td><td>{@code ##} once: one beep</td></tr>
 * <tr><td>ACCEPTED</td><td>on</td><td>off</td><td>{@code ##..##} once: two beeps</td></tr>
 * <tr><td>FAILED</td><td>{@code #####.....} in turn</td><td>{@code .....#####} in turn</td>
 *     <td>{@code ##..................} a beep every 2 s</td></tr>
 * <tr><td>FAULT</td><td>off</td><td>{@code ##################..} on, with a short break every 2 s</td><td>off</td></tr>
 * <tr><td>DRILL</td><td>{@code #####.....} together</td><td>{@code #####.....} together</td><td>off</td></tr>
 * <tr><td>IN_DRILL</td><td>{@code ..............##..##} in green's breaks</td>
 *     <td>{@code ##############..##..} on, with two short breaks every 2 s</td><td>off</td></tr>
 * <tr><td>LOCATE</td><td>off</td><td>{@code ######..######..##..} long, long, short</td><td>off</td></tr>
 * </table>
 *
 * <p>{@link Profile#SILENT}, where a sound or a red light would endanger whoever pressed. Buzzer and red lamp stay off; after
 * a press the green lamp winks once, twice, three times:
 *
 * <table>
 * <caption>Silent</caption>
 * <tr><th>shown</th><th>{@code ready} (green)</th></tr>
 * <tr><td>STARTING</td><td>{@code #####.....} slow blink</td></tr>
 * <tr><td>ARMED</td><td>on</td></tr>
 * <tr><td>RAISED</td><td>{@code ##..................} one wink every 2 s</td></tr>
 * <tr><td>RECEIVED</td><td>{@code ##..##..............} two</td></tr>
 * <tr><td>ACCEPTED</td><td>{@code ##..##..##..........} three</td></tr>
 * <tr><td>FAILED</td><td>{@code ##..} fast blink</td></tr>
 * <tr><td>FAULT</td><td>{@code ##################..} on, with a short break every 2 s</td></tr>
 * <tr><td>DRILL</td><td>{@code ##########..##......} long, short</td></tr>
 * <tr><td>IN_DRILL</td><td>{@code ##############..##..} on, with two short breaks every 2 s</td></tr>
 * <tr><td>LOCATE</td><td>{@code ######..######..##..} long, long, short</td></tr>
 * </table>
 *
 * <p>No lamp flashes more than three times in a second (WCAG 2.3.1, for the sake of pupils with photosensitive epilepsy).
 *
 * <p>Everything happens on the device's event loop. A lamp that is steady costs no timer.
 */
public final class Annunciator implements AutoCloseable {

    /** What the outputs are called in the board's profile. One that the board lacks is left out. */
    public static final String LAMP = "lamp";

    /** See {@link #LAMP}. */
    public static final String READY = "ready";

    /** See {@link #LAMP}. */
    public static final String BUZZER = "buzzer";

    /** How it shows things. */
    public enum Profile {
        /** Lamps and sound. */
        AUDIBLE,
        /** Never a sound, never the red lamp. */
        SILENT
    }

    private static final Pattern DARK = new Pattern(Track.OFF, Track.OFF, Track.OFF);

    private final Output lamp;
    private final Output ready;
    private final Output buzzer;
    private final Timers timers;
    private final Profile profile;

    private Show shown = Show.STARTING;
    private boolean dark = true;
    private Pattern pattern = DARK;
    private long beat;
    private Timers.Cancellable timer = () -> {};

    /**
     * Dark and still until {@link #show}.
     *
     * @param board where the outputs are
     * @param timers the event loop's
     * @param profile how to show things
     */
    public Annunciator(Board board, Timers timers, Profile profile) {
        this.lamp = output(board, LAMP);
        this.ready = output(board, READY);
        this.buzzer = output(board, BUZZER);
        this.timers = timers;
        this.profile = profile;
        apply();
    }

    private static Output output(Board board, String name) {
        return board.profile().outputs().containsKey(name) ? board.output(name) : Output.NONE;
    }

    /** Shows this from now on. What is shown already goes on undisturbed: it does not beep again. */
    public void show(Show show) {
        if (!dark && show == shown) {
            return;
        }
        shown = show;
        dark = false;
        play(Pattern.of(profile, show));
    }

    /**
     * Lamp test: all that this profile switches is on for so long, and then goes on as before. What is to be shown meanwhile is
     * shown at once.
     *
     * @param done told when the time is over
     */
    public void test(Duration lasts, Runnable done) {
        Pattern test = Pattern.allOn(profile);
        play(test);
        timers.schedule(lasts.toNanos(), () -> {
            if (pattern.equals(test)) {
                play(dark ? DARK : Pattern.of(profile, shown));
            }
            done.run();
        });
    }

    /** Puts everything out. {@link #show} starts again. */
    @Override
    public void close() {
        dark = true;
        play(DARK);
    }

    private void play(Pattern next) {
        timer.cancel();
        pattern = next;
        beat = 0;
        apply();
    }

    private void apply() {
        lamp.set(pattern.lamp().isOn(beat));
        ready.set(pattern.ready().isOn(beat));
        buzzer.set(pattern.buzzer().isOn(beat));
        long next = Math.min(
                Math.min(pattern.lamp().nextChange(beat), pattern.ready().nextChange(beat)),
                pattern.buzzer().nextChange(beat));
        if (next == Long.MAX_VALUE) {
            return;
        }
        timer = timers.schedule((next - beat) * Track.BEAT_NS, () -> {
            beat = next;
            apply();
        });
    }
}
