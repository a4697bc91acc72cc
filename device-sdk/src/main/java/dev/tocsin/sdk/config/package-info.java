/**
 * Configuration files (TOML 1.0), read strictly: an unknown key, a wrong type or a value out of range is told with file
 * and line, what is wrong and what would be right. Uses the JDK and tomlj, which stays in here.
 */
@NullMarked
package dev.tocsin.sdk.config;

import org.jspecify.annotations.NullMarked;
