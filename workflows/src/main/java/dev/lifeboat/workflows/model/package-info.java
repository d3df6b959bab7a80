/** The words that runbooks and activities share. */
@NullMarked
package dev.lifeboat.workflows.model;

import org.jspecify.annotations.NullMarked;
