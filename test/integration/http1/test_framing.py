"""Where a message ends: RFC 9112 sections 6 and 7. Whatever two parties
could read differently is refused, and the connection with it."""
import pytest

from harness import wire
from harness.wire import CLOSE, KEEP, Row

CONFIG = """
KeepAliveTimeout 4
Timeout 4
LimitRequestBody 100000
<Location /small>
    LimitRequestBody 10
</Location>
"""
MODULES = ["authz_core"]
NEXT = b"GET /next HTTP/1.1\r\nHost: localhost\r\n\r\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"


def post(*fields, body=b"", version=b"1.1", target=b"/page"):
    return (b"POST " + target + b" HTTP/" + version
            + b"\r\nHost: localhost\r\n"
            + b"".join(f + b"\r\n" for f in fields) + b"\r\n" + body)


def length(name, value, status=400, body=b"hello"):
    return Row(name, "9112 6.3", post(b"Content-Length:" + value,
               body=body + SMUGGLED), status, CLOSE)


def coding(name, value, status=400, section="9112 6.1"):
    return Row(name, section, post(b"Transfer-Encoding:" + value,
               body=b"5\r\nhello\r\n0\r\n\r\n" + SMUGGLED), status, CLOSE)


def chunks(name, body, section="9112 7.1"):
    """A good chunked body: the next request is answered, too."""
    return Row(name, section, post(b"Transfer-Encoding: chunked",
               body=body + NEXT), [200, 200], KEEP, body=b"next\n")


def bad_chunks(name, body, section="9112 7.1", status=400):
    return Row(name, section, post(b"Transfer-Encoding: chunked",
               body=body + SMUGGLED), status, CLOSE)


ROWS = [
    # Content-Length
    Row("length", "9112 6.2", post(b"Content-Length: 5",
        body=b"hello" + NEXT), [200, 200], KEEP, body=b"next\n"),
    Row("length-zero", "9112 6.2", post(b"Content-Length: 0", body=NEXT),
        [200, 200], KEEP, body=b"next\n"),
    Row("length-leading-zeros", "9112 6.2", post(b"Content-Length: 0005",
        body=b"hello" + NEXT), [200, 200], KEEP, body=b"next\n"),
    Row("length-looks-like-a-request", "9112 6.2",
        post(b"Content-Length: %d" % len(SMUGGLED), body=SMUGGLED + NEXT),
        [200, 200], KEEP, body=b"next\n"),
    Row("no-length-no-body", "9112 6.3", post(body=NEXT), [200, 200], KEEP,
        body=b"next\n"),
    Row("get-with-body", "9110 9.3.1",
        b"GET /page HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n"
        b"hello" + NEXT, [200, 200], KEEP, body=b"next\n"),
    Row("head-with-body", "9110 9.3.2",
        b"HEAD /page HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n"
        b"hello" + NEXT, [200, 200], KEEP, methods=("HEAD", "GET"),
        body=b"next\n"),
    Row("length-body-for-404", "9112 9.3", post(b"Content-Length: 5",
        target=b"/nope", body=b"hello" + NEXT), [404, 200], KEEP,
        body=b"next\n"),
    Row("length-http10", "9112 6.2", post(b"Content-Length: 5",
        body=b"hello", version=b"1.0"), 200, CLOSE),
    Row("length-short-of-body", "9112 8", post(b"Content-Length: 50",
        body=b"hello"), 400, CLOSE, eof=True),
    length("length-negative", b" -5"),
    length("length-plus", b" +5"),
    length("length-hex", b" 0x5"),
    length("length-letters", b" five"),
    length("length-trailing-letter", b" 5a"),
    length("length-decimal", b" 5.0"),
    length("length-exponent", b" 5e0"),
    length("length-empty", b""),
    length("length-space-inside", b" 1 5"),
    length("length-quoted", b" \"5\""),
    length("length-semicolon", b" 5;x"),
    length("length-overflow", b" 18446744073709551621"),
    length("length-overflow-signed", b" 9223372036854775808"),
    length("length-very-long", b" " + b"9" * 100),
    length("length-list-differs", b" 5, 6"),
    length("length-list-trailing-comma", b" 5,"),
    length("length-vertical-tab", b"\x0b5"),
    Row("length-twice-differs", "9112 6.3",
        post(b"Content-Length: 5", b"Content-Length: 6",
             body=b"hello" + SMUGGLED), 400, CLOSE),
    Row("length-twice-differs-in-form", "9112 6.3",
        post(b"Content-Length: 5", b"Content-Length: 05",
             body=b"hello" + SMUGGLED), 400, CLOSE),
    Row("length-twice-the-same", "9112 6.3",
        post(b"Content-Length: 5", b"Content-Length: 5",
             body=b"hello" + SMUGGLED), 400, CLOSE),
    Row("length-too-large", "9110 15.5.14", post(b"Content-Length: 100001",
        body=b"hello"), 413, CLOSE),
    Row("length-too-large-here", "9110 15.5.14",
        post(b"Content-Length: 11", body=b"hello worlds", target=b"/small"),
        413, CLOSE),
    Row("length-just-fits", "9110 15.5.14",
        post(b"Content-Length: 10", body=b"hello worl", target=b"/small"),
        200, KEEP),
    # Transfer-Encoding
    coding("coding-unknown", b" gzip"),
    coding("coding-chunked-not-last", b" chunked, gzip", 400, "9112 6.3"),
    coding("coding-chunked-twice", b" chunked, chunked", 400, "9112 7.1"),
    coding("coding-identity", b" identity", 400),
    coding("coding-empty", b"", 400),
    coding("coding-comma-only", b" ,", 400),
    coding("coding-xchunked", b" xchunked", 400),
    coding("coding-chunkedx", b" chunkedx", 400),
    coding("coding-quoted", b" \"chunked\"", 400),
    coding("coding-semicolon", b" chunked;q=1", 400),
    coding("coding-vertical-tab", b" \x0bchunked", 400),
    coding("coding-nul", b" chunked\x00", 400),
    Row("coding-space-before-colon", "9112 5.1",
        post(b"Transfer-Encoding : chunked",
             body=b"0\r\n\r\n" + SMUGGLED), 400, CLOSE),
    Row("coding-name-of-other-letters", "9110 5.1",
        post(b"Transfer_Encoding: chunked", b"Content-Length: 5",
             body=b"hello" + NEXT), [200, 200], KEEP),
    Row("coding-two-fields-not-last", "9112 6.1",
        post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity",
             body=b"0\r\n\r\n" + SMUGGLED), 400, CLOSE),
    Row("coding-two-fields-twice", "9112 7.1",
        post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked",
             body=b"0\r\n\r\n" + SMUGGLED), 400, CLOSE),
    Row("coding-folded", "9112 5.2",
        post(b"Transfer-Encoding:\r\n chunked", body=b"0\r\n\r\n" + NEXT),
        [200, 200], KEEP),
    Row("coding-any-case", "9112 7", post(b"Transfer-Encoding: ChUnKeD",
        body=b"0\r\n\r\n" + NEXT), [200, 200], KEEP),
    Row("coding-http10", "9112 6.1",
        post(b"Transfer-Encoding: chunked", version=b"1.0",
             body=b"0\r\n\r\n" + SMUGGLED), 400, CLOSE),
    # both
    Row("both", "9112 6.3", post(b"Transfer-Encoding: chunked",
        b"Content-Length: 5", body=b"0\r\n\r\n" + SMUGGLED), 400, CLOSE),
    Row("both-other-order", "9112 6.3", post(b"Content-Length: 5",
        b"Transfer-Encoding: chunked", body=b"0\r\n\r\n" + SMUGGLED), 400,
        CLOSE),
    Row("both-length-zero", "9112 6.3", post(b"Content-Length: 0",
        b"Transfer-Encoding: chunked", body=b"0\r\n\r\n" + SMUGGLED), 400,
        CLOSE),
    Row("both-length-bad", "9112 6.3", post(b"Content-Length: x",
        b"Transfer-Encoding: chunked", body=b"0\r\n\r\n" + SMUGGLED), 400,
        CLOSE),
    Row("both-http10", "9112 6.1", post(b"Content-Length: 5",
        b"Transfer-Encoding: chunked", body=b"0\r\n\r\n" + SMUGGLED,
        version=b"1.0"), 400, CLOSE),
    Row("both-coding-unknown", "9112 6.3", post(b"Content-Length: 5",
        b"Transfer-Encoding: foo", body=b"hello" + SMUGGLED), 400, CLOSE),
    # chunks
    chunks("chunked-empty", b"0\r\n\r\n"),
    chunks("chunked-one", b"5\r\nhello\r\n0\r\n\r\n"),
    chunks("chunked-many", b"1\r\nh\r\n" * 50 + b"0\r\n\r\n"),
    chunks("chunked-upper-hex", b"A\r\n0123456789\r\n0\r\n\r\n"),
    chunks("chunked-lower-hex", b"a\r\n0123456789\r\n0\r\n\r\n"),
    chunks("chunked-leading-zeros", b"0005\r\nhello\r\n000\r\n\r\n"),
    chunks("chunked-binary", b"5\r\n\x00\r\n0\n\r\n0\r\n\r\n"),
    chunks("chunked-extension", b"5;a=b\r\nhello\r\n0\r\n\r\n", "9112 7.1.1"),
    chunks("chunked-extension-quoted", b"5;a=\"b;c\"\r\nhello\r\n0\r\n\r\n",
           "9112 7.1.1"),
    chunks("chunked-extension-no-value", b"5;a\r\nhello\r\n0;b\r\n\r\n",
           "9112 7.1.1"),
    chunks("chunked-extension-white-space",
           b"5 ;a = b\r\nhello\r\n0\r\n\r\n", "9112 7.1.1"),
    chunks("chunked-trailer", b"5\r\nhello\r\n0\r\nX-T: 1\r\n\r\n",
           "9112 7.1.2"),
    chunks("chunked-trailers", b"0\r\nX-T: 1\r\nX-U: 2\r\n\r\n", "9112 7.1.2"),
    chunks("chunked-trailer-framing-is-ignored",
           b"0\r\nContent-Length: 100\r\n\r\n", "9110 6.5.1"),
    bad_chunks("chunk-size-empty", b"\r\nhello\r\n0\r\n\r\n"),
    bad_chunks("chunk-size-letters", b"xyz\r\nhello\r\n0\r\n\r\n"),
    bad_chunks("chunk-size-0x", b"0x5\r\nhello\r\n0\r\n\r\n"),
    bad_chunks("chunk-size-minus", b"-5\r\nhello\r\n0\r\n\r\n"),
    bad_chunks("chunk-size-plus", b"+5\r\nhello\r\n0\r\n\r\n"),
    bad_chunks("chunk-size-leading-space", b" 5\r\nhello\r\n0\r\n\r\n"),
    bad_chunks("chunk-size-two-words", b"5 5\r\nhello\r\n0\r\n\r\n"),
    bad_chunks("chunk-size-comma", b"5,a\r\nhello\r\n0\r\n\r\n"),
    bad_chunks("chunk-size-nul", b"5\x00\r\nhello\r\n0\r\n\r\n"),
    bad_chunks("chunk-size-underscore", b"1_0\r\nhello\r\n0\r\n\r\n"),
    bad_chunks("chunk-size-overflow", b"10000000000000005\r\nhello\r\n0\r\n"
               b"\r\n"),
    bad_chunks("chunk-size-overflow-signed", b"8000000000000000\r\nhello\r\n"
               b"0\r\n\r\n"),
    bad_chunks("chunk-size-far-too-long", b"0" * 9000 + b"5\r\nhello\r\n0\r\n"
               b"\r\n", status=413),
    bad_chunks("chunk-size-bare-lf", b"5\nhello\r\n0\r\n\r\n"),
    bad_chunks("chunk-size-bare-cr", b"5\rhello\r\n0\r\n\r\n"),
    bad_chunks("chunk-size-cr-cr-lf", b"5\r\r\nhello\r\n0\r\n\r\n"),
    bad_chunks("chunk-data-short", b"5\r\nhell\r\n0\r\n\r\n"),
    bad_chunks("chunk-data-long", b"5\r\nhelloworld\r\n0\r\n\r\n"),
    bad_chunks("chunk-data-no-crlf", b"5\r\nhello0\r\n\r\n"),
    bad_chunks("chunk-data-bare-lf", b"5\r\nhello\n0\r\n\r\n"),
    bad_chunks("chunk-extension-bare-lf", b"5;a\nhello\r\n0\r\n\r\n",
               "9112 7.1.1"),
    bad_chunks("chunk-extension-control", b"5;a\x01\r\nhello\r\n0\r\n\r\n",
               "9112 7.1.1"),
    bad_chunks("chunk-extension-too-long", b"5;" + b"a" * 20000
               + b"\r\nhello\r\n0\r\n\r\n", "9112 7.1.1", 413),
    bad_chunks("chunk-trailer-no-colon", b"0\r\nX-T\r\n\r\n", "9112 7.1.2"),
    bad_chunks("chunk-trailer-space", b"0\r\nX-T : 1\r\n\r\n", "9112 7.1.2"),
    bad_chunks("chunk-trailer-bare-lf", b"0\r\nX-T: 1\n\r\n", "9112 7.1.2"),
    bad_chunks("chunk-trailer-nul", b"0\r\nX-T: \x00\r\n\r\n", "9112 7.1.2"),
    bad_chunks("chunked-too-large", b"186a1\r\n" + b"x" * 100001
               + b"\r\n0\r\n\r\n", "9110 15.5.14", 413),
    Row("chunked-cut-in-size", "9112 8", post(b"Transfer-Encoding: chunked",
        body=b"5"), 400, CLOSE, eof=True),
    Row("chunked-cut-in-data", "9112 8", post(b"Transfer-Encoding: chunked",
        body=b"5\r\nhel"), 400, CLOSE, eof=True),
    Row("chunked-cut-before-last", "9112 8", post(
        b"Transfer-Encoding: chunked", body=b"5\r\nhello\r\n"), 400, CLOSE,
        eof=True),
    Row("chunked-cut-in-trailers", "9112 8", post(
        b"Transfer-Encoding: chunked", body=b"0\r\nX-T: 1\r\n"), 400, CLOSE,
        eof=True),
]


@pytest.fixture(scope="module")
def server(serve_module):
    server = wire.start(serve_module, CONFIG, MODULES)
    for name in ("page", "next", "small", "smuggled"):
        server.put(name, name + "\n")
    return server.start()


@wire.each(ROWS)
def test_framing(server, row, delivery):
    wire.check(server, row, delivery)


def test_nothing_was_smuggled(server):
    """After the whole table no process has seen the hidden requests."""
    assert "/smuggled" not in server.log()
