package dev.outrigger.backup.create;

import dev.outrigger.backup.archive.ChangedFileException;
import dev.outrigger.backup.location.StoreFullException;

/** What clients are told of a failure: nothing that names places on this machine. The log has the rest. */
final class FailureText {

    private FailureText() {}

    static String of(Exception failure) {
        if (failure instanceof StoreFullException) {
            return "there is no space left at the location";
        }
        if (failure instanceof ChangedFileException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof MemberFailedException) {
            return String.valueOf(failure.getMessage());
        }
        return "the table could not be read; the log has more";
    }
}
