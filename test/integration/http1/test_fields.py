"""Field lines: RFC 9112 section 5, RFC 9110 section 5, and their limits."""
import pytest

from harness import wire
from harness.wire import CLOSE, KEEP, Row

CONFIG = """
KeepAliveTimeout 4
Timeout 4
LimitRequestFields 12
LimitRequestFieldSize 200
Header always set X-Seen "expr=%{req_novary:X-In}"
"""
MODULES = ["authz_core", "headers"]


def get(*fields, host=b"Host: localhost\r\n", version=b"1.1"):
    return (b"GET /page HTTP/" + version + b"\r\n" + host
            + b"".join(fields) + b"\r\n")


def seen(name, section, field, value):
    return Row(name, section, get(field), 200, KEEP, {"X-Seen": value})


def bad(name, section, *fields):
    return Row(name, section, get(*fields), 400, CLOSE)


ROWS = [
    seen("plain", "9110 5.5", b"X-In: value\r\n", "value"),
    seen("name-any-case", "9110 5.1", b"x-iN: value\r\n", "value"),
    seen("no-white-space", "9112 5", b"X-In:value\r\n", "value"),
    seen("white-space-trimmed", "9112 5", b"X-In: \t value \t\r\n", "value"),
    seen("white-space-kept-inside", "9110 5.5", b"X-In: a  b\tc\r\n",
         "a  b\tc"),
    seen("empty", "9110 5.5", b"X-In:\r\n", ""),
    seen("only-white-space", "9110 5.5", b"X-In: \t \r\n", ""),
    seen("twice", "9110 5.3", b"X-In: a\r\nX-In: b\r\n", "a, b"),
    seen("thrice-apart", "9110 5.3",
         b"X-In: a\r\nX-Other: o\r\nX-In: b\r\nx-in: c\r\n", "a, b, c"),
    seen("empty-elements", "9110 5.6.1", b"X-In: a\r\nX-In:\r\nX-In: c\r\n",
         "a, , c"),
    seen("colon-in-value", "9112 5", b"X-In: a:b:c\r\n", "a:b:c"),
    seen("all-tchars", "9110 5.6.2", b"!#$%&'*+-.^_`|~9aZ: x\r\n", ""),
    seen("high-bytes", "9110 5.5", b"X-In: \xc3\xa9\r\n", "\u00c3\u00a9"),
    seen("quoted", "9110 5.6.4", b"X-In: \"a, \\\"b\"\r\n", '"a, \\"b"'),
    # names
    bad("no-colon", "9112 5", b"X-In value\r\n"),
    bad("no-name", "9112 5", b": value\r\n"),
    bad("space-before-colon", "9112 5.1", b"X-In : value\r\n"),
    bad("tab-before-colon", "9112 5.1", b"X-In\t: value\r\n"),
    bad("space-in-name", "9110 5.6.2", b"X In: value\r\n"),
    bad("at-in-name", "9110 5.6.2", b"X@In: value\r\n"),
    bad("parenthesis-in-name", "9110 5.6.2", b"X(In): value\r\n"),
    bad("slash-in-name", "9110 5.6.2", b"X/In: value\r\n"),
    bad("high-byte-in-name", "9110 5.6.2", b"X\xe9: value\r\n"),
    bad("nul-in-name", "9110 5.6.2", b"X\x00In: value\r\n"),
    bad("delete-in-name", "9110 5.6.2", b"X\x7fIn: value\r\n"),
    bad("cr-in-name", "9112 2.2", b"X\rIn: value\r\n"),
    bad("only-a-word", "9112 5", b"X-In\r\n"),
    # values
    bad("nul-in-value", "9110 5.5", b"X-In: a\x00b\r\n"),
    bad("cr-in-value", "9112 2.2", b"X-In: a\rb\r\n"),
    bad("control-in-value", "9110 5.5", b"X-In: a\x01b\r\n"),
    bad("escape-in-value", "9110 5.5", b"X-In: a\x1bb\r\n"),
    bad("vertical-tab-in-value", "9110 5.5", b"X-In: a\x0bb\r\n"),
    bad("delete-in-value", "9110 5.5", b"X-In: a\x7fb\r\n"),
    bad("nul-at-end", "9110 5.5", b"X-In: a\x00\r\n"),
    # ends of lines
    bad("bare-lf", "9112 2.2", b"X-In: a\n"),
    bad("bare-lf-smuggles-a-field", "9112 2.2", b"X-In: a\nX-B: b\r\n"),
    bad("cr-cr-lf", "9112 2.2", b"X-In: a\r\r\n"),
    Row("bare-lf-ends-the-head", "9112 2.2",
        b"GET /page HTTP/1.1\r\nHost: localhost\r\n\n", 400, CLOSE),
    Row("bare-cr-ends-the-head", "9112 2.2",
        b"GET /page HTTP/1.1\r\nHost: localhost\r\n\r\r\n\r\n", 400, CLOSE),
    Row("eof-in-the-head", "9112 8", b"GET /page HTTP/1.1\r\nHost: loc", 400,
        CLOSE, eof=True),
    # a line that begins with white space
    Row("folded", "9112 5.2", get(b"X-In: a\r\n b\r\n"), 200, KEEP,
        {"X-Seen": "a b"}),
    Row("folded-tab", "9112 5.2", get(b"X-In: a\r\n\tb\r\n"), 200, KEEP,
        {"X-Seen": "a b"}),
    Row("folded-twice", "9112 5.2", get(b"X-In: a\r\n b\r\n c\r\n"), 200,
        KEEP, {"X-Seen": "a b c"}),
    Row("folded-empty", "9112 5.2", get(b"X-In: a\r\n \r\n"), 200, KEEP),
    Row("folded-first", "9112 2.2", get(host=b" X-In: a\r\nHost: localhost"
                                            b"\r\n"), 400, CLOSE),
    bad("folded-nul", "9110 5.5", b"X-In: a\r\n \x00b\r\n"),
    # limits
    Row("fields-at-the-limit", "9110 5.4",
        get(*[b"X-%d: v\r\n" % n for n in range(11)]), 200, KEEP),
    bad("fields-over-the-limit", "6585 5",
        *[b"X-%d: v\r\n" % n for n in range(12)]),
    bad("fields-far-over", "6585 5", *[b"X-%d: v\r\n" % n
                                       for n in range(500)]),
    Row("size-at-the-limit", "9110 5.4",
        get(b"X-In: " + b"v" * (200 - 6) + b"\r\n"), 200, KEEP,
        {"X-Seen": "v" * 194}),
    bad("size-over-the-limit", "6585 5", b"X-In: " + b"v" * 300 + b"\r\n"),
    bad("size-far-over", "6585 5", b"X-In: " + b"v" * 30000 + b"\r\n"),
    bad("name-over-the-limit", "6585 5", b"N" * 300 + b": v\r\n"),
    bad("folds-over-the-limit", "6585 5",
        b"X-In: a\r\n" + (b" " + b"v" * 90 + b"\r\n") * 4),
]


@pytest.fixture(scope="module")
def server(serve_module):
    server = wire.start(serve_module, CONFIG, MODULES)
    server.put("page", "page\n")
    return server.start()


@wire.each(ROWS)
def test_fields(server, row, delivery):
    wire.check(server, row, delivery)
