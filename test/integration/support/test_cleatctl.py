"""cleatctl: verbs, the envvars file, exit status, status pages."""
import os
import signal
import subprocess
import time

import pytest

from harness import prefix, request

BASE = ["authz_core", "unixd", "alias"]


def ctl(*args, **variables):
    return subprocess.run(
        [prefix() / "bin/cleatctl", *map(str, args)], text=True, timeout=60,
        capture_output=True, check=False, env=dict(os.environ, **variables))


def wait_for(condition):
    limit = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.05)


@pytest.fixture
def server(serve):
    server = serve("", modules=BASE, run=False)
    server.put("page.txt", "hello")
    yield server
    pid = server.root / "pid"
    if pid.exists():
        os.kill(int(pid.read_text()), signal.SIGTERM)


def answers(server):
    try:
        return request(server.port, "/page.txt").status == 200
    except OSError:
        return False


def test_start_restart_stop(server):
    options = ("-f", server.config_file)
    pid = server.root / "pid"
    assert ctl("start", *options).returncode == 0
    wait_for(lambda: answers(server))
    for verb, word in (("graceful", "Graceful restart"),
                       ("restart", "SIGHUP received")):
        assert ctl(verb, *options).returncode == 0
        server.wait_log(word)
        wait_for(lambda: answers(server))
    assert ctl("graceful-stop", *options).returncode == 0
    wait_for(lambda: not pid.exists())


def test_restart_with_errors_leaves_the_server_alone(server):
    options = ("-f", server.config_file)
    assert ctl("start", *options).returncode == 0
    wait_for(lambda: answers(server))
    good = server.config_file.read_text()
    server.config_file.write_text(good + "NoSuchDirective\n")
    assert ctl("configtest", *options).returncode == 1
    result = ctl("restart", *options)
    assert result.returncode == 1 and "restart was not done" in result.stderr
    assert answers(server)
    server.config_file.write_text(good)
    assert ctl("stop", *options).returncode == 0


@pytest.mark.parametrize("args,status", [
    ([], 1), (["help"], 1), (["startssl"], 2), (["-v"], 0),
    (["configtest", "-f", "/no/such/file"], 1), (["status", "-f", "/none"], 1)])
def test_exit_status(args, status):
    variables = {"CLEAT_STATUSURL": "http://localhost:1/"}
    assert ctl(*args, **variables).returncode == status


def test_envvars_is_a_shell_script(server, tmp_path):
    envvars = tmp_path / "envvars"
    envvars.write_text('two="a\nb"\nexport CLEAT_ARGUMENTS="-D FROM_ENVVARS"\n'
                       'export PORT_NAME=$(echo from-shell)\necho noise\n')
    server.config_file.write_text(
        server.config_file.read_text() + "ServerAdmin ${PORT_NAME}@x\n"
        "<IfDefine !FROM_ENVVARS>\n    NoSuchDirective\n</IfDefine>\n")
    result = ctl("configtest", "-f", server.config_file,
                 CLEAT_ENVVARS=str(envvars))
    assert result.returncode == 0, result.stderr
    envvars.write_text("no_such_command_at_all\nfalse\n")
    assert ctl("-v", CLEAT_ENVVARS=str(envvars)).returncode == 1
    assert ctl("-v", CLEAT_ENVVARS="/no/such/file").returncode == 1


def test_status_pages(serve):
    """The pages themselves are mod_status's; here they are files."""
    server = serve('AliasMatch "^/server-status" {docroot}/status\n',
                   modules=BASE)
    server.put("status", "ServerUptime: 5 seconds\nTotal Accesses: 7\n"
               "Scoreboard: ____W___\n")
    short = ctl("status", "-f", server.config_file)
    assert short.stdout == "ServerUptime: 5 seconds\nTotal Accesses: 7\n"
    server.put("status", "<html><head><style>x</style></head><body><h1>Status"
               "</h1>\n<table><tr><td>a &lt; b</td><td>c</td></tr></table>"
               "<pre>one\ntwo</pre></body></html>")
    full = ctl("fullstatus", "-f", server.config_file)
    assert full.stdout.split("\n") == ["Status", "a < b  c", "one", "two", ""]
    missing = ctl("status", CLEAT_STATUSURL=f"http://localhost:{server.port}/x")
    assert missing.returncode == 1 and "404" in missing.stderr
