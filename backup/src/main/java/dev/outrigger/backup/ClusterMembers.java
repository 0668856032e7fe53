package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.create.MemberFailedException;
import dev.outrigger.backup.create.ShardMembers;
import dev.outrigger.backup.create.ShardOrder;
import dev.outrigger.backup.create.ShardReport;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.peer.PeerAccess;
import dev.outrigger.backup.peer.PeerAnswer;
import dev.outrigger.backup.peer.PeerTransport;
import dev.outrigger.backup.spi.ShardPlacement;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.cluster.NodeAddress;
import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonObject;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskConflictException;
import dev.outrigger.task.TaskId;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskRefusedException;
import dev.outrigger.task.TaskStoreException;
import dev.outrigger.task.UnknownTaskException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members as the host's placement has them: this one is asked at its own desk, the others at their sidecars. */
final class ClusterMembers implements ShardMembers {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterMembers.class);
    private static final int ACCEPTED = 202;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final ShardPlacement placement;
    private final PeerAccess access;
    private final PeerTransport transport;
    private final ShardDesk desk;
    private final InstantSource clock;
    private final Duration pause;

    /** Set once, before anything is asked. */
    private volatile Optional<TaskQueue> queue = Optional.empty();

    /** As this node's own sidecar has it, and hence the others. */
    private volatile String adminPrefix = "/api/v1";

    ClusterMembers(
            ShardPlacement placement,
            PeerAccess access,
            PeerTransport transport,
            ShardDesk desk,
            InstantSource clock,
            Duration pause) {
        this.placement = requireNonNull(placement, "placement");
        this.access = requireNonNull(access, "access");
        this.transport = requireNonNull(transport, "transport");
        this.desk = requireNonNull(desk, "desk");
        this.clock = requireNonNull(clock, "clock");
        this.pause = requireNonNull(pause, "pause");
    }

    void connect(TaskQueue own) {
        queue = Optional.of(own);
    }

    void adminPrefix(String prefix) {
        adminPrefix = prefix;
    }

    @Override
    public List<TableName> tables() throws IOException {
        return known(placement::tables);
    }

    @Override
    public Set<Integer> shards(TableName table) throws IOException {
        return Set.copyOf(known(() -> placement.shards(table)));
    }

    @Override
    public Optional<NodeAddress> leader(TableName table, int shard) {
        try {
            return known(() -> placement.leader(table, shard));
        } catch (IOException e) {
            LOG.debug("Who leads shard {} of {} is not known", shard, table, e);
            return Optional.empty();
        }
    }

    @Override
    public String ask(NodeAddress member, ShardOrder order) throws IOException, MemberFailedException {
        if (member.equals(placement.self())) {
            return askHere(member, order);
        }
        PeerAnswer answer = transport.ask(urlOf(member), adminPrefix + "/backup/shards", order.encode());
        if (answer.status() == ACCEPTED) {
            return field(answer.json(), "job_id");
        }
        if (isFinal(answer.status())) {
            throw refused(member, answer.error());
        }
        throw new IOException("member " + member.value() + ": " + answer.error());
    }

    /** Tells whether the answer to the same request will be the same. */
    private static boolean isFinal(int status) {
        return (status >= 400 && status < 500) || status == 501;
    }

    private String askHere(NodeAddress self, ShardOrder order) throws IOException, MemberFailedException {
        try {
            return desk.take(order, queue.orElseThrow()).id().value();
        } catch (RefusedException e) {
            throw refused(self, String.valueOf(e.getMessage()));
        } catch (TaskRefusedException | TaskStoreException e) {
            throw new IOException("the order could not be recorded", e);
        }
    }

    private static MemberFailedException refused(NodeAddress member, String why) {
        return new MemberFailedException("member " + member.value() + ": " + why);
    }

    @Override
    public Progress look(NodeAddress member, ShardOrder order, String job) throws IOException {
        if (member.equals(placement.self())) {
            Optional<Task> task = queue.orElseThrow().find(new TaskId(job));
            return task.isPresent() ? progress(task.get(), order) : new GivenUp("does not know of it any more");
        }
        PeerAnswer answer = transport.ask(urlOf(member), adminPrefix + "/jobs/" + job, new byte[0]);
        if (answer.status() == NOT_FOUND) {
            return new GivenUp("does not know of it any more");
        }
        if (answer.status() != OK) {
            throw new IOException("member " + member.value() + ": " + answer.error());
        }
        JsonObject document = answer.json();
        return progress(
                field(document, "state"),
                document.optionalString("last_error"),
                document.optionalObject("result"),
                order);
    }

    private static Progress progress(Task task, ShardOrder order) throws IOException {
        Optional<String> result = task.result().json();
        Optional<JsonObject> report = result.isPresent()
                ? Optional.of(new PeerAnswer(OK, result.get().getBytes(UTF_8)).json())
                : Optional.empty();
        return progress(task.state().word(), task.lastError(), report, order);
    }

    private static Progress progress(
            String state, Optional<String> error, Optional<JsonObject> result, ShardOrder order) {
        return switch (state) {
            case "completed" -> report(result, order);
            case "failed" -> new GivenUp(error.orElse("failed"));
            case "canceled" -> new GivenUp("was called off there");
            default -> new Running();
        };
    }

    private static Progress report(Optional<JsonObject> result, ShardOrder order) {
        try {
            return new Done(
                    ShardReport.of(result.orElseThrow(() -> new IllegalArgumentException("report: missing")), order));
        } catch (IllegalArgumentException e) {
            return new GivenUp(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void callOff(NodeAddress member, String job) {
        try {
            if (member.equals(placement.self())) {
                queue.orElseThrow().cancel(new TaskId(job));
            } else {
                transport.ask(urlOf(member), adminPrefix + "/jobs/" + job + "/cancel", "{}".getBytes(UTF_8));
            }
        } catch (TaskConflictException | UnknownTaskException e) {
            LOG.debug("Job {} has ended meanwhile", job, e);
        } catch (IOException | TaskStoreException e) {
            LOG.info("Member {} was not told that job {} is off, and finds out by itself", member, job, e);
        }
    }

    private URI urlOf(NodeAddress member) throws IOException {
        Map<NodeAddress, URI> members = known(placement::members);
        URI url = members.get(member);
        if (url == null) {
            throw new IOException("member " + member.value() + ": not known where its sidecar listens");
        }
        return url;
    }

    @Override
    public Duration silence() {
        return access.silence();
    }

    @Override
    public Duration leaderDeadline() {
        return access.leaderDeadline();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void pause() throws InterruptedException {
        Thread.sleep(pause.toMillis());
    }

    private static String field(JsonObject json, String name) throws IOException {
        try {
            return json.string(name);
        } catch (JsonFormatException e) {
            throw new IOException("the peer's answer is malformed: " + e.getMessage(), e);
        }
    }

    /** Asks the host; what it does not know now is asked again. */
    static <T> T known(HostCall<T> call) throws IOException {
        try {
            return requireNonNull(call.make(), "what the placement returns");
        } catch (IOException | RuntimeException e) {
            throw new IOException("the placement of shards is not known now", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (Exception e) {
            throw new IOException("the placement of shards is not known now", e);
        }
    }

    /** A call of the host's placement. */
    @FunctionalInterface
    interface HostCall<T> {

        T make() throws Exception;
    }
}
