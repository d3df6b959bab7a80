/** Runbooks, activity interfaces and the words they share: no input, no output. */
@NullMarked
package dev.lifeboat.workflows;

import org.jspecify.annotations.NullMarked;
