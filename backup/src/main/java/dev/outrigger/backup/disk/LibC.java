package dev.outrigger.backup.disk;

import com.sun.jna.Native;

/**
 * Calls into the C library that Java has no equal of; each returns -1 when it fails, as the manual says. A {@link LinkageError} or another
 * error tells where the library that makes them is missing or does not work.
 */
final class LibC {

    /** As Linux has them on every architecture that a current JDK is built for. */
    static final int O_RDONLY = 0;

    static final int O_CLOEXEC = 0x80000;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    /** {@code open(2)}: a descriptor, which is the caller's to close. */
    static native int open(String path, int flags);

    /** {@code syncfs(2)} for the file system of a descriptor. */
    static native int syncfs(int descriptor);

    /** {@code close(2)}. */
    static native int close(int descriptor);

    /** The {@code errno} of this thread's last call. */
    static int lastError() {
        return Native.getLastError();
    }
}
