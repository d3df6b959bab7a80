package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.starter.terminal.ExitCode;
import dev.lifeboat.starter.terminal.Json;
import dev.lifeboat.starter.terminal.Table;
import io.temporal.serviceclient.Version;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code lifeboat version}. */
@Command(
        name = "version",
        description = "Shows the versions of Lifeboat and of what it runs on.",
        footer = {"", "Example:", "  lifeboat version"})
final class VersionVerb implements Callable<Integer> {

    private final Conventions conventions;

    VersionVerb(Conventions conventions) {
        this.conventions = conventions;
    }

    @Override
    public Integer call() {
        String lifeboat = Optional.ofNullable(Lifeboat.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
        String java = Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
        ObjectNode document =
                Json.object().put("lifeboat", lifeboat).put("java", java).put("temporalSdk", Version.LIBRARY_VERSION);
        Table table = Table.ofFacts()
                .row("lifeboat", lifeboat)
                .row("java", java)
                .row("temporal sdk", Version.LIBRARY_VERSION);
        conventions.print(document, table.lines());
        return ExitCode.GOOD.number();
    }
}
