/** The runbook that a schedule starts: it runs another one under its right. */
@NullMarked
package dev.lifeboat.workflows.schedule;

import org.jspecify.annotations.NullMarked;
