/** The lifeboat command: one class a verb. */
@NullMarked
package dev.lifeboat.starter;

import org.jspecify.annotations.NullMarked;
