/** Who vouches for a stored document: Ed25519 signatures over its very bytes, which bare tools can check too. */
@NullMarked
package dev.lifeboat.repository.signature;

import org.jspecify.annotations.NullMarked;
