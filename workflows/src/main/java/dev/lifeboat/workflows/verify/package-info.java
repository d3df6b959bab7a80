/** Looking at all backups of a database, every day. */
@NullMarked
package dev.lifeboat.workflows.verify;

import org.jspecify.annotations.NullMarked;
