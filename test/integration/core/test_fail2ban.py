"""fail2ban's stock filters for apache find in our logs what they look for.

Its files come from FAIL2BAN_ROOT, the system, or a package that is fetched
and unpacked but not installed: no daemon may begin to ban people here."""
import base64
import os
import pathlib
import re
import subprocess
import sys

import pytest

from harness import Connection, get, raw

MODULES = ["authz_core", "authz_user", "auth_basic", "authn_core",
           "authn_file", "alias", "headers"]
COMBINED = ('"%h %l %u %t \\"%r\\" %>s %O '
            '\\"%{Referer}i\\" \\"%{User-Agent}i\\""')
CONFIG = """
CustomLog {root}/access """ + COMBINED + """
<Location /denied>
    Require all denied
</Location>
<Location /private>
    AuthType Basic
    AuthName "private place"
    AuthBasicProvider file
    AuthUserFile {root}/users
    Require valid-user
</Location>
<Location /restricted>
    AuthType Basic
    AuthName "private place"
    AuthBasicProvider file
    AuthUserFile {root}/users
    Require user somebody-else
</Location>
"""


def has_fail2ban(root):
    return (root / "usr/bin/fail2ban-regex").exists()


def fetch(directory):
    """Unpack the package into directory; False when it cannot be had."""
    commands = (["apt-get", "download", "fail2ban"],
                ["sh", "-c", "dpkg -x fail2ban_*.deb ."])
    return all(subprocess.run(command, cwd=directory, capture_output=True,
                              timeout=120).returncode == 0
               for command in commands)


@pytest.fixture(scope="session")
def fail2ban(tmp_path_factory):
    """The root under which fail2ban's files lie."""
    root = pathlib.Path(os.environ.get("FAIL2BAN_ROOT", "/"))
    if has_fail2ban(root):
        return root
    root = tmp_path_factory.mktemp("fail2ban")
    if not fetch(root):
        pytest.skip("the package fail2ban cannot be fetched")
    return root


def matches(root, log, filter_name):
    """How many lines of log the filter takes for an attack."""
    settings = root / "etc/fail2ban"
    environment = dict(os.environ, PYTHONPATH=str(
        root / "usr/lib/python3/dist-packages"))
    result = subprocess.run(
        [sys.executable, root / "usr/bin/fail2ban-regex", "--config",
         settings, log, settings / f"filter.d/{filter_name}.conf"],
        text=True, capture_output=True, env=environment, timeout=60)
    found = re.search(r"(\d+) lines?, \d+ ignored, (\d+) matched",
                      result.stdout.replace("Lines: ", ""))
    assert found, result.stdout + result.stderr
    return int(found.group(2))


def credentials(user, password):
    token = base64.b64encode(f"{user}:{password}".encode()).decode()
    return {"Authorization": f"Basic {token}"}


def auth(server):
    get(server.port, "/denied")
    get(server.port, "/private", headers=credentials("nobody", "x"))
    get(server.port, "/private", headers=credentials("known", "wrong"))
    get(server.port, "/restricted", headers=credentials("known", "secret"))
    return 4


def harmless(server):
    get(server.port, "/page")
    get(server.port, "/private", headers=credentials("known", "secret"))
    get(server.port, "/private")
    get(server.port, "/missing.html")
    return 0


def noscript(server):
    for name in ("x.php", "a/b.asp", "cgi-bin/x", "t.exe", "x.pl"):
        get(server.port, "/" + name)
    return 5


def nohome(server):
    for name in ("~root", "~admin/x"):
        get(server.port, "/" + name)
    return 2


def overflows(server):
    raw(server.port, b"BREW /page HTTP/1.1\r\nHost: x\r\n\r\n")
    raw(server.port, b"GET /" + b"x" * 20000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    return 2


@pytest.mark.parametrize("filter_name, attack", [
    ("apache-auth", auth), ("apache-auth", harmless),
    ("apache-noscript", noscript), ("apache-noscript", harmless),
    ("apache-nohome", nohome), ("apache-nohome", harmless),
    ("apache-overflows", overflows), ("apache-overflows", harmless)])
def test_error_log(serve, fail2ban, filter_name, attack):
    server = serve(CONFIG, MODULES)
    server.announced = {"AH01630", "AH01617", "AH01618", "AH01631", "AH00135",
                        "AH00036"}
    (server.root / "users").write_text("known:{SHA}5en6G6MezRroT3XKqkdPOmY/"
                                       "BfQ=\n")
    (server.root / "users").chmod(0o644)
    server.put("page", "page\n")
    server.put("private", "private\n")
    expected = attack(server)
    server.stop()
    found = matches(fail2ban, server.error_log, filter_name)
    assert found == expected, server.log()


def test_badbots_in_the_access_log(serve, fail2ban):
    server = serve(CONFIG, MODULES)
    server.put("page", "page\n")
    get(server.port, "/page", headers={"User-Agent": "EmailSiphon"})
    get(server.port, "/page", headers={"User-Agent": "Mozilla/5.0"})
    server.stop()
    assert matches(fail2ban, server.root / "access", "apache-badbots") == 1


@pytest.mark.parametrize("fields, count", [
    ("X: () { :;}; echo x\r\n", 1), ("X: harmless\r\n", 0)])
def test_shellshock_in_the_access_log(serve, fields, count):
    server = serve('CustomLog {root}/access "%h %l %u %t \\"%r\\" %>s %b '
                   '\\"%{X}i\\""', MODULES)
    with Connection(server.port) as connection:
        connection.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + fields + "\r\n")
        connection.response()
    server.stop()
    assert (server.root / "access").read_text().count("() {") == count
