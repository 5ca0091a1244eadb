"""Module records: identifiers, source names, versions, sizes, flags."""
import re
import subprocess

import pytest

from installed import modules, program, shared_object

NAMES = [row["module"] for row in modules()]
ROWS = {row["module"]: row for row in modules()}
RECORD_SIZE = 112


def record_of(row):
    """(type letter, size) of the record in its binary."""
    path = shared_object(row["debian_binary"]) or program()
    text = subprocess.check_output(["nm", "-D", "-S", str(path)], text=True)
    found = re.search(rf"^\w+ (\w+) (\w) {row['identifier']}$", text, re.M)
    assert found, f"{path} has no {row['identifier']}"
    return found[2], int(found[1], 16)


@pytest.mark.parametrize("name", NAMES)
def test_record_is_writable_data(name):
    assert record_of(ROWS[name]) == ("D", RECORD_SIZE)


@pytest.mark.parametrize("name", [
    name for name in NAMES if not name.startswith("mpm_")
    and ROWS[name]["status"] != "MPM"])
def test_loaded_record(report, name):
    row = ROWS[name]
    version, minor, _, cookie, flags = report.modules[row["source_name"]]
    assert (version, minor, cookie) == ("20120211", "142", "41503234")
    assert flags == (row["module_flags"] or "0")


def test_core_has_index_0(report):
    assert report.modules["core.c"][2] == "0"
