"""Pages about the server itself, compared by what they tell and not by their
numbers, as the design of our pages is our own: mod_status, mod_info,
mod_unique_id; and mod_echo's protocol."""
import re

import pytest
from harness import raw

from .pair import Group, case
from .test_settings import ALL

FILES = {"a.txt": "a\n"}
STATUS = Group("status", ALL + "<Location /status>\nSetHandler server-status\n"
               "</Location>\nExtendedStatus On\n", [], ("status", "dir"),
               FILES)
PLAIN = Group("status-plain", ALL + "<Location /status>\nSetHandler "
              "server-status\n</Location>\nExtendedStatus Off\n", [],
              ("status", "dir"), FILES)
INFO = Group("info", ALL + "<Location /info>\nSetHandler server-info\n"
             "</Location>\nAddModuleInfo mod_dir.c \"about <b>dir</b>\"\n",
             [], ("info", "dir", "alias"), FILES)
UNIQUE = Group("unique-id", ALL + "Header set X-Id %{UNIQUE_ID}e\n",
               [], ("unique_id", "headers"), FILES)
ECHO = Group("echo", "ProtocolEcho On\n", [], ("echo",), FILES)
GROUPS = []


def both(pair, one):
    theirs, ours = pair.ask(one)
    return theirs.responses[0], ours.responses[0]


@pytest.mark.parametrize("group", (STATUS, PLAIN), ids=lambda g: g.name)
@pytest.mark.parametrize("target", ("/status?auto", "/status?auto&notable"))
def test_auto_has_the_same_keys(pair_for, group, target):
    pair = pair_for(group)
    both(pair, case("/a.txt"))
    theirs, ours = both(pair, case(target))

    def keys(response):
        return [line if "Generation" in line else line.split(":")[0]
                for line in response.text.splitlines()[1:]]
    assert keys(ours) == keys(theirs)
    assert ours.get("Content-Type") == theirs.get("Content-Type")


@pytest.mark.parametrize("target", ("/status", "/status?refresh=5",
                                    "/status?notable", "/status?refresh"))
@pytest.mark.parametrize("group", (STATUS, PLAIN), ids=lambda g: g.name)
def test_page_has_the_same_structure(pair_for, group, target):
    pair = pair_for(group)
    both(pair, case("/a.txt"))
    theirs, ours = both(pair, case(target))

    def facts(response):
        """What the page tells: names of facts, columns, explanations."""
        return (re.findall(r"<dt>([A-Za-z. ]+):", response.text),
                re.findall(r"<th[^>]*>(\w+)\s*</th>", response.text),
                re.findall(r"<code>(.)</code></b>&?\"", response.text),
                re.findall(r"<h1>(?:Apache )?([^<]*)</h1>", response.text))
    assert ours.status == theirs.status
    assert [k for k, v in ours.headers if k != "Content-Length"] \
        == [k for k, v in theirs.headers if k != "Content-Length"]
    assert ours.get("Refresh") == theirs.get("Refresh")
    assert facts(ours) == facts(theirs)


@pytest.mark.parametrize("method", ("HEAD", "POST", "PUT", "OPTIONS"))
def test_status_answers_methods_alike(pair_for, method):
    theirs, ours = both(pair_for(STATUS), case(f"{method} /status?auto "
                                               "HTTP/1.1"))
    assert ours.status == theirs.status


@pytest.mark.parametrize("target", (
    "/info", "/info?server", "/info?config", "/info?list", "/info?hooks",
    "/info?providers", "/info?mod_dir.c", "/info?mod_alias.c", "/info?none"))
def test_info_has_the_same_sections(pair_for, target):
    theirs, ours = both(pair_for(INFO), case(target))

    def anchors(response):
        return set(re.findall(r'(?:name|id)="(mod_dir\.c|mod_alias\.c|server)"',
                              response.text))
    assert ours.status == theirs.status
    assert anchors(ours) == anchors(theirs)
    assert ours.get("Content-Type") == theirs.get("Content-Type")


def test_unique_ids_have_the_same_shape_and_differ(pair_for):
    pair = pair_for(UNIQUE)
    ids = [[], []]
    for _ in range(20):
        for known, response in zip(ids, both(pair, case("/a.txt"))):
            known.append(response.get("X-Id"))
    for known in ids:
        assert len(set(known)) == 20
        assert all(re.fullmatch(r"[A-Za-z0-9@_-]+", one) for one in known)
    assert {len(one) for one in ids[0]} == {len(one) for one in ids[1]}


@pytest.mark.parametrize("data", (b"hello\r\n", b"a", b"\0\1\2\n" * 1000, b""))
def test_echo_sends_back_the_same(pair_for, data):
    pair = pair_for(ECHO)
    theirs, ours = (raw(server.port, data) for server in pair.servers)
    assert ours == theirs == data
