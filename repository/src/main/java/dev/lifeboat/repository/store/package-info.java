/** Stores: where named objects are kept, created once and never changed. */
@NullMarked
package dev.lifeboat.repository.store;

import org.jspecify.annotations.NullMarked;
