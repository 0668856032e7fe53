/** The built-in routes, and how an extension adds its own. */
@NullMarked
package dev.outrigger.ops;

import org.jspecify.annotations.NullMarked;
