package dev.outrigger.task;

import java.nio.file.Path;

/** A process whose only task saves and saves, until somebody kills it. */
final class BusyProcess {

    private BusyProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        TaskQueue queue = TaskQueue.over(FileTaskStore.open(Path.of(arguments[0])))
                .type("busy", TaskOptions.defaults(), BusyProcess::work)
                .build();
        queue.start();
        Task task = queue.enqueue(TaskRequest.of("busy", ""));
        queue.whenEnded(task.id()).join();
    }

    @SuppressWarnings("SystemOut")
    private static TaskResult work(TaskContext context) {
        for (int count = 1; !context.isStopping(); count++) {
            context.save(Integer.toString(count));
            tell("saved " + count);
        }
        return TaskResult.none();
    }

    private static void tell(String line) {
        new java.io.PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true).println(line);
    }
}
