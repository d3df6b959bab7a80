/** Every door of a runbook to the outside world, and how patient it is at each. */
@NullMarked
package dev.lifeboat.workflows.activity;

import org.jspecify.annotations.NullMarked;
