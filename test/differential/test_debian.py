"""Debian's stock /etc/apache2 under both servers: the same answers.

The tree is that of the installed package.  Only what must differ does: the
folder of the modules, the port, and (through Debian's own envvars) the log,
lock and run folders; mpm_event is switched to mpm_prefork as a2enmod does.
That Cleat starts with it at all: test/integration/realsites.
"""
import os
import pathlib
import re
import shutil

import pytest
from harness import Server, request
from harness.server import APACHE_MODULES

TREE = pathlib.Path("/etc/apache2")


def copy_tree(folder, server):
    shutil.copytree(TREE, folder, symlinks=True, dirs_exist_ok=True)
    for path in folder.rglob("*.load"):
        if not path.is_symlink():
            text = path.read_text().replace(str(APACHE_MODULES),
                                            str(server.module_dir))
            path.write_text(text)
    ports = folder / "ports.conf"
    ports.write_text(re.sub(r"(?m)^Listen 80$",
                            f"Listen 127.0.0.1:{server.port}",
                            ports.read_text()))
    sites = folder / "sites-available/000-default.conf"
    sites.write_text(sites.read_text().replace("*:80", f"*:{server.port}"))


def enable(folder, *modules):
    for name in modules:
        for kind in ("load", "conf"):
            if (folder / f"mods-available/{name}.{kind}").exists():
                link = folder / f"mods-enabled/{name}.{kind}"
                link.unlink(missing_ok=True)
                link.symlink_to(f"../mods-available/{name}.{kind}")


def disable(folder, *modules):
    for name in modules:
        for path in (folder / "mods-enabled").glob(f"{name}.*"):
            path.unlink()


def debian_server(directory, kind, extra=()):
    """A Server whose configuration is a copy of Debian's tree."""
    run = directory / "run"
    env = {"APACHE_RUN_USER": "www-data", "APACHE_RUN_GROUP": "www-data",
           "APACHE_PID_FILE": str(run / "apache2.pid"),
           "APACHE_RUN_DIR": str(run), "APACHE_LOCK_DIR": str(run),
           "APACHE_LOG_DIR": str(directory / "log"), "LANG": "C"}
    server = Server(directory, kind=kind, preamble=False, env=env)
    for name in ("run", "log"):
        (directory / name).mkdir()
        os.chmod(directory / name, 0o755)
    copy_tree(directory, server)
    disable(directory, "mpm_event", "mpm_worker")
    enable(directory, "mpm_prefork", *extra)
    server.config_file = directory / "apache2.conf"
    server.error_log = directory / "log/error.log"
    return server


@pytest.fixture
def debian(tmp_path):
    servers = []

    def make(kind="cleat", extra=()):
        server = debian_server(tmp_path / kind, kind, extra)
        servers.append(server)
        return server
    yield make
    for server in servers:
        server.stop()


def test_the_tree_lists_the_modules_that_debian_enables(debian):
    def modules(kind):
        listed = debian(kind).run("-M").stdout
        return set(re.findall(r"^ (\w+_module) \(shared\)", listed, re.M))
    assert modules("cleat") >= modules("apache") > set()


REQUESTS = [
    ("/", {}), ("/", {"Accept-Encoding": "gzip"}), ("/none", {}),
    ("/index.html", {"Range": "bytes=0-9"}), ("/icons/", {}),
    ("/icons/apache_pb.gif", {}), ("/icons/none.gif", {}),
    ("/server-status", {"Host": "localhost"}), ("/server-status?auto", {}),
    ("/.htaccess", {}), ("/%2e%2e/etc/passwd", {}), ("/cgi-bin/", {}),
    ("/index.html", {"If-None-Match": "*"}), ("/icons", {}),
    ("/", {"User-Agent": "Mozilla/4.0"}), ("/none", {"Accept-Encoding": "gzip"}),
]


def facts(answer, target):
    names = [(k, v) for k, v in answer.headers
             if k not in ("Date", "Server", "Content-Length")]
    body = answer.body if answer.status == 200 and "status" not in target \
        else b""
    return answer.status, names, body


def test_answers_are_those_of_apache2(debian):
    ours = debian("cleat").start()
    theirs = debian("apache").start()
    for target, headers in REQUESTS:
        asked = {"Host": "localhost", **headers}
        one, two = (request(s.port, target, headers=asked)
                    for s in (theirs, ours))
        assert facts(two, target) == facts(one, target), target


def test_more_of_debians_modules_can_be_enabled(debian):
    more = ("headers", "expires", "vhost_alias", "userdir", "actions",
            "imagemap", "asis", "speling", "unique_id", "info", "mime_magic",
            "cern_meta", "macro", "ratelimit", "buffer", "data", "echo")
    server = debian("cleat", more).start()
    assert request(server.port, "/").status == 200
