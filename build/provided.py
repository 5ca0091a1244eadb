"""What an installed Cleat provides, as it tells itself with -L, and what the
configuration language of httpd 2.4 has (test/abi/tables).  Shared by
gen-parity.py and gen-directives.py."""
import csv
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass

TOP = pathlib.Path(__file__).resolve().parent.parent
TABLES = TOP / "test/abi/tables"
HEAD = re.compile(r"(<?[A-Za-z_][\w.]*)>? \(([\w.-]+)\)$")
MPM_HOMES = {"event": "mpm_event", "worker": "mpm_worker",
             "prefork": "mpm_prefork"}
# Directives that need another operating system than Linux.
ELSEWHERE = {"mod_isapi", "mod_nw_ssl", "mod_privileges", "mpm_netware",
             "mpm_winnt", "mpmt_os2"}
# Source files of records that are not called like their module.
RECORDS = {"util_ldap.c": "mod_ldap", "event.c": "mpm_event",
           "worker.c": "mpm_worker", "prefork.c": "mpm_prefork",
           "http_core.c": "core", "core.c": "core"}


@dataclass
class Directive:
    """One directive of one module, as -L prints it."""
    name: str           # as in the file: <Directory>, Listen
    module: str         # core, mod_alias, mpm_prefork
    help: str
    place: str          # outside, anywhere+htaccess ... as in the table
    override: str       # FileInfo, "" when no .htaccess may have it


def key(name):
    return name.lower().rstrip(">")


def table(name):
    with open(TABLES / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))


def notes(path):
    """Lines of a hand-written table: words separated by tabs."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines
            if line.strip() and not line.startswith("#")]


def built_modules():
    """{name: (kind, purpose)} of modules/modules.txt."""
    found = {}
    for line in (TOP / "modules/modules.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            name, kind, _, _, purpose = line.split(None, 4)
            found[name] = (kind, purpose)
    return found


def identifier(name):
    return name + "_module"


def configuration(prefix, mpm, names, root):
    modules = prefix / "lib/cleat/modules"
    lines = [f"ServerRoot {root}", f"DefaultRuntimeDir {root}",
             "ServerName localhost", f"ErrorLog {root}/error_log",
             "Listen 127.0.0.1:65535",
             f"LoadModule {identifier(mpm)} {modules}/mod_{mpm}.so"]
    lines += [f"LoadModule {identifier(name)} {modules}/mod_{name}.so"
              for name in names]
    return "\n".join(lines) + "\n"


def ask(prefix, mpm, names):
    """The text of -L with these modules loaded."""
    with tempfile.TemporaryDirectory() as root:
        config = pathlib.Path(root) / "all.conf"
        config.write_text(configuration(prefix, mpm, names, root))
        answer = subprocess.run(
            [prefix / "sbin/cleat", "-L", "-f", config], text=True,
            capture_output=True, timeout=60, check=False,
            env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))
    if answer.returncode:
        raise SystemExit(f"cleat -L failed:\n{answer.stderr}")
    return answer.stdout


def place_of(text):
    """-L's sentence about contexts in the words of the table."""
    place = "outside" if "only outside" in text else \
        "inside" if "only inside" in text else "anywhere"
    if "[no per-dir config]" in text:
        place += "[no-per-dir]"
    return place + ("+htaccess" if "in .htaccess" in text else "")


def override_of(text):
    found = re.search(r"when AllowOverride (includes|isn't) (.*)", text)
    if not found:
        return ""
    return "All" if found[1] == "isn't" else found[2].replace(" or ", ", ")


def parse(text):
    """-L's text as directives."""
    blocks, current = [], None
    for line in text.splitlines():
        head = HEAD.match(line)
        if head:
            current = [head[1], head[2]]
            blocks.append(current)
        elif current:
            current.append(line.strip())
    for name, record, *rest in blocks:
        at = next(n for n, line in enumerate(rest)
                  if line.startswith("Allowed in"))
        about = " ".join(rest[at:])
        if name.startswith("<"):
            name += ">"
        yield Directive(name, RECORDS.get(record, record.removesuffix(".c")),
                        " ".join(rest[:at]), place_of(about),
                        override_of(about))


def modules_in(prefix):
    """(MPMs, other modules) that are installed and ours."""
    ours = built_modules()
    names = sorted(path.stem[4:] for path in
                   (prefix / "lib/cleat/modules").glob("mod_*.so"))
    names = [name for name in names if name in ours]
    return ([n for n in names if n.startswith("mpm_")],
            [n for n in names if not n.startswith("mpm_")])


def provided(prefix):
    """Every directive of the installed program with all its modules; those
    of each MPM are asked for in a run of their own."""
    mpms, names = modules_in(prefix)
    found = {}
    for mpm in mpms:
        for one in parse(ask(prefix, mpm, names)):
            found.setdefault((key(one.name), one.module), one)
    return list(found.values())


def is_at_home(row, module):
    """Is this the module that the table has the directive in?"""
    home = row["module"]
    if home == "(undocumented)":
        home = row["binary_providers"].split(",")[0].removesuffix(".so")
        home = home.replace("mod_mpm_", "mpm_").split(":")[0]
    if home == "mpm_common" or home.startswith("mpm_"):
        return module.startswith("mpm") or module == "core"
    return module == MPM_HOMES.get(home, home)


def rows_of(directives):
    """{(key, module): row of the table} for the directives given."""
    by_name = {}
    for row in table("directives.tsv"):
        by_name.setdefault(key(row["directive"]), []).append(row)
    return {(key(d.name), d.module):
            next((row for row in by_name.get(key(d.name), [])
                  if is_at_home(row, d.module)), None)
            for d in directives}


def write(script, result, make):
    """Command line of a generator: [--check] [PREFIX]."""
    words = [word for word in sys.argv[1:] if word != "--check"]
    prefix = words[0] if words else os.environ.get("CLEAT_PREFIX")
    if not prefix or not pathlib.Path(prefix, "sbin/cleat").exists():
        raise SystemExit(f"usage: {script} [--check] PREFIX (of an installed "
                         "Cleat; or set CLEAT_PREFIX)")
    text = make(pathlib.Path(prefix).resolve())
    path = TOP / result
    if "--check" in sys.argv:
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            raise SystemExit(f"{result} is out of date; run build/{script}")
        return
    path.write_text(text, encoding="utf-8")
