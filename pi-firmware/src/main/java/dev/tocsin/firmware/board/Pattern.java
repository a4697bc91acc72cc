package dev.tocsin.firmware.board;

/**
 * What lamps and buzzer do for one {@link Show}. The two tables are in {@link Annunciator}'s documentation.
 *
 * @param lamp the red lamp
 * @param ready the green lamp
 * @param buzzer the buzzer
 */
record Pattern(Track lamp, Track ready, Track buzzer) {

    private static final Track HALF_SECONDS = Track.loop("#####.....");
    private static final Track FAST = Track.loop("##..");
    private static final Track BRIEFLY_OFF = Track.loop("##################..");
    private static final Track TWICE_BRIEFLY_OFF = Track.loop("##############..##..");
    private static final Track LONG_LONG_SHORT = Track.loop("######..######..##..");
    private static final Track TWICE_BRIEFLY_ON = Track.loop("..............##..##");

    /** All that this profile ever switches, on, for a lamp test. */
    static Pattern allOn(Annunciator.Profile profile) {
        Track red = profile == Annunciator.Profile.AUDIBLE ? Track.ON : Track.OFF;
        return new Pattern(red, Track.ON, red);
    }

    static Pattern of(Annunciator.Profile profile, Show show) {
        return switch (profile) {
            case AUDIBLE -> audible(show);
            case SILENT -> new Pattern(Track.OFF, silent(show), Track.OFF);
        };
    }

    private static Pattern audible(Show show) {
        return switch (show) {
            case STARTING -> new Pattern(Track.OFF, HALF_SECONDS, Track.OFF);
            case ARMED -> new Pattern(Track.OFF, Track.ON, Track.OFF);
            case RAISED -> new Pattern(FAST, Track.OFF, Track.OFF);
            case RECEIVED -> new Pattern(HALF_SECONDS, Track.OFF, Track.once("##"));
            case ACCEPTED -> new Pattern(Track.ON, Track.OFF, Track.once("##..##"));
            case FAILED ->
                new Pattern(Track.loop("#####....."), Track.loop(".....#####"), Track.loop("##.................."));
            case FAULT -> new Pattern(Track.OFF, BRIEFLY_OFF, Track.OFF);
            case DRILL -> new Pattern(HALF_SECONDS, HALF_SECONDS, Track.OFF);
            case IN_DRILL -> new Pattern(TWICE_BRIEFLY_ON, TWICE_BRIEFLY_OFF, Track.OFF);
            case LOCATE -> new Pattern(Track.OFF, LONG_LONG_SHORT, Track.OFF);
        };
    }

    private static Track silent(Show show) {
        return switch (show) {
            case STARTING -> HALF_SECONDS;
            case ARMED -> Track.ON;
            case RAISED -> Track.loop("##..................");
            case RECEIVED -> Track.loop("##..##..............");
            case ACCEPTED -> Track.loop("##..##..##..........");
            case FAILED -> FAST;
            case FAULT -> BRIEFLY_OFF;
            case DRILL -> Track.loop("##########..##......");
            case IN_DRILL -> TWICE_BRIEFLY_OFF;
            case LOCATE -> LONG_LONG_SHORT;
        };
    }
}
