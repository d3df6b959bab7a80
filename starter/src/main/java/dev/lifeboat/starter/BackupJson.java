package dev.lifeboat.starter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.TableCount;
import dev.lifeboat.starter.terminal.Json;

/** A backup as docs/json.md describes it. */
final class BackupJson {

    private BackupJson() {}

    /** A line of the inventory. */
    static ObjectNode line(String repository, Manifest manifest) {
        ObjectNode line = Json.object()
                .put("backup", manifest.backup().value())
                .put("database", manifest.database())
                .put("repository", repository)
                .put("tag", manifest.tag().orElse(null))
                .put("taken", manifest.snapshot().time().toString())
                .put("plainBytes", manifest.plainBytes())
                .put("storedBytes", manifest.storedBytes())
                .put("tables", manifest.tables().size())
                .put("rows", BackupsVerb.rows(manifest))
                .put("hold", manifest.hold().orElse(null))
                .put("keepUntil", manifest.keepUntil().map(Object::toString).orElse(null))
                .put("note", manifest.note().orElse(null))
                .put("operator", manifest.operator().orElse(null))
                .put("run", manifest.run())
                .put("nominal", manifest.nominal().map(Object::toString).orElse(null));
        ArrayNode tiers = line.putArray("tiers");
        manifest.tiers().forEach(tiers::add);
        return line;
    }

    static ObjectNode whole(String repository, Manifest manifest) {
        ObjectNode document = line(repository, manifest)
                .put("begun", manifest.begin().toString())
                .put("ended", manifest.end().toString())
                .put(
                        "engine",
                        manifest.engine().name() + " " + manifest.engine().version())
                .put("serverVersion", manifest.source().serverVersion())
                .put(
                        "compression",
                        manifest.compression().format() + " "
                                + manifest.compression().level());
        ArrayNode recipients = document.putArray("recipients");
        manifest.recipients().forEach(recipients::add);
        ArrayNode objects = document.putArray("objects");
        manifest.objects()
                .forEach(object -> objects.addObject()
                        .put("key", object.key().value())
                        .put("plainBytes", object.plainBytes())
                        .put("plainSha256", object.plainSha256())
                        .put("storedBytes", object.storedBytes())
                        .put("storedSha256", object.storedSha256()));
        ArrayNode counts = document.putArray("tableCounts");
        manifest.tables().forEach(table -> counts.add(count(table)));
        ArrayNode warnings = document.putArray("warnings");
        manifest.warnings().forEach(warnings::add);
        return document;
    }

    private static ObjectNode count(TableCount table) {
        ObjectNode count = Json.object().put("schema", table.schema()).put("name", table.name());
        if (table.rows().isPresent()) {
            count.put("rows", table.rows().getAsLong());
        } else {
            count.putNull("rows");
        }
        return count.put("note", table.note());
    }
}
