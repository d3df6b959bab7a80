package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static dev.lifeboat.repository.store.StoreException.Problem.EXISTS;
import static dev.lifeboat.repository.store.StoreException.Problem.FULL;
import static dev.lifeboat.repository.store.StoreException.Problem.NOT_FOUND;
import static dev.lifeboat.repository.store.StoreException.Problem.UNREACHABLE;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;
import static java.util.Map.entry;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What an S3 service said, in the words of a store. */
final class S3Problems {

    private static final Meaning UNKNOWN_KEY = new Meaning(
            DENIED, "the service does not know the access key", "check the id of the key and the endpoint.");
    private static final Meaning DAMAGED_ON_THE_WAY = new Meaning(
            UNREACHABLE, "the bytes arrived damaged and were refused", "repeat it; check the network between.");
    private static final Meaning CUT_ON_THE_WAY =
            new Meaning(UNREACHABLE, "not all bytes arrived in time", "repeat it; look at the network between.");
    private static final Meaning TWO_AT_ONCE =
            new Meaning(UNREACHABLE, "somebody else writes it at this very moment", "repeat it.");
    private static final Meaning NO_ROOM = new Meaning(FULL, "no room is left", "make room there, or raise the quota.");

    private static final Pattern EXPECTED_REGION = Pattern.compile("is wrong; expecting ['\"]?([a-z0-9-]+)");

    /** What a service's own name for a problem means, where that needs no further look. */
    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            entry("InvalidAccessKeyId", UNKNOWN_KEY),
            entry("InvalidToken", UNKNOWN_KEY),
            entry("Unauthorized", UNKNOWN_KEY),
            entry(
                    "SignatureDoesNotMatch",
                    new Meaning(
                            DENIED,
                            "the secret does not belong to the access key",
                            "check the secret: is it of this key?")),
            entry("ExpiredToken", new Meaning(DENIED, "the credentials have expired", "renew them.")),
            entry(
                    "NoSuchBucket",
                    new Meaning(
                            UNSUITABLE,
                            "there is no such bucket",
                            "check its name, or make the bucket; Lifeboat makes none.")),
            entry(
                    "NoSuchUpload",
                    new Meaning(
                            NOT_FOUND,
                            "the unfinished upload was removed while it was written",
                            "repeat it; if nobody removed it by hand, the grace for unfinished uploads is too short.")),
            entry(
                    "InvalidObjectState",
                    new Meaning(
                            UNSUITABLE,
                            "the object lies in a cold storage class",
                            "ask the service to restore it first.")),
            entry("BadDigest", DAMAGED_ON_THE_WAY),
            entry("InvalidDigest", DAMAGED_ON_THE_WAY),
            entry("XAmzContentSHA256Mismatch", DAMAGED_ON_THE_WAY),
            entry("XAmzContentChecksumMismatch", DAMAGED_ON_THE_WAY),
            entry("RequestTimeout", CUT_ON_THE_WAY),
            entry("IncompleteBody", CUT_ON_THE_WAY),
            entry("ConditionalRequestConflict", TWO_AT_ONCE),
            entry("OperationAborted", TWO_AT_ONCE),
            entry("QuotaExceeded", NO_ROOM),
            entry("XMinioStorageFull", NO_ROOM),
            entry("XMinioAdminBucketQuotaExceeded", NO_ROOM));

    private S3Problems() {}

    static StoreException in(S3Action action, String url, SdkException e) {
        if (e instanceof S3Exception answer) {
            return new Words(action, url, answer).said();
        }
        return ConnectionProblems.in(action, url, e);
    }

    /** The service's own name for what happened; empty where it gave none. */
    static String code(S3Exception e) {
        return Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
    }

    /** Whether the same request may be answered better in a moment, for a reason that the SDK does not know. */
    static boolean mayPass(S3Exception e) {
        // Two requests met: the service knows now who was first. When a deletion has just emptied the folder of a new
        // object, and so removed it, versitygw 1.8 says the second, and MinIO the third, which also stands for a body
        // that was cut on its way.
        return Set.of("ConditionalRequestConflict", "ExistingObjectIsDirectory", "IncompleteBody")
                .contains(code(e));
    }

    private record Meaning(StoreException.Problem problem, String words, String hint) {}

    private record Words(S3Action action, String url, S3Exception answer) {

        StoreException said() {
            Meaning meaning = MEANINGS.get(code(answer));
            if (meaning != null) {
                return of(meaning.problem, meaning.words, meaning.hint);
            }
            return switch (code(answer)) {
                case "RequestTimeTooSkewed" -> skewed();
                case "AuthorizationHeaderMalformed" ->
                    region().isPresent()
                            ? elsewhere()
                            : of(DENIED, "the service cannot read the access key", "check the id of the key.");
                case "PermanentRedirect", "IllegalLocationConstraintException" -> elsewhere();
                default -> byStatus();
            };
        }

        private StoreException byStatus() {
            return switch (answer.statusCode()) {
                case 301, 307 -> elsewhere();
                case 401, 403 ->
                    of(
                            DENIED,
                            "access is denied" + details(),
                            "allow %s there to the key that Lifeboat uses.".formatted(action.right()));
                case 404 -> of(NOT_FOUND, "there is no such object", "list what is there: it may have been deleted.");
                case 412 ->
                    of(EXISTS, "it exists already and is never overwritten", "somebody else was first: read it.");
                case 408, 429, 500, 502, 503, 504 ->
                    of(UNREACHABLE, "the service is overloaded or in trouble" + details(), "try again later.");
                case 507 -> of(FULL, "no room is left", "make room there.");
                default -> refused();
            };
        }

        // The code is one for many: what it is about stands only in the service's sentence.
        private StoreException refused() {
            return Objects.requireNonNullElse(answer.getMessage(), "").matches("(?is).*object ?lock.*")
                    ? of(
                            UNSUITABLE,
                            "the bucket does not lock objects" + details(),
                            "use a bucket with Object Lock, or leave out `lock` for this repository.")
                    : of(
                            UNSUITABLE,
                            "the service refused it" + details(),
                            "does it offer all of S3 that is used here?");
        }

        private StoreException skewed() {
            return of(
                    DENIED,
                    "this machine's clock differs%s from the service's".formatted(S3Clock.difference(answer)),
                    "set the clock: is a time service running?");
        }

        private StoreException elsewhere() {
            Optional<String> region = region();
            return of(
                    UNSUITABLE,
                    region.map("the bucket lies in region '%s'"::formatted).orElse("the bucket lies in another region"),
                    region.map("write region: %s."::formatted).orElse("write the region in which it was made."));
        }

        private Optional<String> region() {
            Matcher said = EXPECTED_REGION.matcher(
                    Optional.ofNullable(answer.getMessage()).orElse(""));
            return Optional.ofNullable(answer.awsErrorDetails())
                    .map(AwsErrorDetails::sdkHttpResponse)
                    .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
                    .or(() -> said.find() ? Optional.of(said.group(1)) : Optional.empty());
        }

        private String details() {
            return code(answer).isEmpty()
                    ? " (status %d)".formatted(answer.statusCode())
                    : " (%s, status %d)".formatted(code(answer), answer.statusCode());
        }

        private StoreException of(StoreException.Problem problem, String words, String hint) {
            return new StoreException(problem, "%s '%s': %s".formatted(action.words(), url, words), hint, answer);
        }
    }
}
