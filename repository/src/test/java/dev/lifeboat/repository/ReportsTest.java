package dev.lifeboat.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.store.Key;
import dev.lifeboat.repository.store.Store;
import dev.lifeboat.repository.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {

    private static final String RUN = "backup-orders-20261121T020000Z-k3x9";

    @TempDir
    Path root;

    /** As a bucket lists them, in which anything can be a name. */
    @ParameterizedTest
    @ValueSource(strings = {"the year", "", "..", "é", "20261", "2026-old", ".upload-x"})
    void a_folder_that_is_no_year_or_month_is_somebody_elses(String name) {
        reports();
        Store strange = new DyingStore(store(), Integer.MAX_VALUE) {
            @Override
            public List<String> folders(Key folder) {
                List<String> names = new ArrayList<>(super.folders(folder));
                names.add(name);
                return names;
            }
        };

        assertThat(new Reports(Repository.open(strange)).newest(10)).containsExactly(new Reports.Trace(RUN, true));
    }

    @Test
    void the_newest_come_first_and_say_whether_they_reported() {
        Reports reports = reports();
        String later = "verify-orders-20261201T020000Z-aaaa";
        store().create(Layout.report(later, "policy.json"), "{}".getBytes(UTF_8));

        assertThat(reports.newest(10)).containsExactly(new Reports.Trace(later, false), new Reports.Trace(RUN, true));
        assertThat(reports.newest(1)).containsExactly(new Reports.Trace(later, false));
    }

    private Reports reports() {
        store().create(Layout.repository(), "{\"format\": 1, \"id\": \"c3b5f6a2\"}".getBytes(UTF_8));
        store().create(Layout.report(RUN, "report.json"), "{}".getBytes(UTF_8));
        return new Reports(Repository.open(store()));
    }

    private Store store() {
        return Stores.open("file:" + root);
    }
}
