/** What a person reads: lines, tables, numbers, progress; and the one JSON document a program reads. */
@NullMarked
package dev.lifeboat.starter.terminal;

import org.jspecify.annotations.NullMarked;
