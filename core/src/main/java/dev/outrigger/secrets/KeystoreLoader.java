package dev.outrigger.secrets;

import java.util.Arrays;
import java.util.Optional;

/** Makes content of a keystore's bytes, and the key for it of the password, where no known key fits. */
final class KeystoreLoader {

    private final KeystoreFile file;
    private final KeystorePassword password;
    private final int iterations;

    /**
     * @param iterations for a keystore that is made here; another's are in its file
     */
    KeystoreLoader(KeystoreFile file, KeystorePassword password, int iterations) {
        this.file = file;
        this.password = password;
        this.iterations = iterations;
    }

    /** Reads the file, or makes one that is empty, so that the password is settled from now on. */
    KeystoreContent loadOrCreate() {
        if (file.exists()) {
            return load();
        }
        return file.exclusively(() -> file.exists() ? load() : create());
    }

    private KeystoreContent load() {
        return decode(file.read(), Optional.empty());
    }

    private KeystoreContent create() {
        KeystoreContent empty = KeystoreContent.empty(derive(SealingKey.newSalt(), iterations));
        file.replace(empty.bytes());
        return empty;
    }

    /**
     * Reads a keystore's bytes.
     *
     * @param known a key that may fit
     * @throws SecretStoreException if they cannot be read with this password
     */
    KeystoreContent decode(byte[] bytes, Optional<SealingKey> known) {
        KeystoreDecoder.KeySource keys = (salt, count) ->
                known.filter(key -> key.isMadeWith(salt, count)).orElseGet(() -> derive(salt, count));
        return new KeystoreDecoder(file.path(), bytes, keys).decode();
    }

    private SealingKey derive(byte[] salt, int count) {
        char[] characters = password.read();
        try {
            return SealingKey.derive(characters, salt, count);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }
}
