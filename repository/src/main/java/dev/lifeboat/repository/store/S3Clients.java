package dev.lifeboat.repository.store;

import static dev.lifeboat.repository.store.StoreException.Problem.DENIED;
import static dev.lifeboat.repository.store.StoreException.Problem.UNSUITABLE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Clients of S3 services, set up so that they work with those of others than Amazon, too. */
final class S3Clients {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 5;

    private S3Clients() {}

    /** A client that holds no thread and no connection of its own; DENIED when there are no credentials. */
    static S3Client open(S3Location location) {
        return open(location, http(location));
    }

    static S3Client open(S3Location location, SdkHttpClient http) {
        S3ClientBuilder client = S3Client.builder()
                .httpClient(http)
                .credentialsProvider(credentials(location))
                .region(region(location))
                .forcePathStyle(location.pathStyle())
                // Chunks with a signature or a checksum behind them are what other services do not understand. We send
                // our own checksum with everything instead, made when the bytes came to us.
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(settings -> settings.retryStrategy(retries()));
        location.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }

    private static StandardRetryStrategy retries() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(ATTEMPTS)
                .retryOnException(e -> e instanceof S3Exception answer && S3Problems.mayPass(answer))
                .build();
    }

    static SdkHttpClient http(S3Location location) {
        UrlConnectionHttpClient.Builder http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT.compareTo(location.patience()) < 0 ? CONNECT : location.patience())
                .socketTimeout(location.patience());
        location.authority()
                .map(S3Clients::trusting)
                .ifPresent(trusted -> http.tlsTrustManagersProvider(() -> trusted));
        return new StallGuard(http.build(), location.patience());
    }

    private static TrustManager[] trusting(Path authority) {
        try (InputStream pem = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), each);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new StoreException(
                    UNSUITABLE,
                    "the certificates in '%s' cannot be read".formatted(authority),
                    "name a file with certificates in PEM, which begin with -----BEGIN CERTIFICATE-----.",
                    e);
        }
    }

    private static AwsCredentialsProvider credentials(S3Location location) {
        AwsCredentialsProvider provider = switch (location.credentials()) {
            case S3Credentials.UsualChain() ->
                DefaultCredentialsProvider.builder().build();
            case S3Credentials.Profile(String name) -> ProfileCredentialsProvider.create(name);
            case S3Credentials.Keys(String id, String secret) ->
                StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
        };
        try {
            provider.resolveCredentials();
            return provider;
        } catch (SdkException e) {
            throw new StoreException(DENIED, "no credentials for '%s'".formatted(location.url()), hint(location), e);
        }
    }

    private static String hint(S3Location location) {
        return location.credentials() instanceof S3Credentials.Profile(String name)
                ? "add the profile '%s' to the AWS files of the user that runs Lifeboat.".formatted(name)
                : "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, give the machine a role, or name a profile.";
    }

    private static Region region(S3Location location) {
        if (location.region().isPresent()) {
            return Region.of(location.region().get());
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkException e) {
            if (location.endpoint().isPresent()) {
                return Region.US_EAST_1; // what services without regions expect in a signature
            }
            throw new StoreException(
                    UNSUITABLE,
                    "nothing says in which region '%s' lies".formatted(location.url()),
                    "add the region, for example region: eu-central-1.",
                    e);
        }
    }
}
