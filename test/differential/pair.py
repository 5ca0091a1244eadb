"""Two servers, one configuration: Debian's apache2 and Cleat side by side.

A Group is a configuration with its files and its list of cases.  A Pair runs
it: both servers read the same document tree and the same directives (only
port, server root and module folder differ), both get the same bytes, on
connections that stay open as long as both servers keep them open.
"""
import pathlib
import re
import shutil
import socket
import tempfile
from dataclasses import dataclass, field

from harness import Connection, Response, Server
from harness.server import STATIC, prefix

DATE = 1_600_000_000            # mtime of every file unless a group says else


@dataclass
class Case:
    """One request: a target or request line, then header lines."""
    line: str
    fields: tuple = ()
    body: bytes | None = None
    raw: bytes | None = None    # sent as it is, on a connection of its own
    group: str = ""             # name of its group, for the rules

    @property
    def name(self):
        if self.raw is not None:
            text = self.raw.decode("latin-1")
        else:
            text = " ".join((self.line, *self.fields))
        text = re.sub(r"[^!-~]+", "_", text)
        return text.replace("[", "(").replace("]", ")")[:110]

    @property
    def request_line(self):
        if " " in self.line:
            return self.line
        return f"GET {self.line} HTTP/1.1"

    @property
    def method(self):
        if self.raw is not None:
            return self.raw.split(b" ", 1)[0].decode("latin-1")
        return self.request_line.split(" ", 1)[0]

    def data(self):
        if self.raw is not None:
            return self.raw
        fields = list(self.fields)
        names = {f.split(":", 1)[0].lower() for f in fields}
        if "host" not in names:
            fields.insert(0, "Host: localhost")
        if self.body is not None and not names & {"content-length",
                                                  "transfer-encoding"}:
            fields.append(f"Content-Length: {len(self.body)}")
        head = "\r\n".join([self.request_line, *fields, "", ""])
        return head.encode("latin-1") + (self.body or b"")


def case(line, *fields, body=None):
    return Case(line, fields, body)


def raw(data):
    """Bytes as they are; \\n becomes CRLF when given as text."""
    if isinstance(data, str):
        data = data.replace("\n", "\r\n").encode("latin-1")
    return Case("raw", raw=data)


@dataclass
class Group:
    """A configuration, its files and the requests to compare.

    {tree} in the configuration is the shared document root; {root} is the
    folder each server has of its own, {port} its port.
    """
    name: str
    config: str
    cases: list
    modules: tuple = ()
    files: dict = field(default_factory=dict)
    prepare: object = None      # called with the tree's path
    logs: tuple = ()            # names of logs in {root} to compare
    retry: bool = True          # ask again when only the clock may differ

    def missing(self):
        """Modules this build of Cleat does not have."""
        folder = prefix() / "lib/cleat/modules"
        return [m for m in self.all_modules
                if m not in STATIC and not (folder / f"mod_{m}.so").exists()]

    @property
    def all_modules(self):
        names = list(self.modules)
        if "authz_core" not in names and "-authz_core" not in names:
            names.insert(0, "authz_core")
        return [n for n in names if not n.startswith("-")]


@dataclass
class Answer:
    """Everything one server sent for a case."""
    responses: list
    closed: bool                # did it close the connection afterwards?
    rest: bytes = b""           # what follows the last whole response
    port: int = 0
    root: str = ""


class Talker:
    """One server's end of the comparison; keeps its connection open."""

    def __init__(self, server):
        self.server = server
        self.connection = None

    def drop(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def send(self, one):
        if one.raw is not None:
            self.drop()
        if self.connection is None:
            self.connection = Connection(self.server.port, timeout=15)
        try:
            self.connection.send(one.data())
            if one.raw is not None:
                self.connection.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass                # answered and closed before reading it all

    def receive(self, one):
        answer = Answer([], False, port=self.server.port,
                        root=str(self.server.root))
        if one.raw is not None:
            answer.rest = self.connection.read_all()
            split_stream(one, answer)
            answer.closed = True
        else:
            self._receive_one(one, answer)
        if answer.closed:
            self.drop()
        return answer

    def _receive_one(self, one, answer):
        connection = self.connection
        try:
            response = connection.response(one.method)
            answer.responses.append(response)
            if closes(response):
                answer.rest = connection.read_all()
                answer.closed = True
        except (EOFError, OSError, ValueError) as error:
            answer.rest = repr(error).encode()
            answer.closed = True


def closes(response):
    options = (response.get("Connection") or "").lower()
    if "upgrade" in options and response.status == 101:
        return False
    return "close" in options or (
        response.version == "HTTP/1.0" and "keep-alive" not in options)


class Bytes(Connection):
    """A Connection whose bytes are already here."""

    def __init__(self, data):
        self.buffer = data
        self.socket = self

    def recv(self, _):
        return b""

    def close(self):
        pass


def split_stream(one, answer):
    """Parse as many responses as the bytes in answer.rest hold."""
    stream = Bytes(answer.rest)
    methods = re.findall(rb"(?m)^([A-Z]+) \S+ HTTP/1", one.raw)
    while stream.buffer.startswith(b"HTTP/1."):
        whole = stream.buffer
        index = len(answer.responses)
        method = methods[index].decode() if index < len(methods) else "GET"
        try:
            answer.responses.append(stream.response(method))
        except (EOFError, ValueError, AssertionError):
            stream.buffer = whole
            break
    answer.rest = stream.buffer


class Pair:
    """Both servers of a group, started on one document tree."""

    def __init__(self, group):
        self.group = group
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="cleat-diff-"))
        self.root.chmod(0o755)
        self.tree = self.root / "tree"
        self.tree.mkdir()
        self._fill_tree()
        config = (f"DocumentRoot {self.tree}\n"
                  + group.config.replace("{tree}", str(self.tree)))
        # folders of the same length, so that bodies naming them are too
        self.servers = [
            Server(self.root / folder, config, group.all_modules, kind=kind,
                   loglevel="warn",
                   mpm_config="StartServers 2\nMinSpareServers 1\n"
                   "MaxSpareServers 4\nTimeout 10\n")
            for folder, kind in (("srv-a", "apache"), ("srv-c", "cleat"))]
        self.talkers = [Talker(server) for server in self.servers]

    def _fill_tree(self):
        import os
        for name, content in self.group.files.items():
            path = self.tree / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.mkdir(exist_ok=True)
                continue
            if isinstance(content, str):
                content = content.replace(
                    "{tree}", str(self.tree)).encode()
            path.write_bytes(content)
            os.utime(path, (DATE, DATE))
        if self.group.prepare:
            self.group.prepare(self.tree)
        for folder in sorted(self.tree.rglob("*"), reverse=True):
            if folder.is_dir() and not folder.is_symlink():
                os.utime(folder, (DATE, DATE))

    def start(self):
        try:
            for server in self.servers:
                server.start()
        except Exception:
            self.stop()
            raise
        return self

    def stop(self):
        for talker in self.talkers:
            talker.drop()
        for server in self.servers:
            server.stop()
        crash = [line for line in self.servers[1].log().splitlines()
                 if "exit signal" in line]
        shutil.rmtree(self.root, ignore_errors=True)
        assert not crash, "a child of Cleat died:\n" + "\n".join(crash)

    def ask(self, one):
        """The answers of apache2 and Cleat to one case."""
        for talker in self.talkers:
            talker.send(one)
        answers = [talker.receive(one) for talker in self.talkers]
        if any(answer.closed for answer in answers):
            for talker in self.talkers:
                talker.drop()
        return answers


__all__ = ["Answer", "Case", "Group", "Pair", "Response", "case", "raw"]
