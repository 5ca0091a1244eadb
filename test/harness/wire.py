"""Tables of byte-level requests: a row says which bytes go out, and what has
to come back. Each row is sent in four ways: TCP cuts a stream anywhere, so
the answer may not depend on where."""
import random
import socket
import time
from dataclasses import dataclass, field

import pytest

from .client import Connection

KEEP, CLOSE = "keep", "close"
DELIVERIES = ("whole", "bytes", "split1", "split2")
MOST_PIECES = 400
PROBE = (b"GET /probe HTTP/1.1\r\nHost: localhost\r\n"
         b"Connection: close\r\n\r\n")
PROBE_BODY = b"probe, not part of any row\n"


@dataclass
class Row:
    """name, section, bytes, status (or a list: one response each), and
    whether the connection is usable afterwards.

    want    fields the last response must have (None: must not have)
    body    the last response's whole body, or None for any
    methods what the requests were, when a response to HEAD has no body
    eof     end our side after the bytes
    bare    the answer is HTTP/0.9: only a body
    """
    name: str
    section: str
    data: bytes
    status: object
    after: str
    want: dict = field(default_factory=dict)
    body: bytes = None
    methods: tuple = ()
    eof: bool = False
    bare: bool = False
    interim: tuple = ()

    @property
    def statuses(self):
        return (self.status if isinstance(self.status, (list, tuple))
                else [self.status])


def each(rows):
    """Parametrize a test over rows and deliveries."""
    names = [row.name for row in rows]
    assert len(set(names)) == len(names), "two rows have one name"

    def mark(function):
        function = pytest.mark.parametrize(
            "row", rows, ids=[f"{row.name}" for row in rows])(function)
        return pytest.mark.parametrize("delivery", DELIVERIES)(function)
    return mark


def pieces(row, delivery):
    data = row.data
    if delivery == "whole" or len(data) < 2:
        return [data]
    if delivery == "bytes":
        edge = MOST_PIECES // 2
        if len(data) <= MOST_PIECES:
            return [data[i:i + 1] for i in range(len(data))]
        return ([data[i:i + 1] for i in range(edge)]
                + [data[edge:-edge]]
                + [data[i:i + 1] for i in range(len(data) - edge, len(data))])
    dice = random.Random(row.name + delivery)
    count = min(len(data) - 1, dice.randint(1, 5))
    cuts = sorted(dice.sample(range(1, len(data)), count))
    return [data[a:b] for a, b in zip([0] + cuts, cuts + [len(data)])]


def deliver(connection, row, delivery):
    """Send the bytes; a server that has heard enough may stop listening."""
    connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    pause = 0.00002 if delivery == "bytes" else 0.002
    try:
        for index, piece in enumerate(pieces(row, delivery)):
            if index:
                time.sleep(pause)
            connection.send(piece)
        if row.eof:
            connection.socket.shutdown(socket.SHUT_WR)
    except (BrokenPipeError, ConnectionResetError):
        pass


def read_answers(connection, row):
    responses = []
    for index, status in enumerate(row.statuses):
        method = row.methods[index] if index < len(row.methods) else "GET"
        response = connection.response(method)
        responses.append(response)
        assert response.status == status, (
            f"response {index + 1} is {response.status} {response.headers} "
            f"{response.body[:200]}, expected {status}")
    return responses


def check_after(connection, row):
    """Keep: a probe gets exactly its own answer, so nothing was left over
    from the row. Close: not a byte more, even though we stay."""
    if row.after == KEEP:
        connection.send(PROBE)
        rest = connection.read_all()
        assert rest.startswith(b"HTTP/1.1 200") and rest.count(b"HTTP/1") == 1
        assert rest.endswith(PROBE_BODY), rest
        return
    started = time.monotonic()
    assert connection.read_all() == b"", "more bytes after the last response"
    assert time.monotonic() - started < 3, "closed by time-out, not at once"


def check(server, row, delivery):
    """Send one row, compare everything it promises."""
    with Connection(server.port, timeout=10) as connection:
        deliver(connection, row, delivery)
        if row.bare:
            assert connection.read_all() == row.body
            return
        last = read_answers(connection, row)[-1] if row.statuses else None
        if last:
            for name, value in row.want.items():
                assert last.get(name) == value, (name, last.headers)
            if row.body is not None:
                assert last.body == row.body
            assert [r.status for r in last.interim] == list(row.interim)
        check_after(connection, row)


def start(serve, config, modules, **kwargs):
    """The server of a table, with the probe's page."""
    server = serve(config, modules, run=False, **kwargs)
    server.put("probe", PROBE_BODY)
    return server
