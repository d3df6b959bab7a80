/** The engine that copies a database: one snapshot, one stream. */
@NullMarked
package dev.lifeboat.activities.dump;

import org.jspecify.annotations.NullMarked;
