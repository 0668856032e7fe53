/** Secrets of the host, kept in an encrypted file or taken from the environment, and never shown. */
@NullMarked
package dev.outrigger.secrets;

import org.jspecify.annotations.NullMarked;
