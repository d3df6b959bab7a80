/** The doing: one package for each capability, one file for each vendor. */
@NullMarked
package dev.lifeboat.activities;

import org.jspecify.annotations.NullMarked;
