/** What has to be true of backups on schedule when it is over, whatever was away meanwhile: judged from what is left. */
@NullMarked
package dev.lifeboat.workers.judgement;

import org.jspecify.annotations.NullMarked;
