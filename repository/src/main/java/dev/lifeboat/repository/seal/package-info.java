/** The seal: hashed, compressed and encrypted in one pass, in formats that bare tools read. */
@NullMarked
package dev.lifeboat.repository.seal;

import org.jspecify.annotations.NullMarked;
