"""Conditional requests and ranges: RFC 9110 sections 13 and 14."""
import os

import pytest

from harness import wire
from harness.wire import KEEP, Row

CONFIG = """
KeepAliveTimeout 4
Timeout 4
FileETag MTime Size
MaxRanges 5
MaxRangeOverlaps 2
MaxRangeReversals 2
<Directory {docroot}/none>
    MaxRanges none
</Directory>
"""
MODULES = ["authz_core"]
CONTENT = b"0123456789" * 10
SIZE = len(CONTENT)
MTIME = 1_600_000_000
DATE = "Sun, 13 Sep 2020 12:26:40 GMT"
EARLIER = "Sun, 13 Sep 2020 12:26:39 GMT"
LATER = "Sun, 13 Sep 2020 12:26:41 GMT"
ETAG = '"%x-%x"' % (SIZE, MTIME * 1_000_000)


def get(*fields, target="/page", method="GET"):
    head = f"{method} {target} HTTP/1.1\r\nHost: localhost\r\n"
    return (head + "".join(f + "\r\n" for f in fields)
            + "\r\n").encode("latin-1")


def cond(name, section, status, *fields, method="GET"):
    return Row(name, "9110 " + section, get(*fields, method=method), status,
               KEEP, methods=(method,))


def part(name, value, first=None, last=None, status=206, section="14.2"):
    """One range; with first None the whole page comes."""
    if first is None:
        return Row("range-" + name, "9110 " + section,
                   get(f"Range: {value}"), 200, KEEP,
                   {"Content-Range": None}, CONTENT)
    return Row("range-" + name, "9110 " + section, get(f"Range: {value}"), 206,
               KEEP, {"Content-Range": f"bytes {first}-{last}/{SIZE}",
                      "Content-Length": str(last - first + 1)},
               CONTENT[first:last + 1])


def unsatisfiable(name, value):
    return Row("range-" + name, "9110 15.5.17", get(f"Range: {value}"), 416,
               KEEP, {"Content-Range": f"bytes */{SIZE}"})


ROWS = [
    Row("plain", "9110 8.8", get(), 200, KEEP,
        {"ETag": ETAG, "Last-Modified": DATE, "Accept-Ranges": "bytes"},
        CONTENT),
    # each field alone
    cond("match", "13.1.1", 200, f"If-Match: {ETAG}"),
    cond("match-star", "13.1.1", 200, "If-Match: *"),
    cond("match-list", "13.1.1", 200, f'If-Match: "x", {ETAG}'),
    cond("match-two-fields", "13.1.1", 200, 'If-Match: "x"',
         f"If-Match: {ETAG}"),
    cond("match-other", "13.1.1", 412, 'If-Match: "x"'),
    cond("match-weak-is-none", "13.1.1", 412, f"If-Match: W/{ETAG}"),
    cond("match-prefix-is-none", "13.1.1", 412, f'If-Match: {ETAG[:-2]}"'),
    cond("match-unquoted", "13.1.1", 412, f'If-Match: {ETAG[1:-1]}'),
    cond("none-match", "13.1.2", 304, f"If-None-Match: {ETAG}"),
    cond("none-match-star", "13.1.2", 304, "If-None-Match: *"),
    cond("none-match-weak", "13.1.2", 304, f"If-None-Match: W/{ETAG}"),
    cond("none-match-list", "13.1.2", 304, f'If-None-Match: "x",{ETAG},"y"'),
    cond("none-match-other", "13.1.2", 200, 'If-None-Match: "x"'),
    cond("none-match-comma-inside", "13.1.2", 200, 'If-None-Match: "x,y"'),
    cond("none-match-head", "13.1.2", 304, f"If-None-Match: {ETAG}",
         method="HEAD"),
    cond("none-match-post", "13.1.2", 412, f"If-None-Match: {ETAG}",
         method="POST"),
    cond("modified-since-same", "13.1.3", 304, f"If-Modified-Since: {DATE}"),
    cond("modified-since-earlier", "13.1.3", 200,
         f"If-Modified-Since: {EARLIER}"),
    cond("modified-since-later", "13.1.3", 304, f"If-Modified-Since: {LATER}"),
    cond("modified-since-head", "13.1.3", 304, f"If-Modified-Since: {DATE}",
         method="HEAD"),
    cond("modified-since-post", "13.1.3", 200, f"If-Modified-Since: {DATE}",
         method="POST"),
    cond("modified-since-rfc850", "5.6.7", 304,
         "If-Modified-Since: Sunday, 13-Sep-20 12:26:40 GMT"),
    cond("modified-since-asctime", "5.6.7", 304,
         "If-Modified-Since: Sun Sep 13 12:26:40 2020"),
    cond("modified-since-junk", "13.1.3", 200, "If-Modified-Since: junk"),
    cond("modified-since-future", "13.1.3", 200,
         "If-Modified-Since: Sun, 13 Sep 2099 12:26:40 GMT"),
    cond("unmodified-since-same", "13.1.4", 200,
         f"If-Unmodified-Since: {DATE}"),
    cond("unmodified-since-earlier", "13.1.4", 412,
         f"If-Unmodified-Since: {EARLIER}"),
    cond("unmodified-since-later", "13.1.4", 200,
         f"If-Unmodified-Since: {LATER}"),
    cond("unmodified-since-junk", "13.1.4", 200, "If-Unmodified-Since: junk"),
    # who goes before whom
    cond("match-before-unmodified", "13.2.2", 200, f"If-Match: {ETAG}",
         f"If-Unmodified-Since: {EARLIER}"),
    cond("match-fails-first", "13.2.2", 412, 'If-Match: "x"',
         f"If-None-Match: {ETAG}"),
    cond("match-passes-then-none-match", "13.2.2", 304, f"If-Match: {ETAG}",
         f"If-None-Match: {ETAG}"),
    cond("none-match-before-modified", "13.2.2", 200, 'If-None-Match: "x"',
         f"If-Modified-Since: {DATE}"),
    cond("none-match-and-modified", "13.2.2", 304, f"If-None-Match: {ETAG}",
         f"If-Modified-Since: {DATE}"),
    cond("none-match-and-old-modified", "13.2.2", 304,
         f"If-None-Match: {ETAG}", f"If-Modified-Since: {EARLIER}"),
    cond("unmodified-fails-first", "13.2.2", 412,
         f"If-Unmodified-Since: {EARLIER}", f"If-None-Match: {ETAG}"),
    cond("none-match-before-range", "13.2.2", 304, f"If-None-Match: {ETAG}",
         "Range: bytes=0-1"),
    Row("no-condition-on-404", "9110 13.2.1",
        get("If-None-Match: *", target="/nope"), 404, KEEP),
    # ranges
    part("first", "bytes=0-0", 0, 0),
    part("some", "bytes=10-19", 10, 19),
    part("open", "bytes=95-", 95, 99),
    part("suffix", "bytes=-5", 95, 99),
    part("suffix-longer", "bytes=-500", 0, 99),
    part("beyond-end", "bytes=90-1000", 90, 99),
    part("all", "bytes=0-", 0, 99),
    part("last-byte", "bytes=99-99", 99, 99),
    part("unit-any-case", "Bytes=0-1", 0, 1, section="14.1"),
    part("white-space", "bytes= 0-1", 0, 1, section="14.1.2"),
    part("overlapping-are-merged", "bytes=0-9,5-14", 0, 14, section="15.3.7"),
    part("suffix-zero", "bytes=-0"),
    part("huge-numbers", "bytes=0-99999999999999999999999", section="14.1.2"),
    part("other-unit", "lines=0-1"),
    part("no-unit", "0-1"),
    part("empty", "bytes="),
    part("reversed", "bytes=5-1"),
    part("letters", "bytes=a-b"),
    part("no-dash", "bytes=5"),
    part("only-dash", "bytes=-"),
    part("negative", "bytes=--5"),
    part("one-bad-of-two", "bytes=0-1,x"),
    part("too-many", "bytes=0-0,10-10,20-20,30-30,40-40,50-50"),
    part("overlaps", "bytes=0-9,5-14,10-19,15-24"),
    unsatisfiable("behind-end", "bytes=100-"),
    unsatisfiable("far-behind-end", "bytes=1000-2000"),
    Row("range-one-of-two-satisfiable", "9110 14.1.2",
        get("Range: bytes=0-1,1000-"), 206, KEEP,
        {"Content-Range": f"bytes 0-1/{SIZE}"}, CONTENT[:2]),
    Row("range-of-404", "9110 14.2", get("Range: bytes=0-1", target="/nope"),
        404, KEEP),
    Row("range-of-empty", "9110 14.2", get("Range: bytes=0-1",
        target="/empty"), 200, KEEP),
    Row("range-post", "9110 14.2", get("Range: bytes=0-1", method="POST"), 200,
        KEEP),
    Row("range-none-allowed", "9110 14.3", get("Range: bytes=0-1",
        target="/none/x"), 200, KEEP, {"Accept-Ranges": "none"}),
    Row("request-range", "9110 14.2", get("Request-Range: bytes=0-1"), 200,
        KEEP),
    # If-Range
    Row("if-range-tag", "9110 13.1.5", get("Range: bytes=0-1",
        f"If-Range: {ETAG}"), 206, KEEP, body=CONTENT[:2]),
    Row("if-range-other-tag", "9110 13.1.5", get("Range: bytes=0-1",
        'If-Range: "x"'), 200, KEEP, body=CONTENT),
    Row("if-range-weak-tag", "9110 13.1.5", get("Range: bytes=0-1",
        f"If-Range: W/{ETAG}"), 200, KEEP, body=CONTENT),
    Row("if-range-date", "9110 13.1.5", get("Range: bytes=0-1",
        f"If-Range: {DATE}"), 206, KEEP, body=CONTENT[:2]),
    Row("if-range-earlier", "9110 13.1.5", get("Range: bytes=0-1",
        f"If-Range: {EARLIER}"), 200, KEEP, body=CONTENT),
    Row("if-range-later", "9110 13.1.5", get("Range: bytes=0-1",
        f"If-Range: {LATER}"), 200, KEEP, body=CONTENT),
    Row("if-range-junk", "9110 13.1.5", get("Range: bytes=0-1",
        "If-Range: junk"), 200, KEEP, body=CONTENT),
    Row("if-range-unsatisfiable-other", "9110 13.1.5",
        get("Range: bytes=1000-", 'If-Range: "x"'), 200, KEEP, body=CONTENT),
    Row("if-range-without-range", "9110 13.1.5", get('If-Range: "x"'), 200,
        KEEP, body=CONTENT),
    Row("range-and-match-failing", "9110 13.2.2", get("Range: bytes=0-1",
        'If-Match: "x"'), 412, KEEP),
]


@pytest.fixture(scope="module")
def server(serve_module):
    server = wire.start(serve_module, CONFIG, MODULES)
    for name in ("page", "none/x"):
        os.utime(server.put(name, CONTENT), (MTIME, MTIME))
    os.utime(server.put("empty", ""), (MTIME, MTIME))
    return server.start()


@wire.each(ROWS)
def test_condition(server, row, delivery):
    wire.check(server, row, delivery)


@pytest.mark.parametrize("value, parts", [
    ("bytes=0-1,5-6", [(0, 1), (5, 6)]),
    ("bytes=0-0,-1", [(0, 0), (99, 99)]),
    ("bytes=50-51,0-1", [(50, 51), (0, 1)]),
    ("bytes=90-91,80-81,70-71,60-61", [(90, 91), (80, 81), (70, 71),
                                       (60, 61)]),
])
def test_multipart(server, value, parts):
    """RFC 9110 section 14.6: every part says which it is."""
    with wire.Connection(server.port) as connection:
        connection.send(get(f"Range: {value}"))
        response = connection.response()
    kind, _, boundary = response.get("Content-Type").partition("; boundary=")
    assert (response.status, kind) == (206, "multipart/byteranges")
    assert response.get("Content-Range") is None
    mark = b"\r\n--" + boundary.encode()
    pieces = response.body.split(mark)
    assert pieces[0] == b"" and pieces[-1] == b"--\r\n"
    for (first, last), piece in zip(parts, pieces[1:-1], strict=True):
        head, _, body = piece.partition(b"\r\n\r\n")
        assert f"bytes {first}-{last}/{SIZE}".encode() in head
        assert body == CONTENT[first:last + 1]


def test_304_keeps_validators_and_drops_the_rest(server):
    """RFC 9110 section 15.4.5."""
    with wire.Connection(server.port) as connection:
        connection.send(get(f"If-None-Match: {ETAG}"))
        response = connection.response()
    assert response.get("ETag") == ETAG
    assert response.get("Date")
    for name in ("Content-Length", "Content-Type", "Transfer-Encoding"):
        assert response.get(name) is None
