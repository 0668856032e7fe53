/** HTTP as routes see it: methods, requests, responses, problems, with no transport. */
@NullMarked
package dev.outrigger.http;

import org.jspecify.annotations.NullMarked;
