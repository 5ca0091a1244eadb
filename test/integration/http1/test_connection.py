"""One connection, many requests: keep-alive and pipelines (RFC 9112 section
9), Expect (RFC 9110 section 10.1.1), Connection, TE and Upgrade."""
import pytest

from harness import wire
from harness.wire import CLOSE, KEEP, Row

CONFIG = """
KeepAliveTimeout 4
Timeout 4
MaxKeepAliveRequests 5
LimitRequestBody 1000
Header always set X-Connection "expr=%{req_novary:Connection}"
Header always set X-Hop "expr=%{req_novary:X-Hop}"
"""
MODULES = ["authz_core", "headers"]


def get(*fields, version=b"1.1", target=b"/page", method=b"GET"):
    return (method + b" " + target + b" HTTP/" + version
            + b"\r\nHost: localhost\r\n"
            + b"".join(f + b"\r\n" for f in fields) + b"\r\n")


def post(*fields, body=b"", version=b"1.1", target=b"/page"):
    return get(*fields, version=version, target=target,
               method=b"POST") + body


PAGE = b"page\n"
ROWS = [
    # who keeps the connection
    Row("11-default", "9112 9.3", get(), 200, KEEP, {"Connection": None}),
    Row("11-close", "9112 9.6", get(b"Connection: close"), 200, CLOSE,
        {"Connection": "close"}),
    Row("11-close-any-case", "9110 7.6.1", get(b"Connection: CLOSE"), 200,
        CLOSE),
    Row("11-close-in-list", "9110 7.6.1", get(b"Connection: x, close ,y"),
        200, CLOSE),
    Row("11-close-second-field", "9110 7.6.1",
        get(b"Connection: x", b"Connection: close"), 200, CLOSE),
    Row("11-closed-is-not-close", "9110 7.6.1", get(b"Connection: closed"),
        200, KEEP),
    Row("11-not-close", "9110 7.6.1", get(b"Connection: not-close"), 200,
        KEEP),
    Row("11-keep-alive", "9112 9.3", get(b"Connection: keep-alive"), 200,
        KEEP, {"Connection": "Keep-Alive", "Keep-Alive": "timeout=4, max=5"}),
    Row("11-both", "9112 9.3", get(b"Connection: keep-alive, close"), 200,
        CLOSE),
    Row("10-default", "9112 9.3", get(version=b"1.0"), 200, CLOSE),
    Row("10-keep-alive", "9112 9.3",
        get(b"Connection: keep-alive", version=b"1.0"), 200, KEEP,
        {"Connection": "Keep-Alive"}),
    Row("10-keep-alive-any-case", "9112 9.3",
        get(b"Connection: KEEP-alive", version=b"1.0"), 200, KEEP),
    Row("10-keep-alive-then-close", "9112 9.3",
        get(b"Connection: keep-alive", version=b"1.0")
        + get(version=b"1.0"), [200, 200], CLOSE),
    Row("10-then-more", "9112 9.3", get(version=b"1.0") + get(), 200, CLOSE,
        body=PAGE),
    Row("11-close-then-more", "9112 9.6", get(b"Connection: close") + get(),
        200, CLOSE, body=PAGE),
    Row("keep-alive-404", "9112 9.3", get(target=b"/nope"), 404, KEEP),
    Row("10-keep-alive-404", "9112 9.3", get(b"Connection: keep-alive",
        version=b"1.0", target=b"/nope"), 404, KEEP),
    # pipelines
    Row("two", "9112 9.3.2", get() * 2, [200, 200], KEEP, body=PAGE),
    Row("four", "9112 9.3.2", get() * 4, [200] * 4, KEEP, body=PAGE),
    Row("more-than-allowed", "9112 9.3", get() * 8, [200] * 6, CLOSE,
        {"Connection": "close"}),
    Row("in-order", "9112 9.3.2", get() + get(target=b"/nope")
        + get(target=b"/empty") + get(), [200, 404, 200, 200], KEEP,
        body=PAGE),
    Row("after-a-body", "9112 9.3.2",
        post(b"Content-Length: 5", body=b"hello") + get(), [200, 200], KEEP,
        body=PAGE),
    Row("after-two-chunked-bodies", "9112 9.3.2",
        post(b"Transfer-Encoding: chunked", body=b"1\r\nx\r\n0\r\n\r\n") * 2
        + get(), [200] * 3, KEEP, body=PAGE),
    Row("empty-lines-between", "9112 2.2", get() + b"\r\n\r\n" + get(),
        [200, 200], KEEP, body=PAGE),
    Row("empty-line-after-post", "9112 2.2",
        post(b"Content-Length: 5", body=b"hello\r\n") + get(), [200, 200],
        KEEP, body=PAGE),
    Row("good-then-bad", "9112 9.3.2", get() + b"junk\r\n\r\n", [200, 400],
        CLOSE),
    Row("bad-then-good", "9112 9.3.2", b"junk\r\n\r\n" + get(), 400, CLOSE),
    Row("head-between", "9110 9.3.2", get() + get(method=b"HEAD") + get(),
        [200] * 3, KEEP, methods=("GET", "HEAD", "GET"), body=PAGE),
    Row("not-modified-between", "9110 15.4.5",
        get(b"If-None-Match: *") + get(), [304, 200], KEEP, body=PAGE),
    Row("half-a-request-after", "9112 8", get() + b"GET /page HT", 200,
        CLOSE, eof=True),
    Row("eof-after", "9112 9.6", get(), 200, CLOSE, eof=True, body=PAGE),
    Row("eof-after-two", "9112 9.6", get() * 2, [200] * 2, CLOSE, eof=True,
        body=PAGE),
    # Expect
    Row("continue", "9110 10.1.1", post(b"Content-Length: 5",
        b"Expect: 100-continue", body=b"hello") + get(), [200, 200], KEEP,
        body=PAGE),
    Row("continue-any-case", "9110 10.1.1", post(b"Content-Length: 5",
        b"Expect: 100-CONTINUE", body=b"hello"), 200, KEEP, interim=(100,)),
    Row("continue-chunked", "9110 10.1.1", post(b"Transfer-Encoding: chunked",
        b"Expect: 100-continue", body=b"0\r\n\r\n"), 200, KEEP,
        interim=(100,)),
    Row("continue-http10", "9110 10.1.1", post(b"Content-Length: 5",
        b"Expect: 100-continue", version=b"1.0", body=b"hello"), 200, CLOSE),
    Row("continue-without-body", "9110 10.1.1", get(b"Expect: 100-continue"),
        200, CLOSE),
    Row("continue-too-large", "9110 10.1.1", post(b"Content-Length: 1001",
        b"Expect: 100-continue"), 413, CLOSE),
    Row("expect-unknown", "9110 15.5.18", get(b"Expect: miracles"), 417,
        CLOSE),
    Row("expect-list-with-unknown", "9110 10.1.1",
        get(b"Expect: 100-continue, miracles"), 417, CLOSE),
    Row("expect-empty", "9110 10.1.1", get(b"Expect:"), 200, KEEP),
    # Connection names fields, TE and Upgrade are offers
    Row("hop-field", "9110 7.6.1", get(b"Connection: X-Hop", b"X-Hop: 1"), 200,
        KEEP),
    Row("connection-empty", "9110 7.6.1", get(b"Connection:"), 200, KEEP),
    Row("connection-commas", "9110 5.6.1", get(b"Connection: ,,,"), 200, KEEP),
    Row("connection-names-host", "9110 7.6.1", get(b"Connection: Host"), 200,
        KEEP),
    Row("te-trailers", "9110 10.1.4", get(b"TE: trailers"), 200, KEEP),
    Row("te-coding", "9110 10.1.4", get(b"TE: gzip;q=0.5, trailers",
        b"Connection: TE"), 200, KEEP, body=PAGE),
    Row("te-empty", "9110 10.1.4", get(b"TE:"), 200, KEEP),
    Row("upgrade-unknown", "9110 7.8", get(b"Upgrade: foo/2",
        b"Connection: upgrade"), 200, KEEP, {"Upgrade": None}, PAGE),
    Row("upgrade-websocket", "9110 7.8", get(b"Upgrade: websocket",
        b"Connection: Upgrade"), 200, KEEP, body=PAGE),
    Row("upgrade-h2c", "9110 7.8", get(b"Upgrade: h2c",
        b"Connection: Upgrade, HTTP2-Settings", b"HTTP2-Settings: AAMAAABk"),
        200, KEEP, body=PAGE),
    Row("upgrade-without-connection", "9110 7.8", get(b"Upgrade: foo"), 200,
        KEEP),
    Row("upgrade-http10", "9110 7.8", get(b"Upgrade: foo",
        b"Connection: upgrade", version=b"1.0"), 200, CLOSE),
    Row("upgrade-same-protocol", "9110 7.8", get(b"Upgrade: http/1.1",
        b"Connection: upgrade"), 200, KEEP),
    Row("proxy-connection-is-nothing", "9112 C.2.2",
        get(b"Proxy-Connection: close"), 200, KEEP),
    Row("trailer-announced", "9110 6.6.2", post(b"Trailer: X-T",
        b"Transfer-Encoding: chunked", body=b"0\r\nX-T: 1\r\n\r\n"), 200,
        KEEP),
]


@pytest.fixture(scope="module")
def server(serve_module):
    server = wire.start(serve_module, CONFIG, MODULES)
    server.put("page", PAGE)
    server.put("empty", "")
    server.announced = {"AH00566", "AH01587", "AH01588"}
    return server.start()


@wire.each(ROWS)
def test_connection(server, row, delivery):
    wire.check(server, row, delivery)


def test_continue_comes_before_the_body(server):
    """RFC 9110 section 10.1.1: the client that waits is told to go on."""
    with wire.Connection(server.port) as connection:
        connection.send(post(b"Content-Length: 5", b"Expect: 100-continue"))
        assert connection._line() == "HTTP/1.1 100 Continue"
        assert connection._line() == ""
        connection.send(b"hello")
        assert connection.response().status == 200


def test_final_answer_without_continue(server):
    """The body is never asked for when the answer does not need it."""
    with wire.Connection(server.port) as connection:
        connection.send(post(b"Content-Length: 5", b"Expect: 100-continue",
                             target=b"/nope/nope"))
        response = connection.response()
        assert (response.status, response.interim) == (404, [])


@pytest.mark.parametrize("seconds, config", [
    (0.6, "KeepAliveTimeout 500ms"), (1.2, "KeepAliveTimeout 1")])
def test_idle_connection_is_closed(serve, seconds, config):
    server = serve(config, ["authz_core"])
    server.put("page", PAGE)
    with wire.Connection(server.port) as connection:
        connection.send(get())
        assert connection.response().status == 200
        started = wire.time.monotonic()
        assert connection.read_all() == b""
        assert abs(wire.time.monotonic() - started - seconds) < 0.5


@pytest.mark.parametrize("config, keeps", [
    ("KeepAlive Off", False), ("KeepAlive On\nMaxKeepAliveRequests 0", True),
    ("MaxKeepAliveRequests 1", False)])
def test_keep_alive_directives(serve, config, keeps):
    server = serve(config, ["authz_core"])
    server.put("page", PAGE)
    with wire.Connection(server.port) as connection:
        for _ in range(20 if keeps else 1):
            connection.send(get())
            last = connection.response()
        assert (last.get("Connection") != "close") == keeps or not keeps
