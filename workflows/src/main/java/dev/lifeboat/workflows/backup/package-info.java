/** The runbook that backs up a database. */
@NullMarked
package dev.lifeboat.workflows.backup;

import org.jspecify.annotations.NullMarked;
