package dev.outrigger.backup.location;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The one client of an object store, which all locations there share, with what it would otherwise share with the whole process. */
final class S3Connection implements AutoCloseable {

    /** So long a connection is used; whoever stands between may forget it sooner, and then a request is tried again. */
    private static final Duration CONNECTION_LIFE = Duration.ofMinutes(2);

    /** By which part of the time limit of a request it grows with each MiB: at the default, by a second. */
    private static final int SLACK_PER_MEBIBYTE = 60;

    private final SdkHttpClient http;
    private final ScheduledExecutorService timer;
    private final S3Client client;
    private final S3Settings settings;

    private S3Connection(SdkHttpClient http, ScheduledExecutorService timer, S3Client client, S3Settings settings) {
        this.http = http;
        this.timer = timer;
        this.client = client;
        this.settings = settings;
    }

    /** Makes a client, which connects when it is used. */
    static S3Connection open(S3Settings settings) {
        SdkHttpClient http = Apache5HttpClient.builder()
                .connectionTimeout(settings.connectTimeout())
                .connectionAcquisitionTimeout(settings.requestTimeout())
                .socketTimeout(settings.requestTimeout())
                .connectionTimeToLive(CONNECTION_LIFE)
                .maxConnections(settings.maxConnections())
                // One thread for all clients of the process, which is not ours to start.
                .useIdleConnectionReaper(false)
                .build();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "outrigger-s3-timer");
            thread.setDaemon(true);
            return thread;
        });
        return new S3Connection(http, timer, client(settings, http, timer), settings);
    }

    private static S3Client client(S3Settings settings, SdkHttpClient http, ScheduledExecutorService timer) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http)
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(credentials(settings))
                // Other stores refuse, or do not verify, what the SDK would add by itself; all of them verify MD5.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .disableMultiRegionAccessPoints(true)
                .disableS3ExpressSessionAuth(true)
                .overrideConfiguration(override -> override.scheduledExecutorService(timer)
                        .apiCallAttemptTimeout(settings.requestTimeout())
                        .addExecutionInterceptor(new AttemptCount())
                        .retryStrategy(DefaultRetryStrategy.standardStrategyBuilder()
                                .maxAttempts(settings.attempts())
                                // A reply that breaks off, where its length was not said before.
                                .retryOnExceptionOrCauseInstanceOf(XMLStreamException.class)
                                .build()));
        settings.endpoint().map(S3Connection::withoutPath).ifPresent(builder::endpointOverride);
        settings.region()
                .or(() -> settings.endpoint().map(any -> "us-east-1"))
                .map(Region::of)
                .ifPresent(builder::region);
        return builder.build();
    }

    private static URI withoutPath(URI endpoint) {
        return endpoint.resolve("/");
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        return settings.credentials()
                .<AwsCredentialsProvider>map(supplier -> () -> signedWith(supplier.get()))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    private static AwsCredentials signedWith(S3Credentials keys) {
        return keys.sessionToken()
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(keys.accessKey(), keys.secretKey(), token))
                .orElseGet(() -> AwsBasicCredentials.create(keys.accessKey(), keys.secretKey()));
    }

    S3Client client() {
        return client;
    }

    /** Returns for how long one attempt at a request with a body may take. */
    Duration timeout(long bytes) {
        Duration limit = settings.requestTimeout();
        return limit.plus(limit.dividedBy(SLACK_PER_MEBIBYTE).multipliedBy(bytes >> 20));
    }

    boolean unconditionalAllowed() {
        return settings.unconditionalAllowed();
    }

    @Override
    public void close() {
        client.close();
        http.close();
        timer.shutdownNow();
    }
}
