/** Where backups live, and all that can be known from there alone. */
@NullMarked
package dev.lifeboat.repository;

import org.jspecify.annotations.NullMarked;
