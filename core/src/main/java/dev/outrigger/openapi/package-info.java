/** The route table as an OpenAPI document; knows nothing of what the routes are about. */
@NullMarked
package dev.outrigger.openapi;

import org.jspecify.annotations.NullMarked;
