/** Reading and judging lifeboat.yml; secret references. */
@NullMarked
package dev.lifeboat.configuration;

import org.jspecify.annotations.NullMarked;
