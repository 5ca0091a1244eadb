"""The life of a prefork server: start, stop, restart, children, clients that
behave badly. Every test ends with nothing left behind."""
import contextlib
import os
import pathlib
import re
import signal
import socket
import subprocess
import threading
import time

import pytest

from harness import Connection, find_free_port, get

MODULES = ["authz_core", "headers", "alias"]
TERM, HUP, USR1, WINCH = (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1,
                          signal.SIGWINCH)


def until(condition, seconds=10, what="condition"):
    """Poll until condition() is true; returns its value."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"{what} not met in {seconds} s")


def stat_of(pid):
    try:
        text = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return text.rsplit(") ", 1)[1].split()


def session_of(server):
    """Every process of the server's session, zombies too."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            fields = stat_of(entry.name)
            if fields and int(fields[3]) == server.process.pid:
                found.append(int(entry.name))
    return found


def zombies(server):
    return [pid for pid in server.children()
            if (stat_of(pid) or ["Z"])[0] == "Z"]


def segments():
    """System V shared memory, semaphores and files of POSIX ones."""
    count = sum(len(pathlib.Path(f"/proc/sysvipc/{kind}").read_text()
                    .splitlines()) for kind in ("shm", "sem"))
    return count, sorted(os.listdir("/dev/shm"))


@pytest.fixture
def prefork(serve):
    """serve() that also checks that nothing is left behind."""
    before = segments()
    started = []

    def start(config="", modules=MODULES, **kwargs):
        server = serve(config, modules, **kwargs)
        server.put("page", "page\n")
        started.append(server)
        if server.process:
            server.wait_log("AH00163")
        return server

    yield start
    for server in started:
        server.stop()
        if server.process:
            until(lambda: session_of(server) == [], 5, "an empty session")
        assert not (server.root / "pid").exists()
    assert segments() == before


class Load:
    """Threads that ask for /page, one connection each time."""

    def __init__(self, port, threads=4):
        self.port, self.failures, self.count = port, [], 0
        self.stopping = False
        self.threads = [threading.Thread(target=self.run)
                        for _ in range(threads)]

    def run(self):
        while not self.stopping:
            try:
                response = get(self.port, "/page")
                assert (response.status, response.body) == (200, b"page\n")
                self.count += 1
            except Exception as error:          # noqa: BLE001
                self.failures.append(repr(error))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *exc):
        self.stopping = True
        for thread in self.threads:
            thread.join()


# -- start and stop

def test_start_and_stop(prefork):
    server = prefork()
    assert (server.root / "pid").read_text().strip() \
        == str(server.process.pid)
    server.wait_log("AH00163: .* configured -- resuming normal operations")
    assert get(server.port, "/page").status == 200
    assert server.stop(TERM) == 0
    server.wait_log("AH00169: caught SIGTERM, shutting down")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), 1)


def test_children_run_as_the_user(prefork):
    if os.geteuid() != 0:
        pytest.skip("needs root")
    server = prefork()
    for pid in server.children():
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        uids = set(re.search(r"Uid:\s+(.*)", status).group(1).split())
        assert uids == {"33"}
        groups = re.search(r"Groups:\s*(.*)", status).group(1).split()
        assert set(groups) <= {"33"}


def test_graceful_stop_finishes_what_has_begun(prefork):
    server = prefork("SendBufferSize 4096")
    server.put("big", b"x" * 8_000_000)
    with Connection(server.port) as connection:
        connection.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
        until(lambda: connection._fill(), what="first bytes")
        server.signal(WINCH)
        server.wait_log("AH00170")
        until(lambda: not _answers(server.port), what="closed doors")
        assert connection.response().body == b"x" * 8_000_000
    assert server.process.wait(10) == 0


def test_graceful_stop_gives_up_in_the_end(prefork):
    server = prefork("GracefulShutdownTimeout 1\nSendBufferSize 4096")
    server.put("big", b"x" * 20_000_000)
    with Connection(server.port) as connection:
        connection.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
        until(lambda: connection._fill(), what="first bytes")
        started = time.monotonic()
        server.signal(WINCH)
        assert server.process.wait(10) == 0
        assert 0.8 < time.monotonic() - started < 4


@pytest.mark.parametrize("verb, code", [
    ("stop", 0), ("graceful-stop", 0), ("restart", None), ("graceful", None)])
def test_signals_by_command_line(prefork, verb, code):
    server = prefork()
    result = server.run("-k", verb)
    assert result.returncode == 0, result.stderr
    if code is not None:
        assert server.process.wait(10) == code
    else:
        server.wait_log("AH00163[^$]*AH00163")
        assert get(server.port, "/page").status == 200


def test_command_line_without_a_server(serve):
    server = serve("", MODULES, run=False)
    result = server.run("-k", "stop")
    assert re.search("(?i)not running", result.stdout + result.stderr)


def test_start_in_the_background(serve):
    server = serve("", MODULES, run=False)
    server.put("page", "page\n")
    assert server.run("-k", "start").returncode == 0
    pid_file = server.root / "pid"
    pid = int(until(lambda: pid_file.exists() and pid_file.read_text(),
                    what="a pid file"))
    try:
        until(lambda: _answers(server.port), what="an answer")
        assert os.getsid(pid) == pid or os.getpgid(pid) == pid
        again = server.run("-k", "start")
        assert re.search("(?i)already running", again.stdout + again.stderr)
    finally:
        assert server.run("-k", "stop").returncode == 0
        until(lambda: not pathlib.Path(f"/proc/{pid}").exists(), what="end")
    assert not pid_file.exists()


def _answers(port):
    try:
        return get(port, "/page").status == 200
    except (OSError, EOFError):
        return False


def test_one_process(prefork):
    """-X: no children, the same answers."""
    server = prefork(run=False)
    server.output = open(server.root / "output", "ab")
    server.process = subprocess.Popen(
        server.command("-X"), stdin=subprocess.DEVNULL, stdout=server.output,
        stderr=server.output, start_new_session=True, env=server.env)
    server.wait_ready()
    assert get(server.port, "/page").body == b"page\n"
    assert server.children() == []
    assert server.stop(signal.SIGINT) == 0
    with contextlib.suppress(FileNotFoundError):
        (server.root / "pid").unlink()      # not ours to remove any more


def test_stale_pid_file(prefork):
    server = prefork(run=False)
    (server.root / "pid").write_text("999999999\n")
    server.start()
    assert (server.root / "pid").read_text().strip() \
        == str(server.process.pid)


@pytest.mark.parametrize("content", ["", "junk\n", "-1\n", "1\n"])
def test_strange_pid_file(serve, content):
    """It never makes us signal somebody else."""
    server = serve("", MODULES, run=False)
    (server.root / "pid").write_text(content)
    result = server.run("-k", "graceful-stop")
    if content == "1\n":
        return
    assert result.returncode != 0 or "not running" in (result.stderr
                                                       + result.stdout)


# -- restart

@pytest.mark.parametrize("number, log", [
    (USR1, "AH00171: Graceful restart requested"),
    (HUP, "AH00173: SIGHUP received")])
def test_restart_replaces_children(prefork, number, log):
    server = prefork()
    old = set(server.children())
    server.signal(number)
    server.wait_log(log)
    server.wait_log("AH00163[^$]*AH00163")
    until(lambda: server.children()
          and not old & set(server.children()), what="new children")
    assert get(server.port, "/page").status == 200
    assert zombies(server) == []


def test_graceful_restart_under_load_loses_nothing(prefork):
    server = prefork(mpm_config="StartServers 4\nMinSpareServers 2\n"
                     "MaxSpareServers 8\nMaxRequestWorkers 20\n")
    with Load(server.port) as load:
        for turn in range(4):
            before = server.log().count("AH00163")
            time.sleep(0.3)
            server.signal(USR1)
            until(lambda: server.log().count("AH00163") > before,
                  what="restart")
        time.sleep(0.3)
    assert load.failures == []
    assert load.count > 100


def test_hard_restart_under_load_comes_back(prefork):
    server = prefork(mpm_config="StartServers 4\nMinSpareServers 2\n"
                     "MaxSpareServers 8\nMaxRequestWorkers 20\n")
    server.announced = {"AH00045", "AH00046", "AH00047"}
    with Load(server.port) as load:
        for turn in range(2):
            before = server.log().count("AH00163")
            time.sleep(0.2)
            server.signal(HUP)
            until(lambda: server.log().count("AH00163") > before,
                  what="restart")
        before = load.count
        until(lambda: load.count > before + 20, what="answers")


@pytest.mark.parametrize("number", [USR1, HUP])
def test_restart_reads_the_configuration(prefork, number):
    server = prefork("Header always set X-T old")
    assert get(server.port, "/page").get("X-T") == "old"
    text = server.config_file.read_text()
    server.config_file.write_text(text.replace("X-T old", "X-T new"))
    server.signal(number)

    def new_answer():
        with contextlib.suppress(OSError, EOFError):
            return get(server.port, "/page").get("X-T") == "new"

    until(new_answer, what="the new configuration")


def test_restart_opens_and_closes_ports(prefork):
    first, second = find_free_port(), find_free_port()
    server = prefork(f"Listen 127.0.0.1:{first}")
    assert get(first, "/page").status == 200
    text = server.config_file.read_text()
    server.config_file.write_text(text.replace(f":{first}", f":{second}"))
    server.signal(USR1)
    until(lambda: _answers(second), what="the new port")
    until(lambda: not _answers(first), what="the old port's end")
    assert get(server.port, "/page").status == 200


@pytest.mark.parametrize("number", [USR1, HUP])
@pytest.mark.parametrize("broken, pattern", [
    ("NoSuchThing on", r"NoSuchThing"),
    ("<Directory />", r"Directory"),
    ("LoadModule x_module nope.so", r"nope\.so"),
])
def test_broken_configuration_keeps_serving(prefork, number, broken,
                                            pattern):
    server = prefork()
    server.announced = {"server.conf", "AH"}
    text = server.config_file.read_text()
    server.config_file.write_text(text + "\n" + broken + "\n")
    line = (text + "\n" + broken).count("\n") + 1
    server.signal(number)
    server.wait_log(pattern)
    server.wait_log(rf"server\.conf:{line}\b|line {line} of \S*server\.conf")
    with Load(server.port, 2) as load:
        time.sleep(0.3)
    assert load.count > 10 and load.failures == []
    server.config_file.write_text(text)
    before = server.log().count("AH00163")
    server.signal(number)
    until(lambda: server.log().count("AH00163") > before, what="restart")
    assert get(server.port, "/page").status == 200


@pytest.mark.slow            # a sanitizer keeps freed memory for a while
def test_many_restarts_leak_nothing(prefork):
    server = prefork()
    for turn in range(12):
        before = server.log().count("AH00163")
        server.signal(USR1 if turn % 3 else HUP)
        until(lambda: server.log().count("AH00163") > before, what="restart")
        if turn == 3:
            descriptors = len(os.listdir(f"/proc/{server.process.pid}/fd"))
            memory = pss(server.process.pid)
    assert len(os.listdir(f"/proc/{server.process.pid}/fd")) == descriptors
    assert pss(server.process.pid) < memory * 1.1 + 100
    assert get(server.port, "/page").status == 200


def pss(pid):
    text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"Pss:\s+(\d+)", text).group(1))


# -- children

def test_max_connections_per_child(prefork):
    server = prefork(
        'CustomLog {root}/pids "%P"', mpm_config="StartServers 2\n"
        "MinSpareServers 2\nMaxConnectionsPerChild 5\n")
    for _ in range(40):
        assert get(server.port, "/page").status == 200
    log = server.root / "pids"
    until(lambda: len(log.read_text().split()) == 40, what="40 lines")
    pids = log.read_text().split()
    assert max(pids.count(pid) for pid in set(pids)) <= 5
    assert len(set(pids)) >= 8
    until(lambda: zombies(server) == [], what="no zombies")


@pytest.mark.parametrize("config, low, high", [
    ("StartServers 1\nMinSpareServers 4\nMaxSpareServers 6", 4, 7),
    ("StartServers 6\nMinSpareServers 1\nMaxSpareServers 3", 1, 3),
])
def test_spare_servers(prefork, config, low, high):
    server = prefork(mpm_config=config + "\n")
    time.sleep(0.3)
    until(lambda: low <= len(server.children()) <= high, 12,
          "the right number of children")
    time.sleep(1.2)
    assert low <= len(server.children()) <= high


def test_busy_children_get_company(prefork):
    server = prefork(mpm_config="StartServers 1\nMinSpareServers 1\n"
                     "MaxSpareServers 10\nMaxRequestWorkers 10\n")
    with contextlib.ExitStack() as stack:
        for _ in range(5):
            waiting = stack.enter_context(Connection(server.port))
            waiting.send("GET /page HTTP/1.1\r\nHost:")
        until(lambda: len(server.children()) >= 6, what="more children")
        assert get(server.port, "/page").status == 200


def test_max_request_workers(prefork):
    server = prefork(mpm_config="StartServers 1\nMinSpareServers 1\n"
                     "MaxSpareServers 2\nMaxRequestWorkers 2\n")
    server.announced = {"AH00161"}
    with contextlib.ExitStack() as stack:
        for _ in range(2):
            waiting = stack.enter_context(Connection(server.port))
            waiting.send("GET /page HTTP/1.1\r\nHost:")
        server.wait_log("AH00161: server reached MaxRequestWorkers")
        assert len(server.children()) == 2
        third = stack.enter_context(Connection(server.port))
        third.send("GET /page HTTP/1.1\r\nHost: x\r\n\r\n")
        waiting.send(" x\r\nConnection: close\r\n\r\n")
        assert waiting.response().status == 200
        assert third.response().status == 200


@pytest.mark.parametrize("number, words", [
    (signal.SIGKILL, r"Killed \(9\)"),
    (signal.SIGSEGV, r"Segmentation fault \(11\)"),
    (signal.SIGABRT, r"Abort\w* \(6\)")])
def test_killed_child_is_replaced_and_logged(prefork, number, words):
    server = prefork(mpm_config="StartServers 2\nMinSpareServers 2\n")
    victim = server.children()[0]
    os.kill(victim, number)
    server.wait_log(rf"AH0005[12]: child pid {victim} exit signal {words}")
    until(lambda: len(server.children()) >= 2
          and victim not in server.children(), what="a new child")
    assert get(server.port, "/page").status == 200
    assert zombies(server) == []


def test_all_children_killed_at_once(prefork):
    server = prefork()
    old = server.children()
    for pid in old:
        os.kill(pid, signal.SIGKILL)
    until(lambda: _answers(server.port), what="an answer")
    assert not set(old) & set(server.children())


# -- clients

def test_clients_that_leave(prefork):
    """In the middle of a request, or of the answer."""
    server = prefork("Timeout 5")
    server.put("big", b"x" * 3_000_000)
    children = set(until(lambda: len(server.children()) >= 2
                         and server.children(), what="children"))
    descriptors = {pid: len(os.listdir(f"/proc/{pid}/fd"))
                   for pid in children}
    pieces = [b"", b"G", b"GET /big HTTP/1.1\r\n", b"GET /big HTTP/1.1\r\nHost",
              b"POST /page HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
              b"POST /page HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked"
              b"\r\n\r\n5\r\nab",
              b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n"]
    for turn in range(70):
        with Connection(server.port) as connection:
            connection.send(pieces[turn % len(pieces)])
            if turn % 2:
                linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
                connection.socket.setsockopt(socket.SOL_SOCKET,
                                             socket.SO_LINGER, linger)
    assert get(server.port, "/page").status == 200
    time.sleep(0.3)
    for pid in children & set(server.children()):
        assert len(os.listdir(f"/proc/{pid}/fd")) <= descriptors[pid] + 1
    assert "exit signal" not in server.log()


@pytest.mark.parametrize("sent", [
    b"G", b"GET /page HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    b"POST /page HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n"])
def test_slow_bytes_are_cut(prefork, sent):
    server = prefork("RequestReadTimeout header=1 body=1\nTimeout 30",
                     MODULES + ["reqtimeout"])
    server.announced = {"AH01382"}
    started = time.monotonic()
    with Connection(server.port) as connection:
        connection.send(sent)
        connection.socket.settimeout(0.1)
        answer = None
        while answer is None and time.monotonic() - started < 8:
            with contextlib.suppress(TimeoutError):
                answer = connection.socket.recv(10000)
            if answer is None and sent:
                connection.send(b"x")
    assert 0.8 < time.monotonic() - started < 4
    assert answer == b"" or b" 408 " in answer.split(b"\r\n")[0]


def test_rate_keeps_a_slow_but_steady_client(prefork):
    server = prefork("RequestReadTimeout header=1-5,minrate=20",
                     MODULES + ["reqtimeout"])
    with Connection(server.port) as connection:
        for byte in b"GET /page HTTP/1.1\r\nHost: x\r\nX-Slow: aaaaaaa\r\n\r\n":
            connection.send(bytes([byte]))
            time.sleep(0.03)
        assert connection.response().status == 200


@pytest.mark.parametrize("sent", [
    b"G", b"GET /page HTTP/1.1\r\nHost: x\r\n"])
def test_timeout_frees_the_child(prefork, sent):
    server = prefork("Timeout 1\nKeepAliveTimeout 1")
    with Connection(server.port) as connection:
        connection.send(sent)
        started = time.monotonic()
        answer = connection.read_all()
        assert time.monotonic() - started < 4
        assert answer == b"" or b" 408 " in answer.split(b"\r\n")[0]


@pytest.mark.parametrize("config, pattern", [
    ("MinSpareServers 0", r"AH00160|MinSpareServers"),
    ("MaxRequestWorkers 300\nServerLimit 10", r"MaxRequestWorkers"),
    ("ServerLimit 999999", r"ServerLimit"),
    ("StartServers 0", r"StartServers|."),
])
def test_values_out_of_range_are_put_right(serve, config, pattern):
    server = serve("", MODULES, run=False, mpm_config=config + "\n")
    result = server.run("-t")
    assert result.returncode == 0, result.stderr
    assert re.search(pattern, result.stderr + result.stdout)
