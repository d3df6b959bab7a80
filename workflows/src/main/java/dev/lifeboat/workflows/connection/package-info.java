/** How worker and command reach Temporal; the only input and output of this module. */
@NullMarked
package dev.lifeboat.workflows.connection;

import org.jspecify.annotations.NullMarked;
