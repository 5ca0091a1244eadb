"""apxs: query, compile, install, activate, generate."""
import os
import subprocess

import pytest

from harness import prefix

SOURCE = """
#include "httpd.h"
#include "http_config.h"
extern const char *two_word(void);
static void hooks(apr_pool_t *p) { (void)p; (void)two_word(); }
AP_DECLARE_MODULE(two) = { STANDARD20_MODULE_STUFF, 0, 0, 0, 0, 0, hooks, 0 };
"""
PART = 'const char *two_word(void) { return WORD; }\n'
CONFIG = """ServerRoot /nowhere
LoadModule a_module lib/cleat/modules/mod_a.so
<IfDefine x>
    LoadModule b_module lib/cleat/modules/mod_b.so
</IfDefine>
Listen 80
"""


def apxs(*args, check=True, **kwargs):
    result = subprocess.run(
        [prefix() / "bin/apxs", *args], text=True, capture_output=True,
        check=False, **kwargs)
    assert not check or result.returncode == 0, result.stderr
    return result


def query(*names):
    return apxs("-q", *names).stdout.rstrip("\n")


@pytest.fixture
def built(tmp_path):
    """A folder with mod_two.so and a tree to install it into."""
    (tmp_path / "mod_two.c").write_text(SOURCE)
    (tmp_path / "part.c").write_text(PART)
    apxs("-c", '-DWORD="a \'b\' c"', "-Wc,-Wall -Werror", "-lm", "mod_two.c",
         "part.c", cwd=tmp_path)
    config = tmp_path / "root" / query("SYSCONFDIR").lstrip("/") / "cleat.conf"
    config.parent.mkdir(parents=True)
    config.write_text(CONFIG)
    return tmp_path, config


def put(built, *args):
    directory, config = built
    apxs(*args, cwd=directory,
         env=dict(os.environ, DESTDIR=str(directory / "root")))
    return config.read_text()


def test_query_answers_one_many_and_all():
    assert query("INCLUDEDIR") == f"{prefix()}/include/cleat"
    assert query("LIBEXECDIR", "TARGET") == \
        f"{prefix()}/lib/cleat/modules;;cleat"
    lines = query().splitlines()
    assert "HTTPD_MMN=20120211" in lines and f"SBINDIR={prefix()}/sbin" in lines
    assert apxs("-q", "-v", "TARGET").stdout == "TARGET=cleat\n"


def test_query_overrides_and_unknown_names():
    assert apxs("-q", "-S", "CC=mycc -m", "CC").stdout == "mycc -m\n"
    wrong = apxs("-q", "NO_SUCH", check=False)
    assert wrong.returncode == 1 and '"NO_SUCH"' in wrong.stderr


def test_compile_leaves_what_makefiles_look_for(built):
    directory, _ = built
    for name in ("mod_two.so", "mod_two.la", ".libs/mod_two.so"):
        assert (directory / name).exists()


def test_compile_error_fails(tmp_path):
    (tmp_path / "mod_bad.c").write_text("#error no\n")
    assert apxs("-c", "mod_bad.c", cwd=tmp_path, check=False).returncode == 1
    assert not (tmp_path / "mod_bad.so").exists()


@pytest.mark.parametrize("file", ["mod_two.so", "mod_two.la"])
def test_install_and_activate(built, file):
    text = put(built, "-i", "-a", file)
    where = query("LIBEXECDIR").lstrip("/")
    assert (built[0] / "root" / where / "mod_two.so").exists()
    assert text.splitlines()[1:3] == [
        "LoadModule a_module lib/cleat/modules/mod_a.so",
        "LoadModule two_module lib/cleat/modules/mod_two.so"]


def test_activation_replaces_the_older_line(built):
    put(built, "-e", "-A", "-n", "two", "mod_two.so")
    text = put(built, "-e", "-a", "mod_two.so")
    assert text.count("two_module") == 1 and "#LoadModule" not in text


def test_generated_module_passes_its_own_test(tmp_path):
    apxs("-g", "-n", "tea_pot", cwd=tmp_path)
    result = subprocess.run(["make", "-s", "check"], cwd=tmp_path / "tea_pot",
                            text=True, capture_output=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    again = apxs("-g", "-n", "tea_pot", cwd=tmp_path, check=False)
    assert again.returncode == 1 and "exists" in again.stderr
