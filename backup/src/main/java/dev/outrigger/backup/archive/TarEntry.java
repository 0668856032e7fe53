package dev.outrigger.backup.archive;

/**
 * What stands in front of a file or directory in a tar, as it stands there.
 *
 * @param name of it, which may be any text
 * @param directory whether it is one
 * @param bytes how long the content is that comes next
 */
record TarEntry(String name, boolean directory, long bytes) {}
