"""The command line: options, dumps, exit codes."""
import re
import subprocess

import pytest

from harness import prefix

MODULES = ["authz_core", "headers"]


@pytest.mark.parametrize("arguments, patterns", [
    (["-v"], [r"Server version: .*Apache/2\.4\.71", r"Server built: +\S"]),
    (["-V"], [r"Server version: ", r"Server's Module Magic Number: 20120211:",
              r"Server loaded: +APR \d", r"Architecture: +64-bit",
              r"Server MPM: +prefork", r"threaded: +no", r"forked: +yes",
              r'-D HTTPD_ROOT="/', r'-D SERVER_CONFIG_FILE="',
              r'-D DEFAULT_PIDLOG="']),
    (["-l"], [r"Compiled in modules:", r"^  core\.c$", r"^  mod_so\.c$",
              r"^  http_core\.c$"]),
    (["-L"], [r"^<Directory \(core\.c\)", r"^DocumentRoot \(core\.c\)",
              r"Allowed in \*\.conf"]),
    (["-h"], [r"(?i)usage", r"-f ", r"-D ", r"-t "]),
])
def test_information(arguments, patterns, tmp_path):
    config = tmp_path / "x.conf"
    config.write_text(
        f"LoadModule mpm_prefork_module {prefix()}/lib/cleat/modules/"
        "mod_mpm_prefork.so\n")
    result = subprocess.run(
        [prefix() / "sbin/cleat", "-f", config, *arguments], text=True,
        capture_output=True, timeout=20)
    text = result.stdout + result.stderr
    for pattern in patterns:
        assert re.search(pattern, text, re.M), (pattern, text)
    assert result.returncode == (1 if arguments == ["-h"] else 0)


@pytest.mark.parametrize("arguments, code, pattern", [
    (["-t"], 0, "Syntax OK"),
    (["-M"], 0, r"(?m)^ core_module \(static\)$[\s\S]*"
                r"^ headers_module \(shared\)$"),
    (["-t", "-D", "DUMP_MODULES"], 0, r"authz_core_module \(shared\)"),
    (["-D", "DUMP_RUN_CFG"], 0, r"ServerRoot: "),
    (["-t", "-D", "DUMP_INCLUDES"], 0, r"\(\*\) \S*server\.conf"),
    (["-z"], 1, r"(?i)usage|option"),
    (["-t", "stray"], 1, r"(?i)usage|argument"),
    (["-f"], 1, r"(?i)usage|argument|requires"),
    (["-k", "nonsense"], 1, r"(?i)usage|start|restart"),
    (["-d", "/nope/nope", "-t"], None, ""),
])
def test_with_a_configuration(serve, arguments, code, pattern):
    server = serve("<IfDefine X>\n</IfDefine>", MODULES, run=False)
    result = server.run(*arguments)
    text = result.stdout + result.stderr
    if code is not None:
        assert result.returncode == code, text
        assert re.search(pattern, text), text


def test_includes_are_dumped_as_a_tree(serve):
    server = serve("Include {root}/a.conf", MODULES, run=False)
    (server.root / "a.conf").write_text(f"Include {server.root}/b.conf\n")
    (server.root / "b.conf").write_text("Timeout 5\n")
    text = server.run("-t", "-D", "DUMP_INCLUDES").stdout
    assert re.search(r"\(\*\) \S+server\.conf\n\s+\(\d+\) \S+a\.conf\n"
                     r"\s+\(1\) \S+b\.conf", text), text


def test_document_root_is_checked_unless_told(serve):
    server = serve("DocumentRoot {root}/nope", MODULES, run=False)
    assert server.run("-t").returncode != 0
    assert server.run("-T", "-t").returncode == 0


def test_relative_config_file(serve):
    """-f without a slash in front starts at ServerRoot."""
    server = serve("", MODULES, run=False)
    result = subprocess.run(
        [server.program, "-d", server.root, "-f", "server.conf", "-t"],
        text=True, capture_output=True, cwd="/", timeout=20)
    assert result.returncode == 0, result.stderr


def test_early_errors_go_to_the_file_of_E(serve):
    server = serve("NoSuchThing", MODULES, run=False)
    server.run("-t", "-E", str(server.root / "early"))
    assert "NoSuchThing" in (server.root / "early").read_text()


@pytest.mark.parametrize("config, pattern", [
    ("LoadModule headers_module {modules}/mod_headers.so",
     r"(?i)headers_module.*already loaded"),
])
def test_warnings_do_not_stop(serve, config, pattern):
    server = serve(config, MODULES, run=False)
    result = server.run("-t")
    assert result.returncode == 0
    assert re.search(pattern, result.stdout + result.stderr)


def test_no_mpm(serve):
    server = serve("Listen 127.0.0.1:{port}\nServerName x\n"
                   "ErrorLog {root}/error_log", preamble=False, run=False)
    result = server.run("-t")
    assert result.returncode != 0
    assert re.search("AH00534|(?i:no mpm)", result.stdout + result.stderr)
