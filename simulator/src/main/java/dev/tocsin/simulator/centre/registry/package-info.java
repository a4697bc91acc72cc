/** Whom a centre knows: counties, schools, devices and their keys, from a YAML file. Uses {@code centre.yaml}. */
@NullMarked
package dev.tocsin.simulator.centre.registry;

import org.jspecify.annotations.NullMarked;
