"""curl, a headless Chromium and a raw socket get the same answers."""
import hashlib
import html
import json
import re
import subprocess

import pytest

from harness import request

MODULES = ["authz_core", "dir", "alias", "headers", "setenvif", "env",
           "expires", "filter", "deflate"]

CONFIG = """
<Directory />
    AllowOverride None
    Options FollowSymLinks
    Require all granted
</Directory>
Redirect /moved /plain.txt
Redirect gone /gone
Header set X-Test "one two"
Header append Vary X-Other "expr=%{REQUEST_URI} =~ m#^/vary#"
<Location /secret>
    Require all denied
</Location>
<Location /packed>
    SetOutputFilter DEFLATE
</Location>
ErrorDocument 404 "nothing at this place"
"""

# target, expected status (after redirects, as browsers follow them)
TARGETS = [
    ("/plain.txt", 200), ("/plain.txt?x=1&y=%20", 200), ("/empty.txt", 200),
    ("/big.bin", 200), ("/dir/", 200), ("/dir", 200), ("/moved", 200),
    ("/gone", 410), ("/none", 404), ("/secret/x", 403), ("/vary.txt", 200),
    ("/packed/text.txt", 200), ("/sp%20ace.txt", 200),
    ("/%C3%A4.txt", 200), ("/dir/../plain.txt", 200), ("/a//b.txt", 200),
]

PROBE = """<!DOCTYPE html><title>probe</title><pre id="out">waiting</pre>
<script>
const targets = %s;
async function probe(target) {
    const answer = await fetch(target, {cache: "no-store"});
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    return {target, status: answer.status, length: bytes.length,
        type: answer.headers.get("content-type"),
        test: answer.headers.get("x-test"),
        sha256: Array.from(new Uint8Array(digest),
            b => b.toString(16).padStart(2, "0")).join("")};
}
Promise.all(targets.map(probe)).then(all =>
    document.getElementById("out").textContent = JSON.stringify(all));
</script>
"""


@pytest.fixture
def site(serve):
    server = serve(CONFIG, modules=MODULES, run=False)
    server.announced.add("AH01630")         # the refused /secret
    server.put("plain.txt", "plain text\n")
    server.put("empty.txt", "")
    server.put("big.bin", bytes(range(256)) * 8192)
    server.put("dir/index.html", "<p>index of dir</p>\n")
    server.put("vary.txt", "vary\n")
    server.put("packed/text.txt", "pack me " * 2000)
    server.put("sp ace.txt", "blank\n")
    server.put("ä.txt", "umlaut\n")
    server.put("a/b.txt", "b\n")
    server.put("probe.html",
               PROBE % json.dumps([target for target, _ in TARGETS]))
    return server.start()


def ask_chromium(server, directory):
    """What fetch() in a page of the server sees, by target."""
    output = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu",
         "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update",
         "--disable-sync", f"--user-data-dir={directory}",
         "--virtual-time-budget=20000", "--dump-dom",
         f"http://localhost:{server.port}/probe.html"],
        capture_output=True, text=True, timeout=120, check=True).stdout
    found = re.search(r'<pre id="out">(.*?)</pre>', output, re.S)
    assert found, output
    return {row["target"]: row for row in json.loads(
        html.unescape(found.group(1)))}


def ask_curl(server, target):
    head = server.root / "curl.head"
    body = subprocess.run(
        ["curl", "-s", "-L", "--compressed", "-D", head,
         "--path-as-is" if "/../" not in target else "--globoff",
         f"http://localhost:{server.port}{target}"],
        capture_output=True, check=True).stdout
    last = head.read_text().replace("\r", "").strip().split("\n\n")[-1]
    fields = dict(line.lower().split(": ", 1) for line in
                  last.splitlines()[1:] if ": " in line)
    return {"status": int(last.split()[1]), "length": len(body),
            "type": fields.get("content-type"), "test": fields.get("x-test"),
            "sha256": hashlib.sha256(body).hexdigest()}


def test_chromium_and_curl_see_the_same(site, tmp_path):
    browser = ask_chromium(site, tmp_path / "profile")
    for target, status in TARGETS:
        seen = browser[target]
        assert seen["status"] == status, target
        curl = ask_curl(site, target)
        for key in ("status", "length", "type", "test", "sha256"):
            assert seen[key] == curl[key], (target, key)


@pytest.mark.parametrize("target,status", [
    row for row in TARGETS if row[0] not in ("/dir", "/moved")])
def test_a_raw_socket_sees_the_same_as_curl(site, target, status):
    raw = request(site.port, target)
    curl = ask_curl(site, target)
    assert raw.status == status == curl["status"]
    assert len(raw.body) == curl["length"]
    assert hashlib.sha256(raw.body).hexdigest() == curl["sha256"]
