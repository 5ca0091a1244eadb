"""The tables of the contract, and what the installed tree holds."""
import functools
import os
import pathlib
import subprocess

from harness import prefix

TABLES = pathlib.Path(__file__).resolve().parent / "tables"
TOP = TABLES.parent.parent.parent


@functools.cache
def rows(table):
    """A table as a list of dicts."""
    with open(TABLES / table, encoding="utf-8") as text:
        lines = [line.rstrip("\n").split("\t") for line in text]
    head, *lines = lines
    return [dict(zip(head, line + [""] * (len(head) - len(line))))
            for line in lines]


def grouped(items, key):
    groups = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def compiler_flags():
    def ask(*command):
        return subprocess.check_output(command, text=True).split()
    return [f"-I{prefix()}/include/cleat",
            *ask("apr-1-config", "--cppflags", "--includes"),
            *ask("apr-1-config", "--includes"),
            *ask("apu-1-config", "--includes")]


def compiler():
    return os.environ.get("CC", "gcc")


@functools.cache
def exported(path):
    """The names a program or shared object defines for others."""
    text = subprocess.check_output(
        ["nm", "-D", "--defined-only", str(path)], text=True)
    return {line.split()[-1].split("@")[0] for line in text.splitlines()}


def program():
    return prefix() / "sbin/cleat"


def shared_object(binary):
    """Our file for Debian's, or None if we have no such module."""
    path = prefix() / "lib/cleat/modules" / binary
    return path if path.exists() else None


def static_modules():
    text = subprocess.check_output([program(), "-l"], text=True)
    return {line.strip() for line in text.splitlines()[1:]}


@functools.cache
def modules():
    """Rows of modules.tsv for the modules of this installation."""
    static = static_modules()
    return [row for row in rows("modules.tsv")
            if row["source_name"] in static
            or (row["debian_binary"].endswith(".so")
                and shared_object(row["debian_binary"]))]


def can_load(row):
    """A shared object but an MPM, and one with a record: a module without one
    is test_modules' to report."""
    binary = row["debian_binary"]
    return (binary.endswith(".so") and not binary.startswith("mod_mpm_")
            and row["identifier"] in exported(shared_object(binary)))


def loading_order():
    """Names of shared objects, each behind those it depends on."""
    known = {row["debian_binary"].removeprefix("mod_").removesuffix(".so"): row
             for row in modules() if can_load(row)}
    order = []

    def place(name):
        if name in order or name not in known:
            return
        kind, _, needs = known[name]["load_deps"].partition(": ")
        if kind == "Depends":
            for need in needs.split():
                place(need)
        order.append(name)

    for name in known:
        place(name)
    return order
