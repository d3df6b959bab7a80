/** Telling people. */
@NullMarked
package dev.lifeboat.activities.notification;

import org.jspecify.annotations.NullMarked;
