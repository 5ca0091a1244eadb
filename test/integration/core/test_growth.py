"""Neither memory nor descriptors grow with the number of requests or
connections. By hand: CLEAT_REQUESTS=1000000 CLEAT_CONNECTIONS=100000."""
import os
import pathlib
import re
import socket
import struct
import time

import pytest

REQUESTS = int(os.environ.get("CLEAT_REQUESTS", 200_000))
CONNECTIONS = int(os.environ.get("CLEAT_CONNECTIONS", 20_000))
MODULES = ["authz_core", "headers", "alias", "dir", "setenvif", "reqtimeout"]
CONFIG = """
MaxKeepAliveRequests 0
CustomLog {root}/access "%h %>s %b"
<Directory {docroot}>
    AllowOverride All
    Header set X-T "expr=%{REQUEST_URI}"
</Directory>
RequestReadTimeout header=20 body=20
"""
MPM = "StartServers 3\nMinSpareServers 3\nMaxSpareServers 3\n" \
      "MaxRequestWorkers 3\n"
ALLOWED_KB = 256
pytestmark = pytest.mark.slow


def memory_of(pid):
    """PSS less the shared part, which moves with the number of sharers."""
    text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(re.search(rf"{name}:\s+(\d+)", text).group(1))
               for name in ("Private_Dirty", "Private_Clean"))


def measure(server):
    """Once the last connections have ended."""
    time.sleep(0.7)
    pids = [server.process.pid, *server.children()]
    return {pid: (memory_of(pid), len(os.listdir(f"/proc/{pid}/fd")))
            for pid in pids}


def check_growth(before, after):
    common = set(before) & set(after)
    assert len(common) >= 4, "processes were replaced"
    for pid in common:
        assert after[pid][0] <= before[pid][0] + ALLOWED_KB, (before, after)
        assert after[pid][1] <= before[pid][1], (before, after)


def ask(connection, request, answer_end):
    connection.sendall(request)
    data = connection.recv(65536)
    while not data.endswith(answer_end):
        more = connection.recv(65536)
        assert more, data
        data += more
    assert data.startswith(b"HTTP/1.1 200")


def keep_alive(port, count):
    """All children get their share: three connections in turn."""
    request = b"GET /d/page?q HTTP/1.1\r\nHost: localhost\r\nA: b\r\n\r\n"
    connections = [socket.create_connection(("127.0.0.1", port), 20)
                   for _ in range(3)]
    for number in range(count):
        ask(connections[number % 3], request, b"\r\n\r\npage\n")
    for connection in connections:
        connection.close()


def fresh(port, count):
    """Each request on its own connection; the source address changes, as
    one address has too few ports for all that wait for their end."""
    request = (b"GET /d/page HTTP/1.1\r\nHost: localhost\r\n"
               b"Connection: close\r\n\r\n")
    reset = struct.pack("ii", 1, 0)
    for number in range(count):
        with socket.create_connection(
                ("127.0.0.1", port), 20,
                source_address=(f"127.0.0.{2 + number % 200}", 0)) as one:
            ask(one, request, b"\r\n\r\npage\n")
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)


@pytest.mark.parametrize("drive, count", [
    (keep_alive, REQUESTS), (fresh, CONNECTIONS)])
def test_nothing_grows(serve, drive, count):
    server = serve(CONFIG, MODULES, mpm_config=MPM)
    server.announced = {"AH00161"}
    server.put("d/page", "page\n")
    server.put("d/.htaccess", "Header append X-T h\n")
    drive(server.port, max(3000, count // 10))
    before = measure(server)
    drive(server.port, count)
    check_growth(before, measure(server))
