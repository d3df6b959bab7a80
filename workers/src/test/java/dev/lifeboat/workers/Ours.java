package dev.lifeboat.workers;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The classes of all six modules, without their tests. */
final class Ours {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(place -> !place.contains("/test-classes/") && !place.contains("-tests.jar"))
            .importPackages("dev.lifeboat");

    private Ours() {}

    static JavaClasses classes() {
        return CLASSES;
    }
}
