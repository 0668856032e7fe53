/** What the sidecar is measured with, and what it is measured against. */
@NullMarked
package dev.outrigger.example.bench;

import org.jspecify.annotations.NullMarked;
