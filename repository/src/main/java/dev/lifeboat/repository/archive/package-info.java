/** What a custom-format dump of PostgreSQL holds, read from its own bytes and without a server. */
@NullMarked
package dev.lifeboat.repository.archive;

import org.jspecify.annotations.NullMarked;
