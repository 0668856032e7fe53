package dev.outrigger.secrets;

/** What something in a keystore was sealed for; part of its context, so that nothing passes for something else. */
enum SealPurpose {

    /** Nothing: it opens, so the password is right. */
    PASSWORD_CHECK(1),

    /** One secret. */
    SECRET(2),

    /** Nothing, over the whole file: it opens, so nothing was taken out of it or put in. */
    WHOLE_FILE(3);

    private final byte mark;

    SealPurpose(int mark) {
        this.mark = (byte) mark;
    }

    byte mark() {
        return mark;
    }

    /** The context of a seal over bytes that are not secret. */
    byte[] over(byte[] bytes, int length) {
        byte[] context = new byte[1 + length];
        context[0] = mark;
        System.arraycopy(bytes, 0, context, 1, length);
        return context;
    }
}
