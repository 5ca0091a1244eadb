"""Every public function, datum and hook is in the dynamic symbol table of
the program, or of the module that exports it in httpd."""
import pytest

from installed import exported, grouped, program, rows, shared_object

KINDS = {"function", "data", "hook-get", "hook-register", "hook-run"}
PUBLIC = [row for row in rows("api-functions.tsv")
          if row["kind"] in KINDS and row["header"] != "(none)"]
CORE = grouped((row for row in PUBLIC
                if row["exported_by"].split(",")[0] == "core"),
               lambda row: row["header"])
MODULES = grouped((row for row in PUBLIC
                   if row["exported_by"].endswith(".so")
                   and not row["exported_by"].startswith("core")
                   and shared_object(row["exported_by"])),
                  lambda row: row["exported_by"])


@pytest.mark.parametrize("header", CORE)
def test_program_exports(header):
    missing = [row["name"] for row in CORE[header]
               if row["name"] not in exported(program())]
    assert not missing


def test_modules_export():
    missing = {binary: [row["name"] for row in public
                        if row["name"] not in exported(shared_object(binary))]
               for binary, public in MODULES.items()}
    assert not any(missing.values()), missing


def test_nothing_private_is_exported():
    """cl_* is for us alone; only the record cleat_core_module shows."""
    private = {name for name in exported(program()) if name.startswith("cl_")}
    assert not private
