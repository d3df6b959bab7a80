/** What runs: roles and queues as one visible list. */
@NullMarked
package dev.lifeboat.workers;

import org.jspecify.annotations.NullMarked;
