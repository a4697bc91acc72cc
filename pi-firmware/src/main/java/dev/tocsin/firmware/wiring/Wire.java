package dev.tocsin.firmware.wiring;

import dev.tocsin.firmware.board.HeaderPin;
import dev.tocsin.firmware.board.Part;
import dev.tocsin.firmware.board.Pin;

/**
 * A part and where its leads go.
 *
 * @param pin the line
 * @param how what is between the line and the other lead
 * @param returns where the other lead goes: a ground, or 3.3 V
 * @param supply number of the pin with the 5 V that the part needs; 0 if none
 */
record Wire(Pin pin, How how, HeaderPin returns, int supply) {

    static How how(Pin pin) {
        return pin.direction() == Pin.Direction.INPUT ? input(pin) : output(pin);
    }

    private static How input(Pin pin) {
        return switch (pin.pull()) {
            case UP -> pin.activeLow() ? How.GROUND_CLOSES : How.GROUND_OPENS;
            case DOWN -> pin.activeLow() ? How.SUPPLY_OPENS : How.SUPPLY_CLOSES;
            case NONE -> How.DRIVEN;
        };
    }

    private static How output(Pin pin) {
        boolean lamp = pin.part() == Part.RED_LED || pin.part() == Part.GREEN_LED;
        if (lamp) {
            return pin.activeLow() ? How.LED_TO_SUPPLY : How.LED_TO_GROUND;
        }
        if (pin.part() == Part.BUZZER && !pin.activeLow()) {
            return How.BUZZER;
        }
        return pin.activeLow() ? How.DRIVER_LOW : How.DRIVER_HIGH;
    }

    /** The ways to wire a part. */
    enum How {
        GROUND_CLOSES("contact.ground.closes", false),
        GROUND_OPENS("contact.ground.opens", false),
        SUPPLY_CLOSES("contact.supply.closes", true),
        SUPPLY_OPENS("contact.supply.opens", true),
        DRIVEN("driven", false),
        LED_TO_GROUND("led.ground", false),
        LED_TO_SUPPLY("led.supply", true),
        BUZZER("buzzer", false),
        DRIVER_HIGH("driver.high", false),
        DRIVER_LOW("driver.low", false);

        private final String key;
        private final boolean toSupply;

        How(String key, boolean toSupply) {
            this.key = key;
            this.toSupply = toSupply;
        }

        /** Its sentence's key. */
        String key() {
            return key;
        }

        /** Whether the other lead goes to 3.3 V; else to ground. */
        boolean isToSupply() {
            return toSupply;
        }
    }
}
