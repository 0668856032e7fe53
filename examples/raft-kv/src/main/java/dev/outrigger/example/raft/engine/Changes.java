package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who asked for it that something is not as it was. */
final class Changes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final Duration PACE = Duration.ofMillis(250);

    private final DivisionViews views;
    private final MemberBook book;
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private final Turns turns = new Turns("watch", this::look);
    private List<Object> last = List.of(); // only on the thread that looks

    Changes(DivisionViews views, MemberBook book) {
        this.views = requireNonNull(views, "views");
        this.book = requireNonNull(book, "book");
    }

    void add(Runnable action) {
        actions.add(requireNonNull(action, "action"));
    }

    /** Looks from now on. */
    void start() {
        turns.start(PACE);
    }

    /** Has a look taken soon. */
    void hurry() {
        turns.hurry();
    }

    @Override
    public void close() {
        turns.close();
    }

    private void look() {
        try {
            List<Object> now = List.of(views.all().stream().map(Face::of).toList(), book.here());
            if (!now.equals(last)) {
                last = now;
                actions.forEach(Runnable::run);
            }
        } catch (RuntimeException e) {
            LOG.warn("What has changed cannot be told", e);
        }
    }

    /** What of a replica is worth telling; its indices change with every write. */
    private record Face(
            GroupName group, DivisionRole role, DivisionState state, Optional<String> leader, List<Boolean> reachable) {

        static Face of(DivisionView view) {
            return new Face(
                    view.group(),
                    view.role(),
                    view.state(),
                    view.leader(),
                    view.replicas().stream().map(ReplicaView::reachable).toList());
        }
    }
}
