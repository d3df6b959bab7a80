/** The schedules that lifeboat.yml wants, those that Temporal has, and what makes the second like the first. */
@NullMarked
package dev.lifeboat.starter.schedules;

import org.jspecify.annotations.NullMarked;
