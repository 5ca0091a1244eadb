"""One server with every module, asked once, for all tests of this folder."""
import pathlib
import subprocess
import sys
import tempfile
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from harness import Server, prefix  # noqa: E402
from installed import TOP, loading_order, rows  # noqa: E402


# What modules insist on before the server starts.
NEEDED = """
<IfModule mod_mime.c>
    TypesConfig /dev/null
</IfModule>
"""


class Report:
    """What test/probes/mod_abi_report.c wrote."""

    def __init__(self, text):
        self.modules, self.directives, self.hooks = {}, {}, {}
        for line in text.splitlines():
            kind, *fields = line.split("\t")
            if kind == "module":
                self.modules[fields[0]] = fields[1:]
            elif kind == "directive":
                self.directives.setdefault(fields[0], {})[
                    fields[1].lower()] = tuple(map(int, fields[2:]))
            else:
                self.hooks.setdefault(fields[1], []).append(
                    (fields[0], *fields[2:]))


def build_probe(directory):
    apxs = prefix() / "bin/apxs"
    source = TOP / "test/probes/mod_abi_report.c"
    subprocess.run(
        [apxs, "-c", "-Wc,-std=gnu2x", "-o", "mod_abi_report.so", source],
        cwd=directory, check=True, capture_output=True)
    return directory / "mod_abi_report.so"


@pytest.fixture(scope="session")
def everything():
    """A Server (not started) whose configuration loads all modules."""
    with tempfile.TemporaryDirectory(prefix="cleat-abi-") as name:
        root = pathlib.Path(name)
        root.chmod(0o755)
        probe = build_probe(root)
        getters = sorted({row["name"] for row in rows("api-functions.tsv")
                          if row["kind"] == "hook-get"})
        yield Server(root / "server", f"""
            LoadModule abi_report_module {probe}
            AbiReportFile {root}/report
            AbiReportHooks {" ".join(getters)}
            """ + NEEDED, modules=loading_order())


@pytest.fixture(scope="session")
def report(everything):
    path = everything.root.parent / "report"
    with everything:
        for _ in range(200):
            if path.exists():
                return Report(path.read_text())
            time.sleep(0.05)
    raise RuntimeError("no report: " + everything.log())


@pytest.fixture(scope="session")
def listing(everything):
    """cleat -L as {(source, name): [lines]}."""
    found, lines = {}, []
    for line in everything.run("-L").stdout.splitlines():
        if not line.startswith("\t"):
            name, _, source = line.partition(" (")
            lines = found.setdefault((source.rstrip(")"), name.lower()), [])
        else:
            lines.append(line.strip())
    return found
