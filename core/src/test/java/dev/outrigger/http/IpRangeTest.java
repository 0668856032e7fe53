package dev.outrigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpRangeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.org",
                "010.0.0.1",
                "10.0.0.01",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1.2.3.256",
                "1.2.3.4 ",
                " 1.2.3.4",
                "+1.2.3.4",
                "0x7f.0.0.1",
                "2130706433",
                "127.1",
                "١.2.3.4",
                "*",
                "fe80::1%eth0",
                "fe80::1%1",
                "[::1]",
                "::1::",
                ":::",
                ":",
                ":1",
                "1:",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2:3:4:5:6:7:8",
                "12345::",
                "g::",
                "1.2.3.4::",
                "::1.2.3.4:1",
                "::ffff:1.2.3",
                "::ffff:1.2.3.04"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpRange.parse(text))
                .withMessageStartingWith("address: '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "2001:DB8::1, 2001:db8::1",
        "2001:0db8::1, 2001:db8::1",
        "2001:db8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1::2:0:0:0:3, 1:0:0:2::3",
        "1:0:0:2:0:0:3:4, 1::2:0:0:3:4",
        "1:0:0:2::3:4, 1::2:0:0:3:4",
        "0::0, ::",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "::1.2.3.4, ::102:304",
        "64:ff9b::1.2.3.4, 64:ff9b::102:304",
        "::FFFF:1.2.3.4, ::ffff:1.2.3.4",
        "0:0:0:0:0:ffff:102:304, ::ffff:1.2.3.4",
        "::ffff:0102:304, ::ffff:1.2.3.4",
    })
    void aSpellingThatIsNotTheCanonicalOneIsRefusedWithTheOneThatIs(String text, String canonical) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse(text))
                .withMessage("address: '" + text + "' (expected: '" + canonical + "', its canonical spelling)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "1::",
                "2001:db8::1",
                "fe80::1:0:0:1",
                "1:2:3:4:5:6:7:8",
                "1:0:3:4:5:6:7:8",
                "1::4:0:0:7:8",
                "0:2:3:4:5:6:7:8",
                "ffff::ffff"
            })
    void theCanonicalSpellingIsReadAndWritten(String text) {
        assertThat(IpAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.0/+8",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/ 8",
                "::/129",
                "/8",
                "::ffff:10.0.0.0/95",
                "::ffff:10.0.0.0/8"
            })
    void aRangeOfNoSuchLengthIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpRange.parse(text));
    }

    @Test
    void bitsBehindThoseThatCountAreRefusedWithBothThingsThatMayBeMeant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpRange.parse("10.0.0.1/8"))
                .withMessage("range: 10.0.0.1/8 (expected: 10.0.0.0/8 for the range, or 10.0.0.1 for the one address)");
        assertThatIllegalArgumentException().isThrownBy(() -> IpRange.parse("2001:db8::1/64"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "10.0.0.0/8, ::ffff:a01:203, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "::ffff:a00:0/104, 11.1.2.3, false",
        "::ffff:0.0.0.0/96, 1.2.3.4, true",
        "::ffff:10.0.0.1, 10.0.0.1, true",
        "0.0.0.0/0, 255.1.2.3, true",
        "0.0.0.0/0, ::1, false",
        "::/0, ::1, true",
        "::/0, 10.0.0.1, false",
        "192.168.1.128/25, 192.168.1.127, false",
        "192.168.1.128/25, 192.168.1.128, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8::/65, 2001:db8::7fff:ffff:ffff:ffff, true",
        "2001:db8::/65, 2001:db8:0:0:8000::, false",
        "::1, ::1, true",
        "::1, ::2, false",
    })
    void aRangeHoldsWhatBeginsLikeIt(String range, String address, boolean inside) {
        assertThat(IpRange.parse(range).contains(IpAddress.parse(address))).isEqualTo(inside);
    }

    @Test
    void theAddressOfASocketIsTheSameWhicheverWayItIsMapped() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
        assertThat(IpAddress.of(InetAddress.getByAddress(new byte[] {10, 0, 0, 1})))
                .isEqualTo(IpAddress.of(Inet6Address.getByAddress(null, mapped, -1)))
                .isEqualTo(IpAddress.parse("::ffff:10.0.0.1"))
                .isEqualTo(IpAddress.parse("::ffff:a00:1"))
                .hasSameHashCodeAs(IpAddress.parse("10.0.0.1"))
                .hasToString("10.0.0.1");
    }

    @Test
    void aListWithoutAnythingInItIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(IpAllowlist::of);
    }

    @Test
    void aListAllowsWhatOneOfItsRangesHolds() {
        IpAllowlist list = IpAllowlist.of("10.0.0.0/8", "::1");
        assertThat(list.allows(IpAddress.parse("10.1.1.1"))).isTrue();
        assertThat(list.allows(IpAddress.parse("::1"))).isTrue();
        assertThat(list.allows(IpAddress.parse("127.0.0.1"))).isFalse();
    }
}
