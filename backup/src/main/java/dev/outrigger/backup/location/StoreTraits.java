package dev.outrigger.backup.location;

/**
 * What a store was seen to honour.
 *
 * @param conditionalPut whether a write that must not replace anything is refused where something is there
 * @param md5Verified whether a write with a wrong checksum is refused; never by a directory, to which none is sent
 */
public record StoreTraits(boolean conditionalPut, boolean md5Verified) {}
