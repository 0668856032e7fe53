package dev.outrigger.backup.create;

/** Tells that the members of the cluster do not write what they were asked for. The message is for people. */
public final class MemberFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what is not written, and why. */
    public MemberFailedException(String message) {
        super(message);
    }
}
