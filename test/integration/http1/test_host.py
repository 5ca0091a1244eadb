"""Host: RFC 9112 section 3.2, RFC 9110 section 7.2, RFC 3986 section 3.2.2."""
import pytest

from harness import wire
from harness.wire import CLOSE, KEEP, Row

CONFIG = """
KeepAliveTimeout 4
Timeout 4
UseCanonicalName Off
Header always set X-Site first
<VirtualHost *:*>
    ServerName first.example
    Header always set X-Site first
</VirtualHost>
<VirtualHost *:*>
    ServerName second.example
    ServerAlias *.second.example
    Header always set X-Site second
</VirtualHost>
"""
MODULES = ["authz_core", "headers"]


def host(value, version=b"1.1"):
    return b"GET /page HTTP/%s\r\nHost:%s\r\n\r\n" % (version, value)


def seen(name, value, site="first"):
    return Row(name, "9110 7.2", host(value), 200, KEEP, {"X-Site": site})


def bad(name, value, section="9112 3.2"):
    return Row(name, section, host(value), 400, CLOSE)


ROWS = [
    seen("first", b" first.example"),
    seen("second", b" second.example", "second"),
    seen("unknown-gets-first", b" nowhere.example"),
    seen("upper-case", b" SECOND.Example", "second"),
    seen("alias", b" www.second.example", "second"),
    seen("port", b" second.example:8080", "second"),
    seen("no-space", b"second.example", "second"),
    seen("white-space-around", b" \t second.example \t ", "second"),
    seen("trailing-dot", b" second.example.", "second"),
    seen("leading-dot", b" .first.example"),
    seen("ipv4", b" 127.0.0.1"),
    seen("ipv4-port", b" 127.0.0.1:80"),
    seen("ipv6", b" [::1]"),
    seen("ipv6-port", b" [2001:db8::1]:80"),
    seen("underscore", b" my_host"),
    Row("missing-11", "9112 3.2", b"GET /page HTTP/1.1\r\n\r\n", 400, CLOSE),
    Row("missing-10", "9112 3.2", b"GET /page HTTP/1.0\r\n\r\n", 200, CLOSE,
        {"X-Site": "first"}),
    Row("ten-with-host", "9110 7.2", host(b" second.example", b"1.0"), 200,
        CLOSE, {"X-Site": "second"}),
    Row("twice", "9112 3.2", b"GET /page HTTP/1.1\r\nHost: first.example\r\n"
        b"Host: second.example\r\n\r\n", 400, CLOSE),
    Row("twice-the-same", "9112 3.2", b"GET /page HTTP/1.1\r\n"
        b"Host: first.example\r\nHost: first.example\r\n\r\n", 400, CLOSE),
    Row("absolute-form-chooses", "9112 3.2.2",
        b"GET http://second.example/page HTTP/1.1\r\nHost: first.example"
        b"\r\n\r\n", 200, KEEP, {"X-Site": "second"}),
    bad("empty", b""),
    bad("only-space", b"  "),
    bad("space-inside", b" first example"),
    bad("slash", b" first.example/x"),
    bad("backslash", b" first.example\\x"),
    bad("at", b" me@first.example"),
    bad("empty-port", b" first.example:"),
    bad("two-ports", b" first.example:80:81"),
    bad("port-letters", b" first.example:http"),
    bad("port-too-big", b" first.example:65536"),
    bad("port-negative", b" first.example:-1"),
    bad("comma", b" first.example, second.example"),
    bad("nul", b" first\x00.example"),
    bad("two-dots", b" first..example", "1123 2.1"),
    bad("only-dots", b" ..", "1123 2.1"),
    bad("ipv6-open", b" [::1", "3986 3.2.2"),
    bad("ipv6-junk", b" [::1]x", "3986 3.2.2"),
    bad("ipv6-bad", b" [12345::g]", "3986 3.2.2"),
    bad("ipv6-bare", b" ::1", "3986 3.2.2"),
    bad("only-port", b" :80", "3986 3.2.2"),
    bad("percent", b" first%2eexample", "9110 4.2.1"),
    bad("quote", b" \"first.example\"", "9110 4.2.1"),
    bad("angle", b" <script>", "9110 4.2.1"),
]


@pytest.fixture(scope="module")
def server(serve_module):
    server = wire.start(serve_module, CONFIG, MODULES)
    server.put("page", "page\n")
    return server.start()


@wire.each(ROWS)
def test_host(server, row, delivery):
    wire.check(server, row, delivery)
