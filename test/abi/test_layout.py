"""Structs, enums, typedefs and numbers of the installed headers are laid out
as httpd 2.4's: everything is compiled once, each group is one test."""
import re
import subprocess

import pytest

from installed import compiler, compiler_flags, prefix
from layout_source import source

SOURCE = source()
GROUPS = list(dict.fromkeys(group for _, group in SOURCE if group))


def run(command):
    return subprocess.run(command, text=True, capture_output=True, check=False)


@pytest.fixture(scope="module")
def problems(tmp_path_factory):
    """{group: [what is wrong]}; the key None is what belongs to no group."""
    directory = tmp_path_factory.mktemp("layout")
    path = directory / "layout.c"
    path.write_text("\n".join(line for line, _ in SOURCE) + "\n")
    compiled = run([compiler(), "-std=gnu2x", "-fmax-errors=0", "-w",
                    *compiler_flags(), "-o", directory / "layout", path])
    found = {}
    for line, text in re.findall(r"^\S*layout\.c:(\d+):\S* error: (.*)$",
                                 compiled.stderr, re.M):
        found.setdefault(SOURCE[int(line) - 1][1], []).append(text)
    if compiled.returncode and not found:
        found[None] = [compiled.stderr]
    if not compiled.returncode:
        for line in run([directory / "layout"]).stdout.splitlines():
            group, _, text = line.partition(": ")
            found.setdefault(group, []).append(text)
    return found


@pytest.mark.parametrize("group", GROUPS)
def test_layout(problems, group):
    assert not problems.get(None)
    assert not problems.get(group)


# Names of theirs are words of C++: public, private, namespace.
C_ONLY = {"cache_common.h", "mod_cache.h", "mod_dav.h"}


@pytest.mark.parametrize("header", sorted(
    path.name for path in (prefix() / "include/cleat").glob("*.h")
    if path.name not in C_ONLY))
def test_header_stands_alone_in_cplusplus(header, tmp_path):
    path = tmp_path / "header.cc"
    path.write_text(f'#include "{header}"\n')
    result = run(["g++", "-fsyntax-only", "-w", *compiler_flags(), path])
    assert result.returncode == 0, result.stderr
