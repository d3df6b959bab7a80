package dev.lifeboat.repository.store;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The clock of an S3 service, as its answers show it. */
final class S3Clock {

    private S3Clock() {}

    /** How far this machine's clock is off, such as {@code " by 17 minutes"}; empty when the answer has no date. */
    static String difference(S3Exception answer) {
        return Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(response -> response.firstMatchingHeader("Date"))
                .flatMap(S3Clock::parse)
                .map(there -> Duration.between(there, Instant.now()).abs())
                .map(off -> " by %d minutes".formatted(off.plusSeconds(30).toMinutes()))
                .orElse("");
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
