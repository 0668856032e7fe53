package dev.outrigger.example.kv;

import dev.outrigger.secrets.Keystore;
import dev.outrigger.secrets.KeystorePassword;
import java.nio.file.Path;
import java.util.Optional;

/** Where a node's secrets are, and where their password comes from. */
public final class NodeSecrets {

    private static final String PASSWORD_VARIABLE = "KV_KEYSTORE_PASSWORD";

    private NodeSecrets() {}

    /** The password in a file, or else in the environment, where either was said. */
    public static Optional<KeystorePassword> password(Optional<Path> file) {
        return file.map(KeystorePassword::fromFile)
                .or(() -> Optional.ofNullable(System.getenv(PASSWORD_VARIABLE))
                        .filter(password -> !password.isEmpty())
                        .map(password -> KeystorePassword.fromEnvironment(PASSWORD_VARIABLE)));
    }

    /**
     * Opens the secrets of a data directory. What reaches an object store may also be in the environment.
     *
     * @throws dev.outrigger.secrets.SecretStoreException if the password is wrong or missing, or the file unusable
     */
    public static Keystore open(Path data, KeystorePassword password) {
        return Keystore.builder(data.resolve("secrets.keystore"), password)
                .environment("s3.access_key", "s3.secret_key")
                .open();
    }
}
