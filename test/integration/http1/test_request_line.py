"""Request lines and versions: RFC 9112 sections 2 and 3."""
import pytest

from harness import wire
from harness.wire import CLOSE, KEEP, Row

CONFIG = """
KeepAliveTimeout 4
Timeout 4
LimitRequestLine 500
Header always set X-Uri "expr=%{REQUEST_URI}"
"""
MODULES = ["authz_core", "headers"]
HOST = b"Host: localhost\r\n\r\n"


def line(text, rest=HOST):
    return text + b"\r\n" + rest


ROWS = [
    # the version decides how we talk
    Row("http11", "9112 3", line(b"GET /page HTTP/1.1"), 200, KEEP,
        {"X-Uri": "/page"}, b"page\n"),
    Row("http10", "9112 9.3", line(b"GET /page HTTP/1.0"), 200, CLOSE,
        {"Connection": "close"}, b"page\n"),
    Row("http10-no-host", "9112 3.2", line(b"GET /page HTTP/1.0", b"\r\n"),
        200, CLOSE),
    Row("http12", "9110 2.5", line(b"GET /page HTTP/1.2"), 200, KEEP),
    Row("http19", "9110 2.5", line(b"GET /page HTTP/1.9"), 200, KEEP),
    Row("http20", "9110 15.6.6", line(b"GET /page HTTP/2.0"), 505, CLOSE),
    Row("http30", "9110 15.6.6", line(b"GET /page HTTP/3.0"), 505, CLOSE),
    Row("http00", "9112 2.3", line(b"GET /page HTTP/0.0"), 400, CLOSE),
    Row("http09-version", "9112 2.3", line(b"GET /page HTTP/0.9"), 400, CLOSE),
    Row("version-two-digits", "9112 2.3", line(b"GET /page HTTP/1.10"), 400,
        CLOSE),
    Row("version-leading-zero", "9112 2.3", line(b"GET /page HTTP/01.1"), 400,
        CLOSE),
    Row("version-no-minor", "9112 2.3", line(b"GET /page HTTP/1"), 400, CLOSE),
    Row("version-no-dot", "9112 2.3", line(b"GET /page HTTP/11"), 400, CLOSE),
    Row("version-comma", "9112 2.3", line(b"GET /page HTTP/1,1"), 400, CLOSE),
    Row("version-lower-case", "9112 2.3", line(b"GET /page http/1.1"), 400,
        CLOSE),
    Row("version-mixed-case", "9112 2.3", line(b"GET /page HtTP/1.1"), 400,
        CLOSE),
    Row("version-other-protocol", "9112 2.3", line(b"GET /page FTP/1.1"), 400,
        CLOSE),
    Row("version-rtsp", "9112 2.3", line(b"GET /page RTSP/1.0"), 400, CLOSE),
    Row("version-empty", "9112 2.3", line(b"GET /page HTTP/"), 400, CLOSE),
    Row("version-letters", "9112 2.3", line(b"GET /page HTTP/a.b"), 400, CLOSE),
    Row("version-negative", "9112 2.3", line(b"GET /page HTTP/-1.1"), 400,
        CLOSE),
    Row("version-nul", "9112 2.3", line(b"GET /page HTTP/1.1\x00"), 400, CLOSE),
    # white space: one SP between parts, nothing else
    Row("two-spaces-before-target", "9112 3", line(b"GET  /page HTTP/1.1"),
        400, CLOSE),
    Row("two-spaces-before-version", "9112 3", line(b"GET /page  HTTP/1.1"),
        400, CLOSE),
    Row("trailing-space", "9112 3", line(b"GET /page HTTP/1.1 "), 400, CLOSE),
    Row("leading-space", "9112 3", line(b" GET /page HTTP/1.1"), 400, CLOSE),
    Row("tab-before-target", "9112 3", line(b"GET\t/page HTTP/1.1"), 400,
        CLOSE),
    Row("tab-before-version", "9112 3", line(b"GET /page\tHTTP/1.1"), 400,
        CLOSE),
    Row("vertical-tab", "9112 3", line(b"GET\x0b/page HTTP/1.1"), 400, CLOSE),
    Row("form-feed", "9112 3", line(b"GET /page\x0cHTTP/1.1"), 400, CLOSE),
    Row("space-in-target", "9112 3.2", line(b"GET /pa ge HTTP/1.1"), 400,
        CLOSE),
    Row("bare-cr-inside", "9112 2.2", line(b"GET /pa\rge HTTP/1.1"), 400,
        CLOSE),
    Row("bare-cr-before-version", "9112 2.2", line(b"GET /page\rHTTP/1.1"),
        400, CLOSE),
    Row("cr-cr-lf", "9112 2.2", b"GET /page HTTP/1.1\r\r\n" + HOST, 400, CLOSE),
    Row("bare-lf", "9112 2.2", b"GET /page HTTP/1.1\n" + HOST, 400, CLOSE),
    Row("one-empty-line-first", "9112 2.2", line(b"\r\nGET /page HTTP/1.1"),
        200, KEEP),
    Row("some-empty-lines-first", "9112 2.2",
        line(b"\r\n\r\n\r\nGET /page HTTP/1.1"), 200, KEEP),
    Row("too-many-empty-lines-first", "9112 2.2",
        b"\r\n" * 200 + line(b"GET /page HTTP/1.1"), 400, CLOSE),
    # methods
    Row("method-unknown", "9110 9.1", line(b"BREW /page HTTP/1.1"), 501, CLOSE),
    Row("method-lower-case", "9110 9.1", line(b"get /page HTTP/1.1"), 501,
        CLOSE),
    Row("method-all-tchars", "9110 5.6.2",
        line(b"A!#$%&'*+-.^_`|~9 /page HTTP/1.1"), 501, CLOSE),
    Row("method-not-a-token", "9110 5.6.2", line(b"G(T /page HTTP/1.1"), 400,
        CLOSE),
    Row("method-colon", "9110 5.6.2", line(b"GET: /page HTTP/1.1"), 400, CLOSE),
    Row("method-slash", "9110 5.6.2", line(b"GE/T /page HTTP/1.1"), 400, CLOSE),
    Row("method-nul", "9110 5.6.2", line(b"G\x00T /page HTTP/1.1"), 400, CLOSE),
    Row("method-high-byte", "9110 5.6.2", line(b"G\xc9T /page HTTP/1.1"), 400,
        CLOSE),
    Row("method-escape", "9110 5.6.2", line(b"\x1bGET /page HTTP/1.1"), 400,
        CLOSE),
    Row("method-long", "9110 9.1", line(b"M" * 300 + b" /page HTTP/1.1"), 501,
        CLOSE),
    # too little
    Row("method-only", "9112 3", line(b"GET"), 400, CLOSE),
    Row("method-and-space", "9112 3", line(b"GET "), 400, CLOSE),
    Row("no-target", "9112 3", line(b"GET HTTP/1.1"), 400, CLOSE),
    Row("no-target-two-spaces", "9112 3", line(b"GET  HTTP/1.1"), 400, CLOSE),
    Row("only-spaces", "9112 3", line(b"   "), 400, CLOSE),
    Row("junk", "9112 3", line(b"\xff\xfe\xfd"), 400, CLOSE),
    Row("tls-hello", "9112 3",
        b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03\r\n\r\n", 400, CLOSE),
    Row("http2-preface", "9113 3.4",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, CLOSE),
    Row("nothing", "9112 2", b"", [], CLOSE, eof=True),
    Row("only-an-empty-line", "9112 2.2", b"\r\n", [], CLOSE, eof=True),
    # limits
    Row("line-at-the-limit", "9112 3",
        line(b"GET /page?" + b"q" * (500 - 19) + b" HTTP/1.1"), 200, KEEP),
    Row("line-over-the-limit", "9110 15.5.15",
        line(b"GET /page?" + b"q" * 600 + b" HTTP/1.1"), 414, CLOSE),
    Row("line-far-over-the-limit", "9110 15.5.15",
        line(b"GET /" + b"q" * 20000 + b" HTTP/1.1"), 414, CLOSE),
]


@pytest.fixture(scope="module")
def server(serve_module):
    server = wire.start(serve_module, CONFIG, MODULES)
    server.put("page", "page\n")
    server.announced = {"AH00135"}      # no such method
    return server.start()


@wire.each(ROWS)
def test_request_line(server, row, delivery):
    wire.check(server, row, delivery)
