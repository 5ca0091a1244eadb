"""Sections and the order in which they are merged: each section adds its
mark to X-T, so the field shows who applied, and when."""
import pytest

from harness import get, request

MODULES = ["authz_core", "headers", "dir", "alias", "env", "setenvif"]


def mark(name):
    return f"    Header append X-T {name}\n"


def section(opening, name):
    kind = opening.split()[0].lstrip("<")
    return f"{opening}\n{mark(name)}</{kind}>\n"


D = "{docroot}"
# sections in the order of the file, target, marks in the order they applied
MERGES = [
    # one kind each: what matches
    ([("<Directory />", "a")], "/a/b/f.txt", "a"),
    ([(f"<Directory {D}/a>", "a")], "/a/b/f.txt", "a"),
    ([(f"<Directory {D}/a/>", "a")], "/a/b/f.txt", "a"),
    ([(f'<Directory "{D}/a">', "a")], "/a/b/f.txt", "a"),
    ([(f"<Directory {D}/a/b>", "a")], "/a/f.txt", None),
    ([(f"<Directory {D}/a/b/f.txt>", "a")], "/a/b/f.txt", "a"),
    ([(f"<Directory {D}/A>", "a")], "/a/b/f.txt", None),
    ([(f"<Directory {D}/*/b>", "a")], "/a/b/f.txt", "a"),
    ([(f"<Directory {D}/?/b>", "a")], "/a/b/f.txt", "a"),
    ([(f"<Directory {D}/[a-c]/b>", "a")], "/a/b/f.txt", "a"),
    ([(f"<Directory {D}/*>", "a")], "/a/b/f.txt", "a"),
    ([("<Directory ~ /b/>", "a")], "/a/b/f.txt", "a"),
    ([("<Directory ~ /x$>", "a")], "/a/b/f.txt", None),
    ([("<DirectoryMatch /a/b/>", "a")], "/a/b/f.txt", "a"),
    ([('<DirectoryMatch "/(a|b)/f">', "a")], "/a/f.txt", "a"),
    ([("<Files f.txt>", "a")], "/a/b/f.txt", "a"),
    ([("<Files F.TXT>", "a")], "/a/b/f.txt", None),
    ([("<Files *.txt>", "a")], "/a/b/f.txt", "a"),
    ([("<Files ?.txt>", "a")], "/a/b/f.txt", "a"),
    ([("<Files b>", "a")], "/a/b/f.txt", None),
    ([('<Files ~ "\\.(txt|html)$">', "a")], "/a/b/f.txt", "a"),
    ([('<FilesMatch "^f\\.">', "a")], "/a/b/f.txt", "a"),
    ([("<Location />", "a")], "/a/b/f.txt", "a"),
    ([("<Location /a>", "a")], "/a/b/f.txt", "a"),
    ([("<Location /a>", "a")], "/ab/f.txt", None),
    ([("<Location /a/>", "a")], "/a/b/f.txt", "a"),
    ([("<Location /a/b/f.txt>", "a")], "/a/b/f.txt", "a"),
    ([("<Location /*/b>", "a")], "/a/b/f.txt", None),
    ([("<Location /*/b/f.*>", "a")], "/a/b/f.txt", "a"),
    ([("<Location /[a-c]/b/f.txt>", "a")], "/a/b/f.txt", "a"),
    ([("<Files [e-g].txt>", "a")], "/a/b/f.txt", "a"),
    ([("<Location /*.txt>", "a")], "/a/b/f.txt", None),
    ([("<Location /a>", "a")], "/%61/b/f.txt", "a"),
    ([("<Location /a/b>", "a")], "/a//b/f.txt", "a"),
    ([('<Location ~ "/(x|b)/">', "a")], "/a/b/f.txt", "a"),
    ([('<LocationMatch "^/a/.*\\.txt$">', "a")], "/a/b/f.txt", "a"),
    ([('<LocationMatch "^/b">', "a")], "/a/b/f.txt", None),
    ([("<If \"%{REQUEST_URI} == '/a/b/f.txt'\">", "a")], "/a/b/f.txt", "a"),
    ([("<If false>", "a")], "/a/b/f.txt", None),
    # the order of the kinds, whatever the order of the file
    ([("<Directory />", "d"), (f"<Directory {D}>", "e"),
      (f"<Directory {D}/a/b>", "f")], "/a/b/f.txt", "d, e, f"),
    ([(f"<Directory {D}/a/b>", "f"), (f"<Directory {D}>", "e"),
      ("<Directory />", "d")], "/a/b/f.txt", "d, e, f"),
    ([("<DirectoryMatch /b/>", "m"), (f"<Directory {D}/a/b>", "d")],
     "/a/b/f.txt", "d, m"),
    ([("<Directory ~ /b/>", "m"), (f"<Directory {D}/a/b>", "d")],
     "/a/b/f.txt", "d, m"),
    ([("<Files f.txt>", "f"), (f"<Directory {D}>", "d")], "/a/b/f.txt",
     "d, f"),
    ([("<FilesMatch f>", "m"), ("<Files f.txt>", "f")], "/a/b/f.txt",
     "m, f"),
    ([("<Location />", "l"), ("<Files f.txt>", "f"),
      (f"<Directory {D}>", "d")], "/a/b/f.txt", "d, f, l"),
    ([("<LocationMatch />", "m"), ("<Location /a>", "l")], "/a/b/f.txt",
     "m, l"),
    ([("<Location /a/b>", "b"), ("<Location />", "a")], "/a/b/f.txt",
     "b, a"),
    ([("<If true>", "i"), ("<Location />", "l"), ("<Files f.txt>", "f"),
      (f"<Directory {D}>", "d")], "/a/b/f.txt", "d, f, l, i"),
    ([("<Directory />", "1"), ("<Directory />", "2")], "/a/b/f.txt", "1, 2"),
    ([("<Directory /*>", "w"), (f"<Directory {D}>", "d")], "/a/b/f.txt",
     "w, d"),
]


@pytest.mark.parametrize("sections, target, marks", MERGES)
def test_merge(serve, sections, target, marks):
    server = serve("".join(section(*s) for s in sections), MODULES)
    for name in ("a/b/f.txt", "a/f.txt", "ab/f.txt"):
        server.put(name, "content\n")
    response = get(server.port, target)
    assert response.status == 200
    assert response.get("X-T") == marks


def nest(*lines):
    return "\n".join(lines) + "\n"


NESTED = [
    (nest(f"<Directory {D}>", mark("d"), "<Files f.txt>", mark("f"),
          "</Files>", "</Directory>"), "d, f"),
    (nest(f"<Directory {D}/ab>", "<Files f.txt>", mark("f"), "</Files>",
          "</Directory>"), None),
    (nest("<If true>", mark("1"), "</If>", "<Else>", mark("2"), "</Else>"),
     "1"),
    (nest("<If false>", mark("1"), "</If>", "<Else>", mark("2"), "</Else>"),
     "2"),
    (nest("<If false>", mark("1"), "</If>", "<ElseIf true>", mark("2"),
          "</ElseIf>", "<Else>", mark("3"), "</Else>"), "2"),
    (nest("<If true>", mark("1"), "</If>", "<ElseIf true>", mark("2"),
          "</ElseIf>", "<Else>", mark("3"), "</Else>"), "1"),
    (nest("<If false>", mark("1"), "</If>", "<ElseIf false>", mark("2"),
          "</ElseIf>", "<Else>", mark("3"), "</Else>"), "3"),
    (nest("<If true>", mark("1"), "<If true>", mark("2"), "</If>", "</If>"),
     "1, 2"),
    (nest("<If true>", "<If false>", mark("1"), "</If>", "<Else>", mark("2"),
          "</Else>", "</If>"), "2"),
    (nest("<Location /a>", "<If \"%{QUERY_STRING} == 'q'\">", mark("q"),
          "</If>", mark("l"), "</Location>"), "l, q"),
    (nest("<Files f.txt>", "<If true>", mark("i"), "</If>", "</Files>"), "i"),
    (nest("<IfModule core.c>", "<Location />", mark("l"), "</Location>",
          "</IfModule>"), "l"),
    (nest("<Location />", "<IfModule core.c>", mark("l"), "</IfModule>",
          "</Location>"), "l"),
]


@pytest.mark.parametrize("config, marks", NESTED)
def test_nested(serve, config, marks):
    server = serve(config, MODULES)
    server.put("a/b/f.txt", "content\n")
    assert get(server.port, "/a/b/f.txt?q").get("X-T") == marks


HTACCESS = [
    # AllowOverride and friends, content of /a/.htaccess, status, mark
    ("AllowOverride None", "NoSuchDirective", 200, None),
    ("AllowOverride None", "Header append X-T h", 200, None),
    ("AllowOverride All", "Header append X-T h", 200, "h"),
    ("AllowOverride FileInfo", "Header append X-T h", 200, "h"),
    ("AllowOverride AuthConfig", "Header append X-T h", 500, None),
    ("AllowOverride Limit Indexes", "Header append X-T h", 500, None),
    ("AllowOverride AuthConfig FileInfo", "Header append X-T h", 200, "h"),
    ("AllowOverride None\nAllowOverrideList Header", "Header append X-T h",
     200, "h"),
    ("AllowOverride None\nAllowOverrideList Redirect", "Header append X-T h",
     500, None),
    ("AllowOverride None\nAllowOverrideList None", "Header append X-T h", 200,
     None),
    ("AllowOverride Nonfatal=Override AuthConfig", "Header append X-T h", 200,
     None),
    ("AllowOverride Nonfatal=Unknown FileInfo",
     "NoSuchThing\nHeader append X-T h", 200, "h"),
    ("AllowOverride Nonfatal=All FileInfo",
     "NoSuchThing\nHeader append X-T h", 200, "h"),
    ("AllowOverride All", "NoSuchThing", 500, None),
    ("AllowOverride All", "Listen 80", 500, None),
    ("AllowOverride All", "<Directory />\n</Directory>", 500, None),
    ("AllowOverride All", "<Files f.txt>\nHeader append X-T f\n</Files>", 200,
     "f"),
    ("AllowOverride All", "<Files x>\nHeader append X-T f\n</Files>", 200,
     None),
    ("AllowOverride All", "<If true>\nHeader append X-T i\n</If>", 200, "i"),
    ("AllowOverride All", "<IfModule nope.c>\nNoSuchThing\n</IfModule>", 200,
     None),
    ("AllowOverride All", "<Files f.txt>", 500, None),
    ("AllowOverride All", "Require all denied", 403, None),
    ("AllowOverride AuthConfig", "Require all denied", 403, None),
    ("AllowOverride FileInfo", "Require all denied", 500, None),
    ("AllowOverride Options", "Options +ExecCGI", 200, None),
    ("AllowOverride Options=Indexes", "Options +Indexes", 200, None),
    ("AllowOverride Options=Indexes", "Options +ExecCGI", 500, None),
    ("AllowOverride FileInfo", "Options +Indexes", 500, None),
    ("AllowOverride All\nAccessFileName .ht", "Header append X-T h", 200,
     None),
    ("AllowOverride Indexes", "DirectoryIndex f.txt", 200, None),
    ("AllowOverride FileInfo", "ErrorDocument 404 x", 200, None),
    ("AllowOverride FileInfo", "SetEnv A b", 200, None),
]


@pytest.mark.parametrize("allow, content, status, seen", HTACCESS)
def test_htaccess(serve, allow, content, status, seen):
    lines = allow.split("\n")
    outside = [x for x in lines if x.startswith("AccessFileName")]
    inside = [x for x in lines if x not in outside]
    server = serve(nest(*outside, f"<Directory {D}>", *inside,
                        "</Directory>"), MODULES)
    server.announced = {"AH01630"}
    if status == 500:
        server.announced.add(r"/a/\.htaccess: ")
    server.put("a/f.txt", "content\n")
    server.put("a/.htaccess", content + "\n")
    response = get(server.port, "/a/f.txt")
    assert (response.status, response.get("X-T")) == (status, seen)
    if status == 500:
        server.wait_log(r"/a/\.htaccess")
        assert "htaccess" not in response.text


def test_htaccess_of_every_directory_applies_in_order(serve):
    server = serve(f"<Directory {D}>\nAllowOverride All\n{mark('d')}"
                   f"</Directory>\n<Files f.txt>\n{mark('f')}</Files>\n",
                   MODULES)
    server.put("a/b/f.txt", "content\n")
    for name in ("", "a/", "a/b/"):
        server.put(name + ".htaccess", mark("h" + name.replace("/", "")))
    assert get(server.port, "/a/b/f.txt").get("X-T") == "d, h, ha, hab, f"


def test_htaccess_changes_apply_at_once(serve):
    server = serve(f"<Directory {D}>\nAllowOverride All\n</Directory>\n",
                   MODULES)
    server.put("f.txt", "content\n")
    for turn in ("1", "22", "333"):
        server.put(".htaccess", mark(turn))
        assert get(server.port, "/f.txt").get("X-T") == turn
    (server.docroot / ".htaccess").unlink()
    assert get(server.port, "/f.txt").get("X-T") is None


def test_access_file_names_are_tried_in_order(serve):
    server = serve(f"AccessFileName .one .two\n<Directory {D}>\n"
                   "AllowOverride All\n</Directory>\n", MODULES)
    server.put("f.txt", "content\n")
    server.put(".two", mark("two"))
    assert get(server.port, "/f.txt").get("X-T") == "two"
    server.put(".one", mark("one"))
    assert get(server.port, "/f.txt").get("X-T") == "one"


def test_htaccess_that_cannot_be_read(serve):
    """Nobody knows what it would have forbidden: 403."""
    server = serve(f"<Directory {D}>\nAllowOverride All\n</Directory>\n",
                   MODULES)
    server.announced = {"AH00554", "AH00529"}
    server.put("f.txt", "content\n")
    (server.docroot / ".htaccess").mkdir()
    assert get(server.port, "/f.txt").status == 403


LIMITS = [
    ("<Limit POST>", "POST", 403), ("<Limit POST>", "GET", 200),
    ("<Limit GET>", "GET", 403), ("<Limit GET>", "HEAD", 403),
    ("<Limit get>", "GET", 200), ("<LimitExcept GET>", "GET", 200),
    ("<LimitExcept GET>", "POST", 403), ("<LimitExcept POST>", "GET", 403),
    ("<Limit GET POST>", "OPTIONS", 200),
]


@pytest.mark.parametrize("opening, method, status", LIMITS)
def test_limit(serve, opening, method, status):
    kind = opening.split()[0].lstrip("<")
    server = serve(nest(f"<Directory {D}>", opening, "Require all denied",
                        f"</{kind}>", "</Directory>"), MODULES)
    server.announced = {"AH01630"}
    server.put("f.txt", "content\n")
    assert request(server.port, "/f.txt", method).status == status
