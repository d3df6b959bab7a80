/** Child processes: started behind a gate, recorded before they work, never outliving their worker for long. */
@NullMarked
package dev.lifeboat.activities.programs;

import org.jspecify.annotations.NullMarked;
