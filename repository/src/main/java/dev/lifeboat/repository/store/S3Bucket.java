package dev.lifeboat.repository.store;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/** A bucket, and what can be asked about the objects in it. */
record S3Bucket(S3Client client, S3Location location) {

    /** On every object that we write: by it an upload whose answer was lost knows its own. */
    static final String MARK = "lifeboat-upload";

    /** For requests about small things: so long they take at most, with all their repetitions. */
    static final Consumer<AwsRequestOverrideConfiguration.Builder> QUICK =
            settings -> settings.apiCallTimeout(Duration.ofSeconds(55));

    /** Services give the seconds alone, and some give a mark the time of the version that it deletes, or an older one. */
    private static final Comparator<StoredVersion> NEWEST_FIRST = Comparator.comparing(StoredVersion::current)
            .thenComparing(StoredVersion::modified)
            .thenComparing(StoredVersion::deleted)
            .reversed();

    String name() {
        return location.bucket();
    }

    String name(Key key) {
        return location.name(key);
    }

    /** What the names of all objects in a folder begin with. */
    String start(Key folder) {
        return location.name(folder) + "/";
    }

    String url(Key key) {
        return location.url() + "/" + key;
    }

    /** Whether the object that is there now was written by the upload with this mark. */
    boolean isMarked(Key key, String mark) {
        try {
            return mark.equals(head(key).metadata().get(MARK));
        } catch (StoreException e) {
            return false; // not ours to read, or gone again: whoever asks was told already that the name was taken
        }
    }

    /** How it is kept; tags are only asked for when they matter, because some services have none. */
    Placement placement(Key key, boolean tagged) {
        HeadObjectResponse head = head(key);
        Optional<Placement.Lock> lock = Optional.ofNullable(head.objectLockRetainUntilDate())
                .map(until -> new Placement.Lock(Placement.Lock.Mode.valueOf(head.objectLockModeAsString()), until));
        return new Placement(Optional.ofNullable(head.storageClassAsString()), lock, tagged ? tags(key) : Map.of());
    }

    /** All that is kept of an object, the newest first; only the current one where versions are not kept. */
    List<StoredVersion> versions(Key key) {
        ListObjectVersionsRequest request = ListObjectVersionsRequest.builder()
                .bucket(name())
                .prefix(name(key))
                .build();
        return S3Action.LIST_VERSIONS.on(
                url(key),
                () -> client.listObjectVersionsPaginator(request).stream()
                        .flatMap(S3Bucket::versions)
                        .filter(version -> version.key().equals(name(key)))
                        .map(Named::version)
                        .sorted(NEWEST_FIRST)
                        .toList());
    }

    private static Stream<Named> versions(ListObjectVersionsResponse page) {
        Stream<Named> kept = page.versions().stream()
                .map(it -> new Named(
                        it.key(),
                        new StoredVersion(it.versionId(), it.isLatest(), false, it.size(), it.lastModified())));
        Stream<Named> marks = page.deleteMarkers().stream()
                .map(it -> new Named(
                        it.key(), new StoredVersion(it.versionId(), it.isLatest(), true, 0, it.lastModified())));
        return Stream.concat(kept, marks);
    }

    private record Named(String key, StoredVersion version) {}

    /** What the service says about an object; NOT_FOUND if there is none. */
    HeadObjectResponse head(Key key) {
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(name())
                .key(name(key))
                .overrideConfiguration(QUICK)
                .build();
        return S3Action.READ.on(url(key), () -> client.headObject(request));
    }

    private Map<String, String> tags(Key key) {
        GetObjectTaggingRequest request = GetObjectTaggingRequest.builder()
                .bucket(name())
                .key(name(key))
                .overrideConfiguration(QUICK)
                .build();
        Map<String, String> tags = new TreeMap<>();
        for (Tag tag : S3Action.READ_TAGS
                .on(url(key), () -> client.getObjectTagging(request))
                .tagSet()) {
            tags.put(tag.key(), tag.value());
        }
        return tags;
    }
}
