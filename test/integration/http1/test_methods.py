"""Methods: RFC 9110 section 9, and what the core does for each."""
import pytest

from harness import wire
from harness.wire import CLOSE, KEEP, Row

CONFIG = """
KeepAliveTimeout 4
Timeout 4
RegisterHttpMethod BREW
<Directory {docroot}/limited>
    <Limit POST>
        Require all denied
    </Limit>
</Directory>
<Directory {docroot}/except>
    <LimitExcept GET>
        Require all denied
    </LimitExcept>
</Directory>
"""
MODULES = ["authz_core"]


def ask(method, target=b"/page", *fields, body=b""):
    return (method + b" " + target + b" HTTP/1.1\r\nHost: localhost\r\n"
            + b"".join(f + b"\r\n" for f in fields) + b"\r\n" + body)


def refused(method):
    return Row(f"{method.lower()}-refused", "9110 15.5.6",
               ask(method.encode()), 405, KEEP)


TRACE = ask(b"TRACE", b"/x?y", b"X-In: 1")
ROWS = [
    Row("get", "9110 9.3.1", ask(b"GET"), 200, KEEP, body=b"page\n"),
    Row("head", "9110 9.3.2", ask(b"HEAD"), 200, KEEP,
        {"Content-Length": "5"}, b"", methods=("HEAD",)),
    Row("head-404", "9110 9.3.2", ask(b"HEAD", b"/nope"), 404, KEEP,
        methods=("HEAD",), body=b""),
    Row("head-empty-file", "9110 9.3.2", ask(b"HEAD", b"/empty"), 200, KEEP,
        {"Content-Length": "0"}, methods=("HEAD",)),
    Row("head-range", "9110 14.2", ask(b"HEAD", b"/page", b"Range: bytes=0-1"),
        200, KEEP, {"Content-Length": "5", "Content-Range": None},
        methods=("HEAD",)),
    Row("post-static", "9110 9.3.3", ask(b"POST", b"/page",
        b"Content-Length: 3", body=b"a=b"), 200, KEEP, body=b"page\n"),
    Row("post-404", "9110 9.3.3", ask(b"POST", b"/nope"), 404, KEEP),
    *[refused(m) for m in ("PUT", "DELETE", "PATCH", "PROPFIND", "MKCOL",
                           "COPY", "MOVE", "LOCK", "UNLOCK", "BREW")],
    Row("put-allow", "9110 10.2.1", ask(b"PUT", b"/page"), 405, KEEP),
    Row("options", "9110 9.3.7", ask(b"OPTIONS"), 200, KEEP,
        {"Content-Length": "0"}),
    Row("options-404", "9110 9.3.7", ask(b"OPTIONS", b"/nope"), 200, KEEP),
    Row("options-star", "9110 9.3.7", ask(b"OPTIONS", b"*"), 200, KEEP,
        {"Content-Length": "0"}),
    Row("options-star-with-body", "9110 9.3.7",
        ask(b"OPTIONS", b"*", b"Content-Length: 2", body=b"hi"), 200, KEEP),
    Row("trace", "9110 9.3.8", TRACE, 200, KEEP,
        {"Content-Type": "message/http"}, TRACE),
    Row("trace-body", "9110 9.3.8", ask(b"TRACE", b"/page",
        b"Content-Length: 2", body=b"hi"), 413, CLOSE),
    Row("trace-body-chunked", "9110 9.3.8", ask(b"TRACE", b"/page",
        b"Transfer-Encoding: chunked", body=b"2\r\nhi\r\n0\r\n\r\n"), 413,
        CLOSE),
    Row("connect-no-proxy", "9110 9.3.6",
        b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", 405,
        KEEP),
    Row("limit-get", "9110 15.5.4", ask(b"GET", b"/limited/x"), 200, KEEP),
    Row("limit-head", "9110 15.5.4", ask(b"HEAD", b"/limited/x"), 200, KEEP,
        methods=("HEAD",)),
    Row("limit-post", "9110 15.5.4", ask(b"POST", b"/limited/x"), 403, KEEP),
    Row("limit-except-get", "9110 15.5.4", ask(b"GET", b"/except/x"), 200,
        KEEP),
    Row("limit-except-head", "9110 15.5.4", ask(b"HEAD", b"/except/x"), 200,
        KEEP, methods=("HEAD",)),
    Row("limit-except-post", "9110 15.5.4", ask(b"POST", b"/except/x"), 403,
        KEEP),
    Row("limit-except-options", "9110 15.5.4", ask(b"OPTIONS", b"/except/x"),
        403, KEEP),
    Row("limit-except-unknown", "9110 15.5.4", ask(b"MAKE", b"/except/x"),
        403, KEEP),
]


@pytest.fixture(scope="module")
def server(serve_module):
    server = wire.start(serve_module, CONFIG, MODULES)
    for name in ("page", "limited/x", "except/x"):
        server.put(name, "page\n")
    server.put("empty", "")
    server.announced = {"AH01630", "AH00135"}
    return server.start()


@wire.each(ROWS)
def test_method(server, row, delivery):
    wire.check(server, row, delivery)


@pytest.mark.parametrize("method, target, allowed", [
    ("OPTIONS", "/page", {"GET", "HEAD", "POST", "OPTIONS", "TRACE"}),
    ("PUT", "/page", {"GET", "HEAD", "POST", "OPTIONS", "TRACE"})])
def test_allow(server, method, target, allowed):
    """RFC 9110 section 10.2.1, in any order."""
    with wire.Connection(server.port) as connection:
        connection.send(ask(method.encode(), target.encode()))
        allow = connection.response().get("Allow")
    assert set(allow.replace(" ", "").split(",")) == allowed


@pytest.mark.parametrize("config, fields, status", [
    ("TraceEnable On", {}, 200), ("TraceEnable Off", {}, 405),
    ("TraceEnable extended", {"Content-Length": "2"}, 200)])
def test_trace_enable(serve, config, fields, status):
    server = serve(config, ["authz_core"])
    from harness import request
    response = request(server.port, "/", "TRACE", fields,
                       b"hi" if fields else None)
    assert response.status == status


@pytest.mark.parametrize("option, method, status", [
    ("LenientMethods", "BREW", 501), ("RegisteredMethods", "BREW", 501),
    ("RegisteredMethods", "GET", 200), ("RegisteredMethods", "get", 501)])
def test_registered_methods(serve, option, method, status):
    server = serve(f"HttpProtocolOptions {option}", ["authz_core"])
    server.announced = {"AH00135"}
    server.put("page", "page\n")
    from harness import request
    assert request(server.port, "/page", method).status == status
