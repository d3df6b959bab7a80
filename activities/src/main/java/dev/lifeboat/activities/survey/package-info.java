/** Looking at all backups of a database, and waiting for one that is being made. */
@NullMarked
package dev.lifeboat.activities.survey;

import org.jspecify.annotations.NullMarked;
