"""Files as they are: every size and way of sending, limits of requests."""
import hashlib
import os

import pytest

from harness import Connection, get, request

MODULES = ["authz_core"]
GIB = 1 << 30
WAYS = ["EnableMMAP On\nEnableSendfile On", "EnableMMAP On\nEnableSendfile Off",
        "EnableMMAP Off\nEnableSendfile On",
        "EnableMMAP Off\nEnableSendfile Off",
        "EnableMMAP Off\nReadBufferSize 1000"]
SIZES = [0, 1, 100, 4095, 4096, 8191, 8192, 8193, 65535, 65536, 1_000_003,
         5_000_000]


def content(size):
    return (b"0123456789abcdef" * (size // 16 + 1))[:size]


@pytest.mark.parametrize("way", WAYS)
def test_sizes(serve, way):
    server = serve(way, MODULES)
    for size in SIZES:
        server.put(f"f{size}", content(size))
    with Connection(server.port) as connection:
        for size in SIZES:
            connection.send(f"GET /f{size} HTTP/1.1\r\nHost: x\r\n\r\n")
            response = connection.response()
            assert response.status == 200
            assert response.get("Content-Length") == str(size)
            assert response.body == content(size)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("first, last", [
    (0, 0), (4095, 4096), (100, 70000), (999_999, 1_000_002)])
def test_parts(serve, way, first, last):
    server = serve(way, MODULES)
    server.put("f", content(1_000_003))
    response = get(server.port, "/f", headers={
        "Range": f"bytes={first}-{last}"})
    assert response.status == 206
    assert response.body == content(1_000_003)[first:last + 1]


def sparse(server, size):
    path = server.put("big", "")
    with open(path, "r+b") as file:
        for offset in (0, 4 * GIB - 4, 4 * GIB + 7, size - 8):
            file.seek(offset)
            file.write(b"mark%04x" % (offset % 65536))
    return path


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("value, first, last", [
    ("bytes=-8", 5 * GIB - 8, 5 * GIB - 1),
    ("bytes=4294967292-4294967310", 4294967292, 4294967310),
    ("bytes=5368709111-", 5368709111, 5 * GIB - 1)])
def test_parts_beyond_4_gib(serve, way, value, first, last):
    server = serve(way, MODULES)
    path = sparse(server, 5 * GIB)
    with open(path, "rb") as file:
        file.seek(first)
        expected = file.read(last - first + 1)
    assert request(server.port, "/big", "HEAD").get("Content-Length") \
        == str(5 * GIB)
    response = get(server.port, "/big", headers={"Range": value})
    assert response.get("Content-Range") \
        == f"bytes {first}-{last}/{5 * GIB}"
    assert response.body == expected


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS[1:2])
def test_all_of_5_gib(serve, way):
    server = serve(way, MODULES)
    sparse(server, 5 * GIB)
    with Connection(server.port, timeout=60) as connection:
        connection.send("GET /big HTTP/1.0\r\n\r\n")
        buffer = bytearray(1 << 20)
        total = connection.socket.recv_into(buffer)
        head = bytes(buffer[:total]).index(b"\r\n\r\n") + 4
        tail = b""
        while True:
            count = connection.socket.recv_into(buffer)
            if not count:
                break
            total += count
            tail = (tail + bytes(buffer[max(0, count - 8):count]))[-8:]
    assert total - head == 5 * GIB
    assert tail.startswith(b"mark")


def test_post_of_5_mb(serve):
    server = serve("", MODULES)
    server.put("page", "page\n")
    body = os.urandom(5_000_000)
    with Connection(server.port) as connection:
        for _ in range(3):
            connection.send(b"POST /page HTTP/1.1\r\nHost: x\r\n"
                            b"Content-Length: 5000000\r\n\r\n" + body)
            assert connection.response().body == b"page\n"


def test_file_that_grows_and_shrinks(serve):
    """What was announced is what is sent."""
    server = serve("EnableMMAP Off", MODULES)
    for size in (10, 100_000, 5, 0, 70_000):
        server.put("f", content(size))
        assert get(server.port, "/f").body == content(size)


@pytest.mark.parametrize("config, check", [
    ("FileETag None", lambda r: r.get("ETag") is None),
    ("FileETag Size", lambda r: r.get("ETag").strip('W/"') == "5"),
    ("FileETag INode MTime Size", lambda r: r.get("ETag").count("-") == 2),
    ("FileETag All", lambda r: r.get("ETag").count("-") == 2),
    ("FileETag MTime", lambda r: r.get("ETag").count("-") == 0),
    ("FileETag Digest", lambda r: "-" not in r.get("ETag")),
    ("ContentDigest On", lambda r: r.get("Content-MD5")
     == "lPDjFXtgI8PfcYuMChVDvw=="[:24] or len(r.get("Content-MD5")) == 24),
    ("AddDefaultCharset On\nForceType text/plain",
     lambda r: r.get("Content-Type") == "text/plain; charset=iso-8859-1"),
    ("AddDefaultCharset utf-8\nForceType text/html",
     lambda r: r.get("Content-Type") == "text/html; charset=utf-8"),
    ("AddDefaultCharset utf-8\nForceType image/png",
     lambda r: r.get("Content-Type") == "image/png"),
    ("ForceType None", lambda r: r.get("Content-Type") is None),
    ("SetHandler default-handler", lambda r: r.status == 200),
])
def test_fields(serve, config, check):
    server = serve(f"<Directory {{docroot}}>\n{config}\n</Directory>",
                   MODULES)
    server.put("page", "page\n")
    response = get(server.port, "/page")
    assert response.status == 200
    assert check(response), response.headers


LIMITS = [
    # configuration, head and body to send, status
    ("LimitRequestLine 50", b"GET /%s HTTP/1.1" % (b"x" * 60), b"", b"", 414),
    ("LimitRequestLine 50", b"GET /page HTTP/1.1", b"", b"", 200),
    ("LimitRequestFields 3", b"GET /page HTTP/1.1",
     b"A: 1\r\nB: 1\r\nC: 1\r\n", b"", 400),
    ("LimitRequestFields 3", b"GET /page HTTP/1.1", b"A: 1\r\nB: 1\r\n", b"",
     200),
    ("LimitRequestFields 0", b"GET /page HTTP/1.1", b"A: 1\r\n" * 300, b"",
     200),
    ("LimitRequestFieldSize 30", b"GET /page HTTP/1.1",
     b"A: %s\r\n" % (b"x" * 40), b"", 400),
    ("LimitRequestBody 5", b"POST /page HTTP/1.1",
     b"Content-Length: 5\r\n", b"hello", 200),
    ("LimitRequestBody 5", b"POST /page HTTP/1.1",
     b"Content-Length: 6\r\n", b"hello!", 413),
    ("LimitRequestBody 5", b"POST /page HTTP/1.1",
     b"Transfer-Encoding: chunked\r\n", b"6\r\nhello!\r\n0\r\n\r\n", 413),
    ("LimitRequestBody 0", b"POST /page HTTP/1.1",
     b"Content-Length: 6\r\n", b"hello!", 200),
    ("<Location /page>\nLimitRequestBody 5\n</Location>",
     b"POST /page HTTP/1.1", b"Content-Length: 6\r\n", b"hello!", 413),
]


@pytest.mark.parametrize("config, line, fields, body, status", LIMITS)
def test_limit_request(serve, config, line, fields, body, status):
    server = serve(config, MODULES)
    server.announced = {"AH01587", "AH01588", "AH00566", "AH01589"}
    server.put("page", "page\n")
    with Connection(server.port) as connection:
        connection.send(line + b"\r\nHost: x\r\n" + fields + b"\r\n" + body)
        assert connection.response().status == status


def test_checksum_over_a_slow_reader(serve):
    """Nothing is lost or doubled when the socket's buffer is full."""
    import time
    server = serve("", MODULES)
    data = os.urandom(3_000_000)
    server.put("f", data)
    with Connection(server.port) as connection:
        connection.send("GET /f HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.3)
        response = connection.response()
    assert hashlib.sha256(response.body).digest() \
        == hashlib.sha256(data).digest()
