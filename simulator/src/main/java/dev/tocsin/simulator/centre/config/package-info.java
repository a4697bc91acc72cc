/** A centre's own YAML file. Uses {@code centre.yaml}, and the SDK's keys and DTLS identity. */
@NullMarked
package dev.tocsin.simulator.centre.config;

import org.jspecify.annotations.NullMarked;
