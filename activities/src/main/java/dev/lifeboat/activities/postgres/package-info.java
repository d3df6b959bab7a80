/** Talking to a PostgreSQL server: sessions, what it is, which client programs fit it. */
@NullMarked
package dev.lifeboat.activities.postgres;

import org.jspecify.annotations.NullMarked;
