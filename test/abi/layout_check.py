"""Compile the layout checks against the installed headers, once."""
import functools
import pathlib
import re
import subprocess
import tempfile

from installed import compiler, compiler_flags
from layout_source import group_of, source

__all__ = ["GROUPS", "group_of", "problems"]
SOURCE = source()
GROUPS = list(dict.fromkeys(group for _, group in SOURCE if group))


def run(*command):
    return subprocess.run(command, text=True, capture_output=True, check=False)


@functools.cache
def problems():
    """{group: [what is wrong]}; the key None is what belongs to no group."""
    with tempfile.TemporaryDirectory() as name:
        return find_problems(pathlib.Path(name))


def find_problems(directory):
    path = directory / "layout.c"
    path.write_text("\n".join(line for line, _ in SOURCE) + "\n")
    compiled = run(compiler(), "-std=gnu2x", "-fmax-errors=0", "-w",
                   *compiler_flags(), "-o", directory / "layout", path)
    found = {}
    for line, text in re.findall(r"^\S*layout\.c:(\d+):\S* error: (.*)$",
                                 compiled.stderr, re.M):
        found.setdefault(SOURCE[int(line) - 1][1], []).append(text)
    if compiled.returncode:
        return found or {None: [compiled.stderr]}
    for line in run(directory / "layout").stdout.splitlines():
        group, _, text = line.partition(": ")
        found.setdefault(group, []).append(text)
    return found
