"""Documents and examples agree with the program and with each other."""
import ast
import os
import pathlib
import re
import subprocess
import sys

import pytest

from harness import prefix

TOP = pathlib.Path(__file__).resolve().parents[3]
BUILT = ("_build", ".git", "autom4te.cache")
PAGES = sorted(path for path in TOP.rglob("*.md")
               if not path.relative_to(TOP).parts[0].startswith(BUILT))
EXTRA = sorted((prefix() / "etc/cleat/extra").glob("*.conf"))
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")

sys.path.insert(0, str(TOP / "build"))

import provided  # noqa: E402


def name(path):
    return path.relative_to(TOP).as_posix()


def prose(path):
    """A page without its blocks and words of code."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"),
                  flags=re.M | re.S)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(path):
    """The anchors of a page's headings, as GitHub makes them."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"),
                  flags=re.M | re.S)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
            for heading in re.findall(r"^#+ (.*)$", text, re.M)}


@pytest.mark.parametrize("script", ["gen-directives.py", "gen-parity.py"])
def test_generated_pages_are_up_to_date(script):
    result = subprocess.run(
        [sys.executable, TOP / "build" / script, "--check", prefix()],
        text=True, capture_output=True, check=False,
        env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1"))
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page):
    wrong = []
    # paragraphs of the reference are read as part of docs/directives.md
    base = page.parent.parent if page.parent.name == "directives" \
        else page.parent
    for target in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = base / file if file else page
        if not there.exists():
            wrong.append(target)
        elif anchor and anchor not in anchors(there):
            wrong.append(target)
    assert not wrong


@pytest.mark.parametrize("path", sorted((TOP / "docs/directives").glob("*.md")),
                         ids=lambda path: path.stem)
def test_a_paragraph_belongs_to_a_directive(path):
    known = {provided.key(row["directive"])
             for row in provided.table("directives.tsv")}
    word = path.stem.removesuffix("-section").lower()
    wanted = "<" + word if path.stem.endswith("-section") else word
    assert wanted in known


def test_intended_differences_are_told():
    """Each section that a rule of the differential tests cites is named in
    the page about HTTP."""
    rules = (TOP / "test/differential/intended.py").read_text(encoding="utf-8")
    page = (TOP / "docs/http-subset.md").read_text(encoding="utf-8")
    told = page[page.index("## Where Cleat differs"):]
    reasons = [node.args[0].value for node in ast.walk(ast.parse(rules))
               if isinstance(node, ast.Call)
               and getattr(node.func, "id", "") == "rule"]
    cited = {found for reason in reasons
             for found in re.findall(r"RFC \d+ \d[\d.]*\d", reason)}
    assert cited and not {one for one in cited if one not in told}


def test_every_document_is_installed():
    installed = {path.name for path in
                 (prefix() / "share/cleat/docs").glob("*.md")}
    assert installed == {path.name for path in (TOP / "docs").glob("*.md")}


@pytest.mark.parametrize("room", sorted(
    path for folder in ("server", "modules", "support", "conf", "test",
                        "build", "docs")
    for path in ([TOP / folder] if folder != "server" else
                 (TOP / folder).iterdir()) if path.is_dir()), ids=name)
def test_every_room_has_a_page(room):
    assert (room / "README.md").exists()


def test_every_example_is_installed():
    sources = {path.name.removesuffix(".in") for path in
               (TOP / "conf/extra").glob("*.conf*")}
    assert {path.name for path in EXTRA} == sources


@pytest.mark.parametrize("example", EXTRA, ids=lambda path: path.stem)
def test_example_is_accepted(serve, example):
    """In a configuration that has nothing but what the example brings."""
    server = serve('Alias "/icons/" "{root}/"\n', ["alias", "authz_core",
                                                   "authz_host"], run=False)
    result = server.run("-t", "-c", f"Include {example}")
    assert result.returncode == 0, result.stderr
    assert "Syntax OK" in result.stderr


def test_examples_go_together(serve):
    """All of them at once, in the installed configuration's company."""
    server = serve("", ["authz_core", "authz_host"], run=False)
    words = [word for path in EXTRA for word in ("-c", f"Include {path}")]
    result = server.run("-t", *words)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("page", ["cleat.8", "cleatctl.8", "apxs.1"])
def test_manual_page_has_its_sections(page):
    text = (TOP / "docs/man" / page).read_text(encoding="utf-8")
    for section in ("NAME", "SYNOPSIS", "DESCRIPTION", "SEE ALSO"):
        assert f".SH {section}" in text


def test_manual_page_has_every_option():
    """cleat -h and cleat(8) list the same letters."""
    usage = subprocess.run([prefix() / "sbin/cleat", "-h"], text=True,
                           capture_output=True, check=False)
    letters = set(re.findall(r"^  -(\w)", usage.stdout + usage.stderr, re.M))
    page = (TOP / "docs/man/cleat.8").read_text(encoding="utf-8")
    described = set(re.findall(r"^\.(?:BI|BR|B) \\-(\w)", page, re.M))
    assert letters and letters == described


def test_manual_page_has_every_verb():
    """cleatctl help and cleatctl(8) list the same verbs."""
    usage = subprocess.run([prefix() / "bin/cleatctl", "help"], text=True,
                           capture_output=True, check=False)
    verbs = set(re.findall(r"^  ([a-z-]+)  ", usage.stdout, re.M))
    page = (TOP / "docs/man/cleatctl.8").read_text(encoding="utf-8")
    described = set(re.findall(r"^\.TP\n\.B ([a-z-]+)$", page, re.M))
    assert verbs and verbs == described
