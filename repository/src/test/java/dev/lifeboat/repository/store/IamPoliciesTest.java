package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * The policies in {@code ops/iam}, put upon real callers of a MinIO and a versitygw.
 *
 * <p>Neither knows {@code s3:if-none-match}, so the conditions that make a writer's rights add-only are taken out here
 * and are shown on nothing but Amazon. MinIO looks at bucket policies only for callers without a name, and versitygw
 * does not know encryption: each shows the half that it can.
 */
@Tag("slow")
final class IamPoliciesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ONLY_AMAZON_KNOWS = List.of("s3:if-none-match", "s3:ObjectCreationOperation");
    private static final Key DATA = new Key("databases/orders/backups/b1/data/a1/orders.dump.zst.age");
    private static final Key MORE = new Key("databases/orders/backups/b1/data/a2/orders.dump.zst.age");
    private static final Key MANIFEST = new Key("databases/orders/backups/b1/manifest.json");

    @TempDir
    private static Path folder;

    @AutoClose
    private static TestMinio server;

    private String bucket = "";
    private S3Store root = S3Store.open(
            S3Location.of("s3://none").withRegion("none").withCredentials(new S3Credentials.Keys("none", "none")));

    @BeforeAll
    static void start() {
        server = TestMinio.start();
    }

    @BeforeEach
    void makeBucket() {
        bucket = server.makeLockedBucket();
        root = S3Store.open(server.location("s3://" + bucket));
        root.create(DATA, bytes("ciphertext"));
        root.create(MANIFEST, bytes("{}"));
    }

    @Test
    void a_writer_adds_and_reads_back_and_takes_nothing_away() throws IOException {
        S3Store writer = as("writer");
        assertThat(writer.create(MORE, bytes("new"))).isTrue();
        try (Upload upload = writer.begin(new Key("databases/large"))) {
            upload.write(bytes("new"));
            upload.commit();
        }
        writer.begin(new Key("databases/abandoned")).close();
        assertThat(writer.sweepUploads(new Key("databases"), Instant.MAX)).isZero();
        assertThat(writer.read(DATA)).isPresent();
        assertThat(writer.list(new Key("databases"))).hasSize(4);

        assertThat(writer.create(DATA, bytes("other"))).isFalse();
        assertDenied(() -> writer.delete(DATA), "s3:DeleteObject");
        String version = root.versions(DATA).getFirst().id();
        try (S3Client client = client("writer")) {
            assertThatThrownBy(() -> client.deleteObject(
                            it -> it.bucket(bucket).key(DATA.value()).versionId(version)))
                    .isInstanceOf(S3Exception.class);
            assertThatThrownBy(() -> client.putBucketVersioning(
                            it -> it.bucket(bucket).versioningConfiguration(to -> to.status("Suspended"))))
                    .isInstanceOf(S3Exception.class);
        }
    }

    /** What is left where a service does not know the condition: a writer can hide what was there, and not remove it. */
    @Test
    void what_a_writer_overwrites_is_still_there() {
        try (S3Client client = client("writer")) {
            client.putObject(it -> it.bucket(bucket).key(DATA.value()), RequestBody.fromString("ransom"));
        }
        assertThat(root.versions(DATA)).extracting(StoredVersion::bytes).containsExactly(6L, 10L);
    }

    @Test
    void a_reader_reads_and_writes_nothing() {
        S3Store reader = as("reader");
        assertThat(reader.read(DATA)).isPresent();
        assertThat(reader.list(new Key("databases"))).hasSize(2);
        assertThat(reader.versions(DATA)).hasSize(1);
        assertDenied(() -> reader.create(MORE, bytes("x")), "s3:PutObject");
        assertDenied(() -> reader.begin(MORE), "s3:PutObject");
        assertDenied(() -> reader.delete(DATA), "s3:DeleteObject");
    }

    @Test
    void a_deleter_reads_what_decides_and_no_data_and_writes_none() {
        S3Store deleter = as("deleter");
        assertThat(deleter.read(MANIFEST)).isPresent();
        assertThat(deleter.list(new Key("databases"))).hasSize(2);
        assertDenied(() -> deleter.read(DATA), "s3:GetObject");
        assertDenied(() -> deleter.create(MORE, bytes("x")), "s3:PutObject");
        assertThat(deleter.create(new Key("databases/orders/backups/b2/manifest.json"), bytes("given up")))
                .isTrue();
        deleter.delete(DATA);
        assertThat(root.read(DATA)).isEmpty();
    }

    @Test
    void a_product_that_may_do_everything_else_sees_nothing_of_the_backups() throws IOException {
        ObjectNode all = policy("product");
        ((ArrayNode) all.get("Statement"))
                .addObject()
                .put("Effect", "Allow")
                .put("Action", "s3:*")
                .put("Resource", "arn:aws:s3:::*");
        S3Store product = new S3Store(new S3Bucket(client(all), server.location("s3://" + bucket)));
        assertDenied(() -> product.list(new Key("databases")), "s3:ListBucket");
        assertDenied(() -> product.read(DATA), "s3:GetObject");
        assertDenied(() -> product.create(new Key("x"), bytes("x")), "s3:PutObject");
        assertDenied(() -> product.delete(DATA), "s3:DeleteObject");
    }

    @Test
    void an_upload_that_does_not_ask_for_encryption_is_refused() throws IOException {
        ObjectNode all = policy("writer");
        ObjectNode encrypted = (ObjectNode) statement("OnlyEncryptedWhereItLies");
        encrypted.remove("Principal");
        ((ArrayNode) all.get("Statement")).add(encrypted);
        S3Location location = server.location("s3://" + bucket);
        try (S3Client client = client(all)) {
            S3Store careless = new S3Store(new S3Bucket(client, location));
            assertDenied(() -> careless.create(new Key("a"), bytes("x")), "s3:PutObject");
            S3Store careful = new S3Store(new S3Bucket(client, location.withEncryption(new S3Encryption.ServiceKey())));
            assertThat(careful.create(new Key("a"), bytes("x"))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_plain_connection_is_refused_by_the_bucket(boolean tls) throws Exception {
        try (TestVersitygw versity = tls ? TestVersitygw.start(TestCertificate.make(folder)) : TestVersitygw.start()) {
            String name = versity.makeBucket();
            S3Credentials.Keys user = versity.makeUser("somebody");
            ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
            ObjectNode all = JSON.createObjectNode()
                    .put("Effect", "Allow")
                    .put("Principal", "*")
                    .put("Action", "s3:*");
            all.set("Resource", statement("OnlyEncryptedOnTheWay").get("Resource"));
            policy.putArray("Statement").add(all).add(statement("OnlyEncryptedOnTheWay"));
            try (S3Client client = versity.client()) {
                client.putBucketPolicy(
                        it -> it.bucket(name).policy(policy.toString().replace(bucket, name)));
            }
            S3Store store = S3Store.open(versity.location("s3://" + name).withCredentials(user));
            if (tls) {
                assertThat(store.create(new Key("a"), bytes("x"))).isTrue();
            } else {
                assertDenied(() -> store.create(new Key("a"), bytes("x")), "s3:PutObject");
            }
        }
    }

    private S3Store as(String role) {
        return new S3Store(new S3Bucket(client(role), server.location("s3://" + bucket)));
    }

    private S3Client client(String role) {
        try {
            return client(policy(role));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody with the rights of a policy and no others. */
    private S3Client client(JsonNode policy) {
        try (StsClient sts = StsClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        server.keys().id(), server.keys().secret())))
                .build()) {
            Credentials session = sts.assumeRole(it -> it.roleArn("arn:aws:iam::000000000000:role/any")
                            .roleSessionName("test")
                            .policy(policy.toString()))
                    .credentials();
            return S3Client.builder()
                    .endpointOverride(server.endpoint())
                    .region(Region.US_EAST_1)
                    .forcePathStyle(true)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                            session.accessKeyId(), session.secretAccessKey(), session.sessionToken())))
                    .build();
        }
    }

    /** A policy for this test's bucket, without what only Amazon knows. */
    private ObjectNode policy(String role) throws IOException {
        ObjectNode policy = (ObjectNode) read(role);
        for (JsonNode statement : policy.get("Statement")) {
            JsonNode condition = statement.path("Condition");
            boolean unknown = ONLY_AMAZON_KNOWS.stream()
                    .anyMatch(it -> !condition.findPath(it).isMissingNode());
            if (unknown) {
                ((ObjectNode) statement).remove("Condition");
            }
        }
        return policy;
    }

    private JsonNode statement(String id) throws IOException {
        for (JsonNode statement : read("bucket-policy").get("Statement")) {
            if (statement.get("Sid").asText().equals(id)) {
                return statement;
            }
        }
        throw new IllegalArgumentException(id);
    }

    private JsonNode read(String name) throws IOException {
        Path file = Path.of(System.getProperty("lifeboat.root", ".."), "ops", "iam", name + ".json");
        return JSON.readTree(Files.readString(file).replace("BACKUP-BUCKET", bucket));
    }

    private static void assertDenied(Runnable call, String right) {
        StoreException e = catchThrowableOfType(StoreException.class, call::run);
        assertThat(e).as(right).isNotNull();
        assertThat(e.problem()).isEqualTo(DENIED);
        assertThat(e.hint()).contains(right);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
