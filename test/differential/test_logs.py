"""Access logs: the same requests must leave the same lines."""
import re
import time

from .pair import Group, case, raw
from .test_settings import ALL

FILES = {"index.html": "index\n", "a.txt": "0123456789\n", "empty": "",
         "sub/index.html": "sub\n", "big.bin": "x" * 300000,
         "error.html": "<p>error</p>\n"}
SAME = """%% %a %{c}a %A %b %B %{c1}C %{c2}C %{nope}C %{YES}e %{NOPE}e %f %h
%{c}h %H %{User-Agent}i %{Referer}i %{X-Odd}i %{Nope}i %k %l %m
%{Location}o %{Content-Type}o %{Content-Length}o %{Nope}o %p %{canonical}p
%{local}p %q %r %R %s %>s %<s %u %U %>U %v %V %X %I %O %S %{X-T}^ti %{X-T}^to
%{note}n %200s %!200s %404{Referer}i %!200,304{Referer}i %400,501{User-Agent}i
%>u %<u %<m %>m %<q %>q %<f %>f %<b %{VARNAME}e %h-%u %{X-Quote}i
%{ratio}n""".split()
SHAPE = """%t %{sec}t %{msec}t %{usec}t %{msec_frac}t %{usec_frac}t %D %T %{s}T
%{ms}T %{us}T %P %{pid}P %{tid}P %{hextid}P %{remote}p %L %{%Y-%m-%d}t
%{begin:%H:%M}t %{end:sec}t %{begin:msec_frac}t %{%d/%b/%Y_%T}t %{UNIQUE_ID}e
%^FU %^FB""".split()
SHAPE = [s for s in SHAPE if not s.startswith("%^F")]
SAME = [s for s in SAME if s not in ("%R", "%S")]
# the client's port, times and process ids differ: digits become N
FORMAT = " | ".join(SAME)
SHAPES = " | ".join(SHAPE)
CONFIG = ALL + f"""
LogFormat "{FORMAT} | %R" same
LogFormat "{SHAPES}" shape
LogFormat "%h %l %u %t \\"%r\\" %>s %b" common
LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{{Referer}}i\\" \\"%{{User-Agent}}i\\"" combined
LogFormat "%v:%p %h %l %u %t \\"%r\\" %>s %O \\"%{{Referer}}i\\"" vhost_combined
CustomLog {{root}}/same.log same
CustomLog {{root}}/shape.log shape
CustomLog {{root}}/common.log common
CustomLog {{root}}/combined.log combined
CustomLog {{root}}/vhost.log vhost_combined
CustomLog {{root}}/literal.log "tab\\there \\\\ quote\\" %% %>s %m"
CustomLog {{root}}/if-env.log "%U env" env=ODD
CustomLog {{root}}/if-not.log "%U not" env=!ODD
CustomLog {{root}}/if-expr.log "%U expr" "expr=%{{REQUEST_STATUS}} -ge 400"
SetEnvIf Host . YES=yes
SetEnvIf X-Odd . ODD
ErrorDocument 404 /error.html
ServerAdmin me@x
"""
LOGS = ("same.log", "shape.log", "common.log", "combined.log", "vhost.log",
        "literal.log", "if-env.log", "if-not.log", "if-expr.log")
CASES = [
    case("/"), case("/a.txt"), case("/a.txt?q=1&r=%20x"), case("/none"),
    case("/none?x"), case("/sub"), case("/sub/"), case("/empty"),
    case("HEAD /a.txt HTTP/1.1"), case("HEAD /none HTTP/1.1"),
    case("POST /a.txt HTTP/1.1", body=b"x=1"), case("/big.bin"),
    case("PUT /a.txt HTTP/1.1", body=b"data"), case("FOO /a.txt HTTP/1.1"),
    case("OPTIONS * HTTP/1.1"), case("TRACE / HTTP/1.1"),
    case("DELETE /none HTTP/1.1"), case("POST /none HTTP/1.1", body=b"x"),
    case("GET /a.txt HTTP/1.0"),
    case("/a.txt", "Range: bytes=0-3"), 
    case("/a.txt", "Range: bytes=0-1,4-5"),
    case("/a.txt", "If-None-Match: *"),
    case("/a.txt", "If-Modified-Since: Sun, 13 Sep 2020 12:26:40 GMT"),
    case("/a.txt", "If-Match: \"x\""),
    case("/a.txt", "User-Agent: quote\"back\\slash", "Referer: http://r/?a=b"),
    case("/a.txt", "X-Odd: \x7f\xe9 tab\there", "User-Agent: caf\xe9"),
    case("/a.txt", "X-Quote: 'single' \"double\" \\ back",
         "Cookie: c1=v1; c2=\"quoted v\"; nope"),
    case("/a.txt", "Cookie: c1=; c2=x=y", "Cookie: c1=second"),
    case("/a.txt", "Authorization: Basic dXNlcjpwdw=="),
    case("/%61.txt"), case("/a%2etxt"), case("/a%20b"), case("/%e4%f6"),
    case("/a.txt/info"), case("/a\"b"), case("/%22quoted%22"),
    case("/%0anewline"), case("/%00"), case("/%zz"), case("/../x"),
    case("GET http://other.example/a.txt HTTP/1.1"),
    case("/a.txt", "Host: other.example:8080"),
    case("POST /a.txt HTTP/1.1", "Transfer-Encoding: chunked",
         body=b"3\r\nabc\r\n0\r\nX-T: trailer\r\n\r\n"),
    case("/a.txt", "Connection: close"),
    case("/sub?q=1", "X-Odd: 1"), case("/none", "X-Odd: 1"),
    case("/?" + "q" * 3000), case("/" + "x" * 300),
    raw("GET /a.txt HTTP/1.0\n\n"), 
    raw("GARBAGE\n\n"), raw("GET / HTTP/1.1\n\n"),
    raw("\x16\x03\x01garbage\n\n"),
    raw("GET /" + "x" * 9000 + " HTTP/1.1\nHost: x\n\n"),
    raw("GET / HTTP/1.1\nHost: x\nBad header\n\n"),
    raw("POST / HTTP/1.1\nHost: x\nContent-Length: abc\n\n"),
]
GROUPS = [Group("logs", CONFIG, CASES, ("dir", "setenvif", "unique_id"), FILES,
                logs=LOGS)]


def read_new(server, name, seen):
    path = server.root / name
    text = path.read_text("latin-1") if path.exists() else ""
    return text[seen.get((server.kind, name), 0):]


def wait_for_lines(servers, logs, seen):
    """What both servers wrote since the last case, when it stops growing."""
    last = None
    for _ in range(100):
        now = {(s.kind, name): read_new(s, name, seen)
               for s in servers for name in logs}
        whole = all(not t or t.endswith("\n") for t in now.values())
        counts = [t.count("\n") for (kind, name), t in now.items()
                  if name == "same.log"]
        if whole and counts[0] == counts[1] > 0 and now == last:
            break
        last = now
        time.sleep(0.01)
    for key, text in now.items():
        seen[key] = seen.get(key, 0) + len(text)
    return now


def plain_line(text, name, server, one):
    text = text.replace(str(server.port), "PPPPP")
    text = text.replace(str(server.root), "ROOT")
    if name == "shape.log":
        text = re.sub(r"[A-Za-z0-9@_+-]{24,}", "ID", text)
        # %L: an id only when something was logged, at levels of our own
        text = re.sub(r"^((?:[^|]*\|){16}) (ID|-) \|", r"\1 LOG |", text)
        text = re.sub(r"\b(0x)?[0-9a-f]+\b(?=[^|]*\|)|\d+", "N", text)
        text = re.sub(r"(N|Nov|[A-Z][a-z]{2})/", "X/", text)
        return text
    return re.sub(r"\[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\]", "[TIME]",
                  text)


# bytes out differ with the length of the product's name and our own error
# texts; the fields that count them are compared for the shape only
COUNTS = {s: i for i, s in enumerate(SAME)}
SIZES = [COUNTS[s] for s in ("%b", "%B", "%O", "%<b", "%{Content-Length}o")]


def without_sizes(line, name):
    if name == "same.log":
        fields = line.split(" | ")
        for i in SIZES:
            if i < len(fields) and fields[i].isdigit():
                fields[i] = "SIZE"
        return " | ".join(fields)
    if name in ("common.log", "combined.log", "vhost.log"):
        return re.sub(r'" (\d{3}) \d+', r'" \1 SIZE', line)
    return line


seen = {}


def test_same(pair_for, comparison):
    group, one = comparison
    pair = pair_for(group)
    theirs, ours = pair.ask(one)
    errors = any(r.status >= 300 for r in theirs.responses)
    new = wait_for_lines(pair.servers, group.logs, seen)
    for name in group.logs:
        lines = []
        for server in pair.servers:
            text = plain_line(new[server.kind, name], name, server, one)
            lines.append([without_sizes(line, name) if errors
                          or name == "vhost.log" else line
                          for line in text.splitlines()])
        assert_lines(name, *lines)


def assert_lines(name, theirs, ours):
    if name != "same.log":
        assert ours == theirs, name
        return
    assert len(ours) == len(theirs), f"{len(theirs)} and {len(ours)} lines"
    for a, c in zip(map(labelled, theirs), map(labelled, ours)):
        differ = {code: (a[code], c.get(code)) for code in a
                  if a[code] != c.get(code)}
        assert not differ, f"format: (apache2, cleat): {differ}"


def labelled(line):
    """The fields of a line by their code, without the intended differences:
    bytes on the wire, and the length of TRACE (see intended.py)."""
    codes = [*SAME, "%R"]
    fields = line.split(" | ")
    assert len(fields) == len(codes), f"fields do not match: {line}"
    trace = "%{Content-Length}o" if fields[codes.index("%m")] == "TRACE" \
        else ""
    return {code: value for code, value in zip(codes, fields)
            if code not in ("%O", trace)}
