package dev.outrigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedProxiesTest {

    private final TrustedProxies proxies = TrustedProxies.of(List.of("10.0.0.0/8", "2001:db8::/32"));

    private Optional<String> client(String peer, String... forwardedFor) {
        return proxies.client(IpAddress.parse(peer), List.of(forwardedFor)).map(IpAddress::toString);
    }

    @Test
    void aPeerThatIsNoProxyIsTheClientWhateverItClaims() {
        assertThat(client("192.0.2.1", "198.51.100.1")).hasValue("192.0.2.1");
        assertThat(client("192.0.2.1", "nonsense")).hasValue("192.0.2.1");
    }

    @Test
    void theFirstFromTheRightThatIsNoProxyIsTheClient() {
        assertThat(client("10.0.0.1", "198.51.100.1")).hasValue("198.51.100.1");
        assertThat(client("10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2")).hasValue("198.51.100.1");
        assertThat(client("10.0.0.1", "1.1.1.1, 198.51.100.1", "10.0.0.2,2001:db8::7"))
                .hasValue("198.51.100.1");
        assertThat(client("10.0.0.1", "nonsense, 198.51.100.1")).hasValue("198.51.100.1");
    }

    @Test
    void whereAllAreProxiesTheLeftmostIsTheClient() {
        assertThat(client("10.0.0.1", "10.0.0.3, 10.0.0.2")).hasValue("10.0.0.3");
        assertThat(client("10.0.0.1")).hasValue("10.0.0.1");
    }

    @Test
    void portsAndEverySpellingOfAnIPv6AddressAreRead() {
        assertThat(client("10.0.0.1", "198.51.100.1:4711")).hasValue("198.51.100.1");
        assertThat(client("10.0.0.1", "[2001:DB9:0:0:0:0:0:1]:4711")).hasValue("2001:db9::1");
        assertThat(client("10.0.0.1", "[2001:db9::1]")).hasValue("2001:db9::1");
        assertThat(client("10.0.0.1", "2001:0db9::0001")).hasValue("2001:db9::1");
        assertThat(client("10.0.0.1", "198.51.100.1, ::ffff:10.0.0.2")).hasValue("198.51.100.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "198.51.100.1,",
                "unknown",
                "_hidden",
                "010.0.0.1",
                "1.2.3",
                "example.org",
                "fe80::1%eth0",
                "[10.0.0.1]",
                "10.0.0.1:",
                "1.2.3.4:123456",
                "\"1.2.3.4\"",
                "198.51.100.1, , 10.0.0.2",
                "1.2.3.4 5.6.7.8"
            })
    void aProxyThatTellsOfNoAddressTellsNothing(String forwardedFor) {
        assertThat(client("10.0.0.1", forwardedFor)).isEmpty();
    }

    @Test
    void aListWithoutAnythingInItIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedProxies.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedProxies.of(List.of("proxy.example")));
    }
}
