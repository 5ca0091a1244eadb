"""Every public macro is defined by its header, in the installed tree."""
import re
import subprocess

import pytest

from harness import prefix
from installed import compiler, compiler_flags, grouped, rows

HEADERS = grouped((row for row in rows("api-macros.tsv")
                   if row["header"].endswith(".h")
                   and re.fullmatch(r"\w+", row["name"])),
                  lambda row: row["header"])


def defined_by(header):
    text = subprocess.run(
        [compiler(), "-std=gnu2x", "-dM", "-E", "-x", "c", "-",
         *compiler_flags()], input=f'#include "{header}"\n', text=True,
        check=True, capture_output=True).stdout
    return dict(re.findall(r"^#define (\w+)(.*)$", text, re.M))


@pytest.mark.parametrize("header", HEADERS)
def test_macros(header):
    assert (prefix() / "include/cleat" / header).exists()
    macros = defined_by(header)
    missing = [row["name"] for row in HEADERS[header]
               if row["name"] not in macros]
    assert not missing


@pytest.mark.parametrize("header", HEADERS)
def test_function_like_macros_take_arguments(header):
    macros = defined_by(header)
    wrong = [row["name"] for row in HEADERS[header]
             if row["kind"] == "function-like"
             and not macros.get(row["name"], "(").startswith("(")]
    assert not wrong


def test_probe_points_are_empty():
    macros = defined_by("apache_noprobes.h")
    for hook in ("HANDLER", "POST_CONFIG", "PRE_CONNECTION"):
        for what in ("ENTRY", "RETURN", "DISPATCH_INVOKE",
                     "DISPATCH_COMPLETE"):
            assert macros[f"AP_{hook}_{what}"] == "(...) "
            assert macros[f"AP_{hook}_{what}_ENABLED"] == "() (0)"
