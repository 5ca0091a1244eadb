"""Debian's own /etc/apache2, as its packages install it, under Cleat.

Paths stay what they are but for the module folder, the log and the run
directories.  mpm_prefork is enabled in place of mpm_event, as a2dismod and
a2enmod do: Cleat has no event MPM yet.
"""
import pathlib
import re
import shutil

import pytest

from harness import Server, find_free_port, prefix, request

TREE = pathlib.Path("/etc/apache2")
# What a new installation enables (the package's maintainer scripts).
MODULES = """access_compat alias auth_basic authn_core authn_file authz_core
    authz_host authz_user autoindex deflate dir env filter mime mpm_prefork
    negotiation reqtimeout setenvif status""".split()
CONFS = """charset localized-error-pages other-vhosts-access-log security
    serve-cgi-bin""".split()


def enable(tree, kind, names):
    folder = tree / f"{kind}-enabled"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in names:
        for path in sorted((tree / f"{kind}-available").glob(f"{name}.*")):
            (folder / path.name).symlink_to(f"../{kind}-available/{path.name}")


@pytest.fixture
def debian(tmp_path):
    """A copy of the tree with its environment; a Server that runs it."""
    tree = tmp_path / "apache2"
    shutil.copytree(TREE, tree, symlinks=True)
    enable(tree, "mods", MODULES)
    enable(tree, "conf", CONFS)
    enable(tree, "sites", ["000-default"])
    for path in (tree / "mods-available").glob("*.load"):
        path.write_text(path.read_text().replace(
            "/usr/lib/apache2/modules", str(prefix() / "lib/cleat/modules")))
    port = find_free_port()
    ports = tree / "ports.conf"
    ports.write_text(re.sub(r"(?m)^Listen 80$", f"Listen 127.0.0.1:{port}",
                            ports.read_text()))
    site = tree / "sites-available/000-default.conf"
    site.write_text(site.read_text().replace("*:80", f"*:{port}"))
    run = tmp_path / "run"
    run.mkdir(mode=0o755)
    (run / "log").mkdir()
    env = {"APACHE_RUN_USER": "www-data", "APACHE_RUN_GROUP": "www-data",
           "APACHE_PID_FILE": str(run / "apache2.pid"),
           "APACHE_RUN_DIR": str(run), "APACHE_LOCK_DIR": str(run),
           "APACHE_LOG_DIR": str(run / "log"), "LANG": "C"}
    server = Server(run / "server", preamble=False, port=port, env=env)
    server.root, server.config_file = tree, tree / "apache2.conf"
    server.error_log = run / "log/error.log"
    (tree / "output").touch()
    yield server
    server.stop()


def default_page():
    page = pathlib.Path("/var/www/html/index.html")
    if not page.exists():
        page.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy("/usr/share/apache2/default-site/index.html", page)
    return page.read_bytes()


def test_the_tree_passes_the_syntax_check(debian):
    result = debian.run("-t")
    assert result.returncode == 0, result.stderr
    assert "Syntax OK" in result.stderr


def test_dash_s_names_the_default_host(debian):
    text = debian.run("-S").stdout
    assert "sites-enabled/000-default.conf" in text
    assert f'PidFile: "{debian.env["APACHE_PID_FILE"]}"' in text


def test_it_serves_the_default_site(debian):
    page = default_page()
    debian.start()
    answer = request(debian.port, "/")
    assert answer.status == 200
    assert answer.body == page
    assert answer.get("Content-Type") == "text/html"
    assert answer.get("Vary") == "Accept-Encoding"
    packed = request(debian.port, "/", headers={"Accept-Encoding": "gzip"})
    assert packed.get("Content-Encoding") == "gzip"
    assert request(debian.port, "/none").status == 404
    assert request(debian.port, "/.htpasswd").status == 403
    assert request(debian.port, "/icons/").status in (200, 403)
    assert request(debian.port, "/server-status?auto").status == 200
    log = (pathlib.Path(debian.env["APACHE_LOG_DIR"]) / "access.log")
    assert '"GET / HTTP/1.1" 200' in log.read_text()


def test_debians_tools_read_the_program(debian):
    """a2query and friends parse -V and -M."""
    text = debian.run("-V").stdout
    assert re.search(r"^Server MPM: +prefork$", text, re.M)
    assert re.search(r'^ -D HTTPD_ROOT="', text, re.M)
    modules = debian.run("-M").stdout
    for name in MODULES:
        assert f" {name}_module (shared)" in modules
