"""A small HTTP/1.1 client that hides nothing: bytes in, bytes out."""
import socket
from dataclasses import dataclass, field


@dataclass
class Response:
    """One response as it came: header fields in order, body unchunked."""
    version: str
    status: int
    reason: str
    headers: list = field(default_factory=list)
    body: bytes = b""
    trailers: list = field(default_factory=list)
    interim: list = field(default_factory=list)

    def get(self, name, default=None):
        """The first field of that name, or default."""
        for key, value in self.headers:
            if key.lower() == name.lower():
                return value
        return default

    def all(self, name):
        """Every field of that name, in order."""
        return [v for k, v in self.headers if k.lower() == name.lower()]

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")


class Connection:
    """One TCP connection; send bytes, read responses one by one."""

    def __init__(self, port, host="127.0.0.1", timeout=20, source=None):
        self.socket = socket.create_connection(
            (host, port), timeout, source_address=source)
        self.buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data if isinstance(data, bytes)
                            else data.encode("latin-1"))

    def _fill(self):
        try:
            data = self.socket.recv(1 << 16)
        except ConnectionResetError:
            data = b""
        self.buffer += data
        return bool(data)

    def _line(self):
        while b"\n" not in self.buffer:
            if not self._fill():
                raise EOFError(f"connection closed; have {self.buffer!r}")
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.rstrip(b"\r").decode("latin-1")

    def _take(self, count):
        parts = [self.buffer]
        have = len(self.buffer)
        while have < count:
            data = self.socket.recv(min(1 << 20, count - have))
            if not data:
                raise EOFError(f"body ended after {have} of {count} bytes")
            parts.append(data)
            have += len(data)
        whole = b"".join(parts)
        self.buffer = whole[count:]
        return whole[:count]

    def _fields(self):
        fields = []
        while True:
            line = self._line()
            if not line:
                return fields
            name, _, value = line.partition(":")
            fields.append((name, value.strip()))

    def _chunks(self, response):
        body = []
        while True:
            size = int(self._line().split(";")[0], 16)
            if size == 0:
                response.trailers = self._fields()
                return b"".join(body)
            body.append(self._take(size))
            assert self._line() == "", "chunk does not end with CRLF"

    def read_all(self):
        """Everything until the server closes."""
        while self._fill():
            pass
        data, self.buffer = self.buffer, b""
        return data

    def response(self, method="GET"):
        """Read one final response; 1xx responses are kept in .interim."""
        interim = []
        while True:
            version, status, reason = (self._line().split(" ", 2) + ["", ""])[:3]
            response = Response(version, int(status), reason, self._fields())
            if response.status >= 200 or response.status == 101:
                break
            interim.append(response)
        response.interim = interim
        coding = response.get("Transfer-Encoding", "")
        length = response.get("Content-Length")
        if method == "HEAD" or response.status in (101, 204, 304):
            pass
        elif "chunked" in coding.lower():
            response.body = self._chunks(response)
        elif length is not None:
            response.body = self._take(int(length))
        else:
            response.body = self.read_all()
        return response


def request(port, target="/", method="GET", headers=None, body=None,
            host="localhost", version="HTTP/1.1", timeout=20):
    """One request on a fresh connection; returns the Response."""
    fields = {"Host": host, "Connection": "close"}
    fields.update(headers or {})
    if body is not None and "Transfer-Encoding" not in fields:
        fields.setdefault("Content-Length", str(len(body)))
    head = f"{method} {target} {version}\r\n" + "".join(
        f"{k}: {v}\r\n" for k, v in fields.items() if v is not None)
    with Connection(port, timeout=timeout) as connection:
        connection.send(head.encode("latin-1") + b"\r\n" + (body or b""))
        return connection.response(method)


def get(port, target="/", **kwargs):
    return request(port, target, **kwargs)


def raw(port, data, timeout=20):
    """Send bytes, return every byte until the server closes."""
    with Connection(port, timeout=timeout) as connection:
        connection.send(data)
        connection.socket.shutdown(socket.SHUT_WR)
        return connection.read_all()
