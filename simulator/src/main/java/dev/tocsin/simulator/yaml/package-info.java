/**
 * YAML files that a person wrote, read strictly: an unknown key, a key twice, a wrong type or a value out of range is told
 * with file, line and column, what is wrong and what would be right. The YAML twin of {@link dev.tocsin.sdk.config}, whose {@code
 * Loaded}, {@code Problem} and {@code Durations} it uses. Jackson and SnakeYAML stay in here.
 */
@NullMarked
package dev.tocsin.simulator.yaml;

import org.jspecify.annotations.NullMarked;
