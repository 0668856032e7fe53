package dev.outrigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

    private final RouteTable table = table("", "/", "/ping", "/health/checks/{name}", "/health/checks/all", "/a/{x}/c");

    private static Route get(String path) {
        return Route.get(path).handledBy(request -> Response.text(200, path));
    }

    private static RouteTable table(String prefix, String... paths) {
        return RouteTable.of(prefix, Stream.of(paths).map(RouteTableTest::get).toList());
    }

    private static String found(RouteTable table, String rawPath) {
        return table.match(rawPath)
                .map(match -> match.routes().path() + " " + match.path() + " " + match.parameters())
                .orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/|/ / {}",
                "/ping|/ping /ping {}",
                "/ping/|/ping /ping {}",
                "/%70in%67|/ping /ping {}",
                "/health/checks/disk|/health/checks/{name} /health/checks/disk {name=disk}",
                "/health/checks/disk/|/health/checks/{name} /health/checks/disk {name=disk}",
                "/health/checks/a%2Fb|/health/checks/{name} /health/checks/a/b {name=a/b}",
                "/health/checks/a%252Fb|/health/checks/{name} /health/checks/a%2Fb {name=a%2Fb}",
                "/health/checks/%C3%A4|/health/checks/{name} /health/checks/\u00e4 {name=\u00e4}",
                "/health/checks/a+b|/health/checks/{name} /health/checks/a+b {name=a+b}",
                "/health/checks/..|/health/checks/{name} /health/checks/.. {name=..}",
                "/health/checks/all|/health/checks/all /health/checks/all {}",
                "/a/b/c|/a/{x}/c /a/b/c {x=b}",
                "/ping//|nothing",
                "/PING|nothing",
                "/health%2Fchecks/all|nothing",
                "/health/checks%2Fall|nothing",
                "/health/checks/|nothing",
                "/health/checks//|nothing",
                "/a//c|nothing",
                "/none|nothing",
                "/ping/x|nothing",
                "ping|nothing",
                "*|nothing"
            })
    void aPathIsFoundByItsDecodedSegments(String rawPath, String expected) {
        assertThat(found(table, rawPath)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%",
                "/%2",
                "/%zz",
                "/%-1",
                "/%00",
                "/a%00b",
                "/%ff",
                "/%c0%af",
                "/%ed%a0%80",
                "/%c3",
                "/%f5%80%80%80"
            })
    void malformedPercentEncodingIsTheClientsError(String rawPath) {
        assertThatThrownBy(() -> table.match(rawPath))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(400));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ops/v1|/ / {}",
                "/ops/v1/|/ / {}",
                "/ops/v1/ping|/ping /ping {}",
                "/ops/v1/ping/|/ping /ping {}",
                "/ops/v1ping|nothing",
                "/ops|nothing",
                "/ping|nothing",
                "/|nothing"
            })
    void aPrefixStandsBeforeEveryPathAndIsNoPartOfIt(String rawPath, String expected) {
        assertThat(found(table("/ops/v1", "/", "/ping"), rawPath)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "ops", "/ops/", "/{x}", "/a b"})
    void aPrefixThatIsNoneIsRefused(String prefix) {
        assertThatThrownBy(() -> RouteTable.of(prefix, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMethodAndPathBelongToOneRoute() {
        assertThatThrownBy(() -> RouteTable.of("", List.of(get("/a"), get("/a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("route: GET /a (expected: one route a method and path)");
    }

    @ParameterizedTest
    @CsvSource({"/a/{x}, /a/{y}", "/{x}/b, /a/{y}", "/{x}/b/{y}, /{x}/{y}/c", "/{x}/{y}/c, /a/{y}/{z}"})
    void pathsThatNoLookupCouldTellApartAreRefused(String one, String other) {
        assertThatThrownBy(() -> table("", one, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(other);
        assertThatThrownBy(() -> table("", other, one)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"/a/{x}, /{x}/{y}, /a/b", "/a/{x}/c, /a/{x}/{y}, /a/b/c", "/a/b, /a/{x}, /a/b", "/a/b, /{x}/b, /a/b"})
    void theMoreLiteralPathWinsWhateverTheOrder(String literal, String general, String rawPath) {
        assertThat(found(table("", literal, general), rawPath)).startsWith(literal + " ");
        assertThat(found(table("", general, literal), rawPath)).startsWith(literal + " ");
    }

    @Test
    void thePathsStandInTheOrderGiven() {
        assertThat(table.paths().stream().map(paths -> paths.path().toString()))
                .containsExactly("/", "/ping", "/health/checks/{name}", "/health/checks/all", "/a/{x}/c");
    }

    @Test
    void thePathKnowsItsMethods() {
        Route put = Route.writing(Method.PUT, "/a").handledBy(request -> Response.empty(204));
        PathRoutes both = RouteTable.of("", List.of(put, get("/a"))).paths().get(0);
        assertThat(both.allow()).isEqualTo("GET, HEAD, PUT, OPTIONS");
        assertThat(both.access()).isEqualTo(Access.READ);
        assertThat(both.route(Method.HEAD)).isEqualTo(both.route(Method.GET)).isPresent();
        assertThat(both.route(Method.PUT)).contains(put);
        assertThat(both.route(Method.DELETE)).isEmpty();
        assertThat(RouteTable.of("", List.of(put)).paths().get(0).allow()).isEqualTo("PUT, OPTIONS");
    }

    @Test
    void aMatchKeepsNothingThatCouldChange() {
        Map<String, String> parameters = table.match("/a/b/c").orElseThrow().parameters();
        assertThatThrownBy(() -> parameters.put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
    }
}
