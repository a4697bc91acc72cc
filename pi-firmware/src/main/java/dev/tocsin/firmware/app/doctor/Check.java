package dev.tocsin.firmware.app.doctor;

import java.util.List;

/** One thing that is looked at. */
interface Check {

    /** Looks, which may take some seconds, and says what it found; nothing where it does not apply. Changes nothing. */
    List<Finding> look(Case device, Machine machine);
}
