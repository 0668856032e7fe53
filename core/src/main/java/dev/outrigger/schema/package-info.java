/** The shape of JSON values, as documentation tells it; knows nothing of who documents what. */
@NullMarked
package dev.outrigger.schema;

import org.jspecify.annotations.NullMarked;
