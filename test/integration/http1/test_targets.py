"""Request targets: RFC 9112 section 3.2, RFC 3986 sections 2, 3.3, 5.2.4."""
import pytest

from harness import wire
from harness.wire import CLOSE, KEEP, Row

CONFIG = """
KeepAliveTimeout 4
Timeout 4
Header always set X-Uri "expr=%{escape:%{REQUEST_URI}}"
Header always set X-Query "expr=%{QUERY_STRING}"
Header always set X-Name "expr=%{HTTP_HOST}"
<Directory {docroot}>
    AllowOverride None
</Directory>
<Location /blocked>
    Require all denied
</Location>
"""
MODULES = ["authz_core", "headers"]


def get(target, host=b"localhost"):
    return b"GET %s HTTP/1.1\r\nHost: %s\r\n\r\n" % (target, host)


def uri(text, **kwargs):
    return {"X-Uri": text, **kwargs}


def plain(name, target, status, seen=None, section="3986 5.2.4"):
    """A target that leaves the connection open."""
    return Row(name, section, get(target), status, KEEP,
               uri(seen) if seen else {})


ROWS = [
    # origin-form
    plain("file", b"/a/b", 200, "/a/b", "9112 3.2.1"),
    plain("not-there", b"/nope", 404, "/nope", "9110 15.5.5"),
    Row("query", "3986 3.4", get(b"/a/b?x=1&y=2"), 200, KEEP,
        {"X-Query": "x=1&y=2"}),
    Row("query-empty", "3986 3.4", get(b"/a/b?"), 200, KEEP),
    Row("query-with-question-mark", "3986 3.4", get(b"/a/b?x?y/../z"), 200,
        KEEP, {"X-Query": "x?y/../z"}),
    Row("query-stays-encoded", "3986 3.4", get(b"/a/b?x=%2e%00%zz"), 200, KEEP,
        {"X-Query": "x=%2e%00%zz"}),
    Row("fragment", "9112 3.2.1", get(b"/a/b#f"), 400, CLOSE),
    Row("fragment-encoded", "3986 2.1", get(b"/a/b%23f"), 404, KEEP,
        uri("/a/b%23f")),
    Row("no-slash", "9112 3.2", get(b"a/b"), 400, CLOSE),
    Row("only-query", "9112 3.2.1", get(b"?x"), 400, CLOSE),
    Row("backslash", "3986 2", get(b"/a\\b"), 404, KEEP),
    Row("backslash-dots", "3986 2", get(b"/a\\..\\..\\secret"), 404, KEEP),
    # encodings
    plain("encoded-letter", b"/%61/b", 200, "/a/b", "3986 2.3"),
    plain("encoded-upper-hex", b"/a/%62", 200, "/a/b", "3986 2.1"),
    plain("encoded-space", b"/sp%20ace", 200, "/sp%20ace", "3986 2.1"),
    plain("plus-is-no-space", b"/sp+ace", 404, "/sp+ace", "3986 2.2"),
    plain("encoded-percent", b"/100%25", 200, "/100%25", "3986 2.4"),
    plain("encoded-once-only", b"/%2561/b", 404, "/%2561/b", "3986 2.4"),
    plain("encoded-question-mark", b"/a/b%3fx", 404, "/a/b%3fx", "3986 2.1"),
    plain("utf8", b"/%c3%a4", 200, None, "3986 2.5"),
    Row("percent-at-end", "3986 2.1", get(b"/a/%"), 400, CLOSE),
    Row("percent-one-digit", "3986 2.1", get(b"/a/%4"), 400, CLOSE),
    Row("percent-no-hex", "3986 2.1", get(b"/a/%zz"), 400, CLOSE),
    Row("percent-half-hex", "3986 2.1", get(b"/a/%4g"), 400, CLOSE),
    Row("percent-u", "3986 2.1", get(b"/a/%u0041"), 400, CLOSE),
    Row("encoded-nul", "3986 2.1", get(b"/a/b%00"), 404, KEEP),
    Row("encoded-nul-inside", "3986 2.1", get(b"/a/b%00.html"), 404, KEEP),
    Row("encoded-nul-first", "3986 2.1", get(b"/%00"), 404, KEEP),
    Row("raw-nul", "9112 3.2", get(b"/a/b\x00"), 400, CLOSE),
    Row("raw-high-byte", "3986 2", get(b"/\xc3\xa4"), 200, KEEP),
    Row("raw-delete", "3986 2", get(b"/a\x7fb"), 400, CLOSE),
    Row("raw-quote", "3986 2", get(b"/a\"b"), 404, KEEP),
    Row("raw-angle", "3986 2", get(b"/<a>"), 404, KEEP),
    Row("encoded-slash", "3986 2.2", get(b"/a%2fb"), 404, KEEP),
    Row("encoded-slash-upper", "3986 2.2", get(b"/a%2Fb"), 404, KEEP),
    Row("encoded-slash-first", "3986 2.2", get(b"/%2fa/b"), 404, KEEP),
    Row("encoded-backslash", "3986 2.2", get(b"/a%5cb"), 404, KEEP),
    Row("encoded-line-feed", "3986 2.1", get(b"/a%0ab"), 404, KEEP),
    Row("encoded-cr-lf", "3986 2.1", get(b"/a%0d%0aX-Evil:%20yes"), 404, KEEP,
        {"X-Evil": None}),
    # dot segments, in every disguise: none may leave the document root
    plain("dot", b"/./a/./b", 200, "/a/b"),
    plain("dot-at-end", b"/a/b/.", 404),
    plain("dot-dot-inside", b"/a/c/../b", 200, "/a/b"),
    plain("dot-dot-to-root", b"/a/../probe", 200, "/probe"),
    Row("dot-dot-above-root", "3986 5.2.4", get(b"/../secret"), 400, CLOSE),
    Row("dot-dot-far-above", "3986 5.2.4", get(b"/../../../../etc/passwd"),
        400, CLOSE),
    Row("dot-dot-above-inside", "3986 5.2.4", get(b"/a/../../secret"), 400,
        CLOSE),
    Row("dot-dot-at-end", "3986 5.2.4", get(b"/.."), 400, CLOSE),
    plain("three-dots", b"/.../a", 404, "/.../a"),
    plain("dots-in-name", b"/a/..b", 404, "/a/..b"),
    plain("name-with-dots-behind", b"/a/b..", 404, "/a/b.."),
    plain("encoded-dot", b"/%2e/a/b", 200, "/a/b"),
    plain("encoded-dot-dot-inside", b"/a/c/%2e%2e/b", 200, "/a/b"),
    plain("half-encoded-dot-dot", b"/a/c/.%2e/b", 200, "/a/b"),
    plain("other-half-encoded-dot-dot", b"/a/c/%2E./b", 200, "/a/b"),
    Row("encoded-dot-dot-above", "3986 5.2.4",
        get(b"/%2e%2e/%2e%2e/etc/passwd"), 400, CLOSE),
    Row("half-encoded-above", "3986 5.2.4", get(b"/.%2e/secret"), 400, CLOSE),
    Row("mixed-above", "3986 5.2.4", get(b"/a/%2e./.%2E/secret"), 400, CLOSE),
    Row("double-encoded-dot-dot", "3986 2.4", get(b"/%252e%252e/secret"), 404,
        KEEP),
    Row("double-encoded-half", "3986 2.4", get(b"/.%%32%65/secret"), 400,
        CLOSE),
    Row("digit-encoded-dot", "3986 2.4", get(b"/%%32%65%%32%65/secret"), 400,
        CLOSE),
    Row("overlong-utf8-dots", "3629 3", get(b"/%c0%ae%c0%ae/secret"), 404,
        KEEP),
    Row("dot-dot-encoded-slash", "3986 5.2.4", get(b"/..%2fsecret"), 404,
        KEEP),
    Row("all-encoded-traversal", "3986 5.2.4",
        get(b"/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), 404, KEEP),
    Row("dot-dot-backslash", "3986 5.2.4", get(b"/..%5csecret"), 404, KEEP),
    plain("dot-dot-semicolon", b"/a/..;/b", 404),
    plain("dot-dot-nul", b"/..%00/secret", 404),
    # slashes
    plain("double-slash-inside", b"/a//b", 200, "/a/b", "3986 3.3"),
    plain("many-slashes", b"/a////b", 200, "/a/b", "3986 3.3"),
    plain("double-slash-first", b"//a/b", 200, "/a/b", "3986 3.3"),
    plain("double-slash-host-like", b"//example.com/a/b", 404, None,
          "9112 3.2.1"),
    plain("slash-behind-file", b"/a/b/", 404, "/a/b/", "3986 3.3"),
    # a Location may not be passed by in disguise
    plain("blocked", b"/blocked/x", 403, None, "9110 15.5.4"),
    plain("blocked-double-slash", b"//blocked/x", 403),
    plain("blocked-dot", b"/./blocked/x", 403),
    plain("blocked-encoded", b"/%62locked/x", 403),
    plain("blocked-dot-dot", b"/a/../blocked/x", 403),
    plain("blocked-encoded-dots", b"/a/%2e%2e/blocked/x", 403),
    # absolute-form
    Row("absolute", "9112 3.2.2", get(b"http://localhost/a/b"), 200, KEEP,
        uri("/a/b")),
    Row("absolute-upper-scheme", "3986 3.1", get(b"HTTP://localhost/a/b"), 200,
        KEEP, uri("/a/b")),
    Row("absolute-beats-host", "9112 3.2.2",
        get(b"http://other.example/a/b", b"localhost"), 200, KEEP,
        {"X-Name": "other.example"}),
    Row("absolute-no-path", "9112 3.2.2", get(b"http://localhost"), 404, KEEP,
        uri("/")),
    Row("absolute-port", "9112 3.2.2", get(b"http://localhost:8080/a/b"), 200,
        KEEP),
    Row("absolute-query", "9112 3.2.2", get(b"http://localhost/a/b?q"), 200,
        KEEP, {"X-Query": "q"}),
    Row("absolute-dots", "3986 5.2.4", get(b"http://localhost/a/c/../b"), 200,
        KEEP, uri("/a/b")),
    Row("absolute-above-root", "3986 5.2.4", get(b"http://localhost/../x"),
        400, CLOSE),
    Row("absolute-http10-no-host", "9112 3.2.2",
        b"GET http://localhost/a/b HTTP/1.0\r\n\r\n", 200, CLOSE),
    Row("absolute-http11-no-host", "9112 3.2",
        b"GET http://localhost/a/b HTTP/1.1\r\n\r\n", 400, CLOSE),
    Row("absolute-empty-host", "9112 3.2.2", get(b"http:///a/b"), 400, CLOSE),
    Row("absolute-bad-port", "3986 3.2.3", get(b"http://localhost:x/a/b"), 400,
        CLOSE),
    Row("absolute-port-too-big", "3986 3.2.3",
        get(b"http://localhost:99999/a/b"), 400, CLOSE),
    Row("absolute-user", "9110 4.2.4", get(b"http://me:pw@localhost/a/b"), 400,
        CLOSE),
    Row("absolute-ipv6", "3986 3.2.2", get(b"http://[::1]/a/b"), 200, KEEP),
    Row("absolute-ipv6-open", "3986 3.2.2", get(b"http://[::1/a/b"), 400,
        CLOSE),
    # authority-form belongs to CONNECT
    Row("connect", "9112 3.2.3",
        b"CONNECT localhost:443 HTTP/1.1\r\nHost: localhost\r\n\r\n", 405,
        KEEP),
    Row("authority-without-connect", "9112 3.2.3", get(b"localhost:443"), 400,
        CLOSE),
    # asterisk-form belongs to OPTIONS
    Row("options-star", "9112 3.2.4",
        b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 200, KEEP,
        {"Content-Length": "0"}),
    Row("get-star", "9112 3.2.4", get(b"*"), 400, CLOSE),
    Row("star-and-more", "9112 3.2.4",
        b"OPTIONS *x HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, CLOSE),
    # length
    Row("long-path", "9110 4.1", get(b"/" + b"x" * 4000), 403, KEEP),
    Row("long-segments", "9110 4.1", get(b"/x" * 2000), 404, KEEP),
    Row("long-query", "9110 4.1", get(b"/a/b?" + b"q" * 7000), 200, KEEP),
]


@pytest.fixture(scope="module")
def server(serve_module):
    server = wire.start(serve_module, CONFIG, MODULES)
    for name in ("a/b", "a/c/d", "sp ace", "100%", "\u00e4", "blocked/x"):
        server.put(name, "content\n")
    (server.root / "secret").write_text("nobody may read this\n")
    server.announced = {
        "AH00036",      # a name that no file system takes
        "AH01630",      # denied by configuration
        "AH10244",      # above the root, or a malformed %xx
    }
    return server.start()


@wire.each(ROWS)
def test_target(server, row, delivery):
    wire.check(server, row, delivery)
