"""Structs, enums, typedefs and numbers of the installed headers are laid out
as httpd 2.4's: everything is compiled once, each group is one test."""
import subprocess

import pytest

from installed import compiler_flags, prefix
from layout_check import GROUPS, problems


@pytest.mark.parametrize("group", GROUPS)
def test_layout(group):
    assert not problems().get(None)
    assert not problems().get(group)


# Names of theirs are words of C++: public, private, namespace.
C_ONLY = {"cache_common.h", "mod_cache.h", "mod_dav.h"}


@pytest.mark.parametrize("header", sorted(
    path.name for path in (prefix() / "include/cleat").glob("*.h")
    if path.name not in C_ONLY))
def test_header_stands_alone_in_cplusplus(header, tmp_path):
    path = tmp_path / "header.cc"
    path.write_text(f'#include "{header}"\n')
    result = subprocess.run(
        ["g++", "-fsyntax-only", "-w", *compiler_flags(), path], text=True,
        capture_output=True, check=False)
    assert result.returncode == 0, result.stderr
