/** The restore kit: one backup in a folder, with all that is needed to restore it without Lifeboat. */
@NullMarked
package dev.lifeboat.repository.kit;

import org.jspecify.annotations.NullMarked;
