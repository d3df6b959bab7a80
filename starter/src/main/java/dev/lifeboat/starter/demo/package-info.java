/** The main job on real parts, in front of the user. */
@NullMarked
package dev.lifeboat.starter.demo;

import org.jspecify.annotations.NullMarked;
