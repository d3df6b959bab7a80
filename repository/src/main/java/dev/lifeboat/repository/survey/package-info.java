/** The look at all backups of a database at once: how old, how large, all there, copied, and still what was written. */
@NullMarked
package dev.lifeboat.repository.survey;

import org.jspecify.annotations.NullMarked;
