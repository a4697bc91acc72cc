package dev.tocsin.firmware.wiring;

import dev.tocsin.firmware.board.HeaderPin;
import dev.tocsin.firmware.board.sensor.SensorSpec;
import dev.tocsin.firmware.board.sensor.SensorType;
import java.util.List;

/**
 * A sensor on a bus and where its leads go.
 *
 * @param leads of the bus, in the order of their pins; then the supply, then ground
 */
record SensorWire(SensorSpec sensor, List<Lead> leads) {

    /**
     * A lead.
     *
     * @param terminal its name at the sensor: {@code SDA}
     */
    record Lead(String terminal, HeaderPin to) {}

    SensorWire {
        leads = List.copyOf(leads);
    }

    /** What its supply pin takes; its lines are at 3.3 V whatever that is. */
    static HeaderPin.Volts supply(SensorType type) {
        return type == SensorType.TF_LUNA ? HeaderPin.Volts.V5 : HeaderPin.Volts.V3_3;
    }

    /** The key of the sentence that says how it is told its bus and its address; empty if there is nothing to tell. */
    String strap() {
        return switch (sensor.type()) {
            case TF_LUNA -> "strap.tf-luna";
            case ADS1115 -> "strap.ads1115";
            case ADXL345, LSM6DSO -> sensor.isSpi() ? "" : "strap.sdo";
            case INA219, MCP23017 -> "strap.pins";
            case DS3231 -> "";
        };
    }

    /** What the pin that chooses the address is tied to, of a part that has one such pin (datasheets as in docs/sensors.md). */
    String tie() {
        int place = sensor.type().addresses().indexOf(sensor.place());
        return switch (sensor.type()) {
            case ADS1115 -> List.of("GND", "VDD", "SDA", "SCL").get(place);
            case ADXL345, LSM6DSO ->
                sensor.isSpi() ? "" : List.of("GND", "3.3 V").get(place);
            case TF_LUNA, INA219, MCP23017, DS3231 -> "";
        };
    }
}
