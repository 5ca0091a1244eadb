"""The error log: format, levels, places; and logs that are programs."""
import os
import re
import time

import pytest

from harness import find_free_port, get

MODULES = ["authz_core", "headers", "alias"]
DENIAL = "client denied"
DENIED = "<Location /denied>\nRequire all denied\n</Location>\n"


def test_default_format(serve):
    server = serve(DENIED, MODULES)
    server.announced = {"AH01630"}
    get(server.port, "/denied/x", headers={"Referer": "http://from.example/"})
    server.wait_log(
        r"\[\w{3} \w{3} \d\d \d\d:\d\d:\d\d\.\d{6} \d{4}\] "
        r"\[authz_core:error\] \[pid \d+:tid \d+\] "
        r"\[client 127\.0\.0\.1:\d+\] AH01630: client denied by server "
        r"configuration: \S+/denied, referer: http://from\.example/\n")


@pytest.mark.parametrize("layout, pattern", [
    ("%M", r"^AH01630: client denied"),
    ("[%l] %M", r"^\[error\] AH01630"),
    ("[%m] %M", r"^\[authz_core\] AH01630"),
    ("%P|%M", r"^\d+\|AH01630"),
    ("%T|%M", r"AH01630"),
    ("%a|%M", r"^127\.0\.0\.1:\d+\|AH01630"),
    ("%{c}a|%M", r"^127\.0\.0\.1:\d+\|AH01630"),
    ("%A|%M", r"^127\.0\.0\.1:\d+\|AH01630"),
    ("%F|%M", r"^\S+\(\d+\)\|AH01630"),
    ("%E|%M", r"AH01630"),
    ("%L|%M", r"^\S+\|AH01630"),
    ("%{c}L|%M", r"^\S+\|AH01630"),
    ("%k|%M", r"^\d+\|AH01630"),
    ("%v|%M", r"^localhost\|AH01630"),
    ("%V|%M", r"^localhost\|AH01630"),
    ("%{User-Agent}i|%M", r"^probe/1\|AH01630"),
    ("%{cu}t|%M", r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\|AH01630"),
    ("%{u}t|%M", r"^\w{3} \w{3} \d\d \d\d:\d\d:\d\d\.\d{6} \d{4}\|AH01630"),
    ("%t|%M", r"^\w{3} \w{3} \d\d \d\d:\d\d:\d\d \d{4}\|AH01630"),
    ("100%% %M", r"^100% AH01630"),
    ("%{HOME_OF_TEST}e|%M", r"^-?\|?AH01630|^here\|AH01630"),
    ("[%{X-None}i] %M", r"^ ?AH01630|^\[-?\] AH01630"),
    ("[%-{X-None}i] %M", r"^\[-\] AH01630"),
    ("%{X-None}i|% %M", None),
])
def test_format(serve, layout, pattern):
    server = serve(DENIED + f'ErrorLogFormat "{layout}"', MODULES)
    get(server.port, "/denied/x", headers={"User-Agent": "probe/1"})
    server.wait_log("client denied")
    if pattern:
        line = next(line for line in server.log().splitlines()
                    if "client denied" in line)
        assert re.search(pattern, line), line


@pytest.mark.parametrize("level, pattern, there", [
    ("emerg", DENIAL, False), ("crit", DENIAL, False),
    ("error", DENIAL, True), ("warn", DENIAL, True),
    ("debug", DENIAL, True), ("info", r"\[\w*:debug\]", False),
    ("debug", r"\[\w*:debug\]", True), ("debug", r"\[\w*:trace", False),
    ("crit authz_core:error", DENIAL, True),
    ("crit authz_core_module:error", DENIAL, True),
    ("crit mod_authz_core.c:error", DENIAL, True),
    ("debug authz_core:crit", DENIAL, False),
    ("warn authz_core:debug", r"\[authz_core:debug\]", True),
    ("warn authz_core:debug", r"\[core:debug\]", False),
])
def test_level(serve, level, pattern, there):
    server = serve(DENIED, MODULES, loglevel=level)
    server.announced = {"AH01630"}
    get(server.port, "/denied/x")
    get(server.port, "/")
    server.stop()
    assert bool(re.search(pattern, server.log())) == there


@pytest.mark.parametrize("inside, there", [
    ("LogLevel authz_core:crit", False), ("LogLevel crit", False),
    ("LogLevel warn", True)])
def test_level_of_a_directory(serve, inside, there):
    server = serve(DENIED + f"<Directory {{docroot}}>\n{inside}\n</Directory>",
                   MODULES)
    server.announced = {"AH01630"}
    get(server.port, "/denied/x")
    server.stop()
    assert (DENIAL in server.log()) == there


def test_error_log_of_a_virtual_host(serve):
    server = serve("<VirtualHost *:*>\nErrorLog {root}/site_log\n" + DENIED
                   + "</VirtualHost>", MODULES)
    get(server.port, "/denied/x")
    assert "AH01630" in (server.root / "site_log").read_text()
    assert "AH01630" not in server.log()


def test_client_bytes_are_escaped(serve):
    """No terminal sequence, line break or NUL of a client gets in."""
    server = serve(DENIED, MODULES)
    server.announced = {"AH01630"}
    get(server.port, "/denied%1b[2J%0aforged%07", headers={
        "Referer": "x\x80y"})
    get(server.port, "/%1b[2J%0aforged%07")
    log = server.wait_log(r"\S*\[2J.*").group(0)
    assert "\\x1b[2J" in log and "\\n" in log and "\\x07" in log
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", server.log())
    assert not re.search(r"(?m)^forged", server.log())


def test_error_log_that_cannot_be_opened(serve):
    server = serve("ErrorLog {root}/nope/log", MODULES, run=False)
    result = server.run("-X")
    assert result.returncode != 0
    assert "/nope/" in result.stdout + result.stderr


ROTATING = "#!/bin/sh\necho started $$ >> {root}/runs\nexec cat >> {root}/out\n"


def script(server, text):
    path = server.root / "logger"
    path.write_text(server.fill(text))
    path.chmod(0o755)
    return path


def wait_for(path, pattern, seconds=8):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if path.exists() and re.search(pattern, path.read_text()):
            return path.read_text()
        time.sleep(0.02)
    raise AssertionError(f"{pattern} not in {path}: "
                         + (path.read_text() if path.exists() else "no file"))


@pytest.mark.parametrize("form", ["|{root}/logger", "||{root}/logger",
                                  "|${root}/logger"])
def test_piped_error_log(serve, form):
    server = serve(DENIED + f'ErrorLog "{form}"', MODULES, run=False)
    script(server, ROTATING)
    server.start()
    get(server.port, "/denied/x")
    wait_for(server.root / "out", "AH01630")
    server.stop()
    for pid in re.findall(r"\d+", (server.root / "runs").read_text()):
        gone(int(pid))


def test_piped_access_log_is_started_again_when_it_ends(serve):
    server = serve('CustomLog "|{root}/logger" "%U"', MODULES, run=False)
    script(server, ROTATING)
    server.start()
    server.announced = {"AH50063"}
    get(server.port, "/first")
    wait_for(server.root / "out", "/first")
    pid = next(pid for pid in server.children()
               if open(f"/proc/{pid}/comm").read() == "cat\n")
    runs = (server.root / "runs").read_text()
    os.kill(pid, 15)
    wait_for(server.root / "runs", re.escape(runs) + r"started \d+")
    get(server.port, "/second")
    wait_for(server.root / "out", "/second")
    server.stop()
    assert server.log().count("AH50063") == 1, "started again at the end"


def gone(pid, seconds=5):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        try:
            state = open(f"/proc/{pid}/stat").read().split(") ")[1][0]
        except OSError:
            return
        if state == "Z":
            return
        time.sleep(0.02)
    raise AssertionError(f"process {pid} is still there")


@pytest.mark.parametrize("layout, expected", [
    ("%h %l %u", "127.0.0.1 - -"), ("%>s %b", "200 5"), ("%B", "5"),
    ("%r", "GET /page?q HTTP/1.1"), ("%m %U%q %H", "GET /page?q HTTP/1.1"),
    ("%f", "{docroot}/page"), ("%{X-In}i", "in"), ("%{X-Out}o", "out"),
    ("%v:%{local}p", "localhost:{port}"), ("%a %A", "127.0.0.1 127.0.0.1"),
    ("%k %X", "0 -"), ("%%", "%"), ("%{X-None}i", "-"),
    ("%{VAR}e", "-"), ("%!200{X-In}i", "-"), ("%200{X-In}i", "in"),
    ("%R", "-"), ("%{c}h", "127.0.0.1"), ("\\\"%m\\\"", '"GET"'),
])
def test_access_log(serve, layout, expected):
    server = serve("Header set X-Out out\n"
                   f'CustomLog {{root}}/access "{layout}"', MODULES)
    server.put("page", "page\n")
    get(server.port, "/page?q", headers={"X-In": "in"})
    text = wait_for(server.root / "access", "\n")
    assert text.splitlines()[-1] == server.fill(expected)


def test_two_servers_one_port(serve):
    port = find_free_port()
    serve("", MODULES, port=port)
    second = serve("", MODULES, port=port, run=False)
    result = second.run("-X")
    text = result.stdout + result.stderr + second.log()
    assert result.returncode != 0
    assert re.search(rf"127\.0\.0\.1:{port}", text), text
    assert re.search(r"(?i)address already in use|AH00072", text), text
