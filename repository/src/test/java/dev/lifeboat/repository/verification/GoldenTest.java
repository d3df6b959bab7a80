package dev.lifeboat.repository.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.repository.BackupId;
import dev.lifeboat.repository.Inventory;
import dev.lifeboat.repository.Manifest;
import dev.lifeboat.repository.Repository;
import dev.lifeboat.repository.SealedObject;
import dev.lifeboat.repository.seal.AgeKeys;
import dev.lifeboat.repository.seal.Seal;
import dev.lifeboat.repository.seal.Tally;
import dev.lifeboat.repository.signature.Judgement;
import dev.lifeboat.repository.signature.SigningKey;
import dev.lifeboat.repository.signature.TrustedKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written once is read for ever: if this is red, the code is wrong and not the golden repository. */
class GoldenTest {

    @TempDir
    Path folder;

    private Repository repository;

    @BeforeEach
    void copy() {
        repository = Golden.copiedTo(folder.resolve("golden"));
    }

    @Test
    void both_formats_are_in_the_inventory() {
        Inventory inventory = repository.inventory(Optional.empty());
        assertThat(inventory.entries())
                .extracting(Inventory.Entry::backup)
                .containsExactly(Golden.FORMAT_2, Golden.FORMAT_1);
        assertThat(inventory.damaged()).isEmpty();
    }

    @Test
    void format_2_passes_every_check() {
        List<Check> checks = verify(Golden.FORMAT_2, Golden.trusted());
        assertThat(checks)
                .allSatisfy(check ->
                        assertThat(check.verdict()).as(check.toString()).isEqualTo(Verdict.PASS));
        assertThat(checks)
                .extracting(Check::name)
                .containsExactly(
                        "manifest",
                        "signature",
                        "seal",
                        "stored",
                        "opens",
                        "stored",
                        "opens",
                        "dump",
                        "table",
                        "table",
                        "table",
                        "table",
                        "table",
                        "large objects",
                        "sequences",
                        "schema",
                        "nothing else");
    }

    @Test
    void format_2_is_signed_by_the_key_of_then() {
        String key = Golden.trusted().keys().iterator().next();
        assertThat(repository.signedManifest(Golden.FORMAT_2).orElseThrow().judge(Golden.trusted()))
                .isEqualTo(new Judgement.Good(key));
    }

    @Test
    void format_1_is_whole_as_far_as_it_says() {
        List<Check> checks = verify(Golden.FORMAT_1, TrustedKeys.of(List.of()));
        assertThat(checks).extracting(Check::verdict).doesNotContain(Verdict.FAIL, Verdict.WARN);
        assertThat(checks)
                .filteredOn(check -> check.verdict() == Verdict.PASS)
                .extracting(Check::name)
                .containsExactly("manifest", "seal", "stored", "opens", "dump", "table", "nothing else");
        assertThat(checks)
                .anySatisfy(check -> assertThat(check.words()).isEqualTo("300 rows, and no fingerprint was taken"));
    }

    @Test
    void each_object_opens_to_what_was_dumped() throws IOException {
        for (BackupId backup : List.of(Golden.FORMAT_1, Golden.FORMAT_2)) {
            Manifest manifest = repository.manifest(backup).orElseThrow();
            for (SealedObject object : manifest.objects()) {
                try (InputStream plain = Seal.reader(repository.store().open(object.key()), Golden.identity())) {
                    assertThat(Tally.of(plain.readAllBytes()).sha256()).isEqualTo(object.plainSha256());
                }
            }
        }
    }

    @Test
    void without_a_key_what_is_sealed_is_inconclusive_and_never_good() {
        List<Check> checks = Verification.of(
                        repository, Golden.FORMAT_2, Optional.empty(), Golden.trusted(), (done, total) -> {})
                .run();
        assertThat(Verification.worst(checks)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(checks)
                .filteredOn(check -> check.verdict() == Verdict.INCONCLUSIVE)
                .extracting(Check::name)
                .containsExactly("opens", "opens", "dump");
    }

    @Test
    void another_key_opens_nothing() {
        List<Check> checks = Verification.of(
                        repository,
                        Golden.FORMAT_2,
                        Optional.of(AgeKeys.generate()),
                        Golden.trusted(),
                        (done, total) -> {})
                .run();
        assertThat(checks)
                .filteredOn(check -> check.name().equals("opens"))
                .hasSize(2)
                .allSatisfy(check -> assertThat(check.verdict()).isEqualTo(Verdict.FAIL));
    }

    @Test
    void a_signature_is_judged_by_whom_is_trusted() {
        TrustedKeys nobody = TrustedKeys.of(List.of());
        TrustedKeys others = TrustedKeys.of(List.of(SigningKey.generate().publicKey()));
        assertThat(signature(Golden.FORMAT_2, nobody)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(signature(Golden.FORMAT_2, others)).isEqualTo(Verdict.FAIL);
        assertThat(signature(Golden.FORMAT_1, nobody)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(signature(Golden.FORMAT_1, others)).isEqualTo(Verdict.FAIL);
    }

    @Test
    void says_how_far_it_is_in_stored_bytes() {
        long total = repository.manifest(Golden.FORMAT_2).orElseThrow().storedBytes();
        List<Long> heard = new ArrayList<>();
        var checks = Verification.of(
                        repository, Golden.FORMAT_2, Optional.of(Golden.identity()), Golden.trusted(), (done, of) -> {
                            assertThat(of).isEqualTo(total);
                            heard.add(done);
                        })
                .run();
        assertThat(checks).isNotEmpty();
        assertThat(heard).isSorted().last().isEqualTo(total);
    }

    private Verdict signature(BackupId backup, TrustedKeys trusted) {
        return verify(backup, trusted).stream()
                .filter(check -> check.name().equals("signature"))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private List<Check> verify(BackupId backup, TrustedKeys trusted) {
        return Verification.of(repository, backup, Optional.of(Golden.identity()), trusted, (done, total) -> {})
                .run();
    }
}
