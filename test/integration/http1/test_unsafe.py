"""HTTP/0.9 and HttpProtocolOptions Unsafe: what old clients may do, and what
even then nobody may."""
import pytest

from harness import wire
from harness.wire import CLOSE, KEEP, Row

MODULES = ["authz_core", "headers"]
COMMON = """
KeepAliveTimeout 4
Timeout 4
Header always set X-Seen "expr=%{req_novary:X-In}"
"""
HOST = b"Host: localhost\r\n\r\n"
PAGE = b"page\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"

SIMPLE = [
    Row("simple", "1945 5.1", b"GET /page\r\n", [], CLOSE, body=PAGE,
        bare=True),
    Row("simple-query", "1945 5.1", b"GET /page?x\r\n", [], CLOSE, body=PAGE,
        bare=True),
    Row("simple-then-more", "1945 5.1", b"GET /page\r\nGET /page\r\n", [],
        CLOSE, body=PAGE, bare=True),
    Row("simple-trailing-space", "1945 5.1", b"GET /page \r\n", 400, CLOSE),
    Row("simple-post", "1945 5.1", b"POST /page\r\n", 400, CLOSE),
    Row("simple-head", "1945 5.1", b"HEAD /page\r\n", 400, CLOSE),
    Row("simple-no-target", "1945 5.1", b"GET\r\n", 400, CLOSE),
    Row("simple-no-slash", "1945 5.1", b"GET page\r\n", 400, CLOSE),
    Row("simple-lower-case", "1945 5.1", b"get /page\r\n", 400, CLOSE),
]

REQUIRE_10 = [
    Row("require10-simple", "1945 5.1", b"GET /page\r\n", 400, CLOSE),
    Row("require10-http10", "1945 5.1", b"GET /page HTTP/1.0\r\n\r\n", 200,
        CLOSE),
]


def line(text, rest=HOST):
    return text + b"\r\n" + rest


UNSAFE = [
    Row("bare-lf", "9112 2.2", b"GET /page HTTP/1.1\nHost: localhost\n\n", 200,
        KEEP, body=PAGE),
    Row("mixed-ends", "9112 2.2",
        b"GET /page HTTP/1.1\r\nHost: localhost\nX-In: a\r\n\n", 200, KEEP,
        {"X-Seen": "a"}),
    Row("two-spaces", "9112 3", line(b"GET  /page  HTTP/1.1"), 200, KEEP),
    Row("trailing-space", "9112 3", line(b"GET /page HTTP/1.1 "), 200, KEEP),
    Row("lower-case-version", "9112 2.3", line(b"GET /page http/1.1"), 200,
        KEEP),
    Row("space-before-colon", "9112 5.1",
        line(b"GET /page HTTP/1.1", b"X-In : a\r\n" + HOST), 400, CLOSE),
    Row("folded", "9112 5.2",
        line(b"GET /page HTTP/1.1", b"X-In: a\r\n b\r\n" + HOST), 200, KEEP),
    Row("simple", "1945 5.1", b"GET /page\r\n", [], CLOSE, body=PAGE,
        bare=True),
    # never
    Row("nul-in-value", "9110 5.5",
        line(b"GET /page HTTP/1.1", b"X-In: a\x00b\r\n" + HOST), 400, CLOSE),
    Row("nul-in-line", "9110 5.5", line(b"GET /pa\x00ge HTTP/1.1"), 400,
        CLOSE),
    Row("no-colon", "9112 5", line(b"GET /page HTTP/1.1", b"X-In\r\n" + HOST),
        400, CLOSE),
    Row("both-framings", "9112 6.1", line(b"POST /page HTTP/1.1",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n" + HOST
        + b"0\r\n\r\n" + SMUGGLED), 200, CLOSE),
    Row("two-lengths", "9112 6.3", line(b"POST /page HTTP/1.1",
        b"Content-Length: 5\r\nContent-Length: 6\r\n" + HOST + b"hello"
        + SMUGGLED), 400, CLOSE),
    Row("spaced-coding", "9112 5.1", line(b"POST /page HTTP/1.1",
        b"Transfer-Encoding : chunked\r\n" + HOST + b"0\r\n\r\n"
        + SMUGGLED), 400, CLOSE),
    Row("spaced-coding-and-length", "9112 6.3", line(b"POST /page HTTP/1.1",
        b"Content-Length: 5\r\nTransfer-Encoding : chunked\r\n" + HOST
        + b"0\r\n\r\n" + SMUGGLED), 400, CLOSE),
    Row("above-root", "3986 5.2.4", line(b"GET /../secret HTTP/1.1"), 400,
        CLOSE),
    Row("no-host", "9112 3.2", b"GET /page HTTP/1.1\r\n\r\n", 400, CLOSE),
    Row("unknown-coding", "9112 6.1", line(b"POST /page HTTP/1.1",
        b"Transfer-Encoding: foo\r\n" + HOST + SMUGGLED), 400, CLOSE),
]


def start(serve_module, options):
    server = wire.start(serve_module, COMMON + options, MODULES)
    server.put("page", PAGE)
    server.put("smuggled", "smuggled\n")
    server.announced = {"AH00135", "AH10244"}
    return server.start()


@pytest.fixture(scope="module")
def strict(serve_module):
    return start(serve_module, "")


@pytest.fixture(scope="module")
def require10(serve_module):
    return start(serve_module, "HttpProtocolOptions Require1.0")


@pytest.fixture(scope="module")
def unsafe(serve_module):
    return start(serve_module, "HttpProtocolOptions Unsafe")


@wire.each(SIMPLE)
def test_simple_requests(strict, row, delivery):
    wire.check(strict, row, delivery)


@wire.each(REQUIRE_10)
def test_require_10(require10, row, delivery):
    wire.check(require10, row, delivery)


@wire.each(UNSAFE)
def test_unsafe(unsafe, row, delivery):
    wire.check(unsafe, row, delivery)
