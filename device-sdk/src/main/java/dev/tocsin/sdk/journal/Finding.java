package dev.tocsin.sdk.journal;

/** What a journal found damaged when it was opened. Each reads as a sentence for the log and the FAULT alarm. */
public sealed interface Finding {

    /** Whether something is gone that may have been an alarm. */
    default boolean isLoss() {
        return false;
    }

    /** The end of a file was not whole, as after a power cut while writing; it was cut off. */
    record TailCut(String file, int bytes) implements Finding {
        @Override
        public String toString() {
            return "journal: " + bytes + " bytes of an unfinished record cut off the end of " + file;
        }
    }

    /** Bytes inside a file were damaged; they were put aside and everything around them kept. */
    record Quarantined(String file, int offset, int bytes) implements Finding {
        @Override
        public String toString() {
            return "journal: " + bytes + " damaged bytes at " + offset + " of " + file + " put into quarantine";
        }
    }

    /** A whole file could not be read. */
    record Unreadable(String file, String why) implements Finding {
        @Override
        public String toString() {
            return "journal: " + file + " cannot be read: " + why;
        }
    }

    /** A record is in no copy any more: damaged in both, or never synced. */
    record Missing(long number) implements Finding {
        @Override
        public boolean isLoss() {
            return true;
        }

        @Override
        public String toString() {
            return "journal: record " + number + " is in no copy: never synced, or damaged in both";
        }
    }

    /** No copy says any more how often the device booted and what was alive. */
    record Headless() implements Finding {
        @Override
        public boolean isLoss() {
            return true;
        }

        @Override
        public String toString() {
            return "journal: boot counter and list of contents are in no copy: the counter begins anew";
        }
    }

    /** There was more of the kind than is worth telling one by one. */
    record More(int count, boolean isLoss) implements Finding {
        @Override
        public String toString() {
            return "journal: and " + count + " more findings" + (isLoss ? ", losses among them" : "");
        }
    }
}
