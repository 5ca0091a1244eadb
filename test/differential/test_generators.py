"""Modules that make the body: autoindex, asis, status, info, echo."""
import os

from .pair import Group, case, raw
from .test_settings import ALL, in_htaccess, places

INDEX_FILES = {
    "a.txt": "a\n", "B.txt": "bb\n", "c.html": "<html><title>The C "
    "&amp; title</title></html>\n", "d.gif": "GIF89a", "e.tar.gz": "x" * 5000,
    "long-name-that-does-not-fit-into-the-column-of-the-table.txt": "l\n",
    "sub/x": "x\n", "Dir/y": "y\n", "empty": "", ".hidden": "h\n",
    "back~": "~\n", "core": "core\n", "sp ace.txt": "s\n",
    "amp&lt<.txt": "&\n", "um\u00fc.txt": "u\n", "HEADER.html":
    "<p>header</p>\n", "README.html": "<p>readme</p>\n", "top": "plain top\n",
    "big.bin": "b" * 2000000, "file2.txt": "2\n", "file10.txt": "10\n",
    "file1.txt": "1\n", "quote\"'.txt": "q\n", "RCS/z": "z\n",
}
OPTIONS = ("FancyIndexing", "HTMLTable", "IconsAreLinks", "IgnoreCase",
           "IgnoreClient", "NameWidth=*", "NameWidth=10", "DescriptionWidth=*",
           "DescriptionWidth=5", "FoldersFirst", "IconHeight", "IconWidth=16",
           "IconHeight=30", "ScanHTMLTitles", "ShowForbidden",
           "SuppressColumnSorting", "SuppressDescription",
           "SuppressHTMLPreamble", "SuppressIcon", "SuppressLastModified",
           "SuppressRules", "SuppressSize", "TrackModified", "Type=text/plain",
           "UseOldDateFormat", "VersionSort", "XHTML", "Charset=UTF-8",
           "AddAltClass", "None")
BASE = "Options +Indexes\nDirectoryIndex disabled\n"
INDEX = [BASE, BASE + "IndexOptions FancyIndexing"]
INDEX += [BASE + f"IndexOptions {o}" for o in OPTIONS]
INDEX += [BASE + f"IndexOptions FancyIndexing {o}" for o in OPTIONS]
INDEX += [BASE + f"IndexOptions FancyIndexing HTMLTable {o}" for o in OPTIONS]
INDEX += [BASE + x for x in (
    "IndexOptions +FancyIndexing -FancyIndexing", "IndexOptions -XHTML",
    "IndexOptions FancyIndexing\nIndexOptions +HTMLTable +VersionSort",
    "IndexOptions FancyIndexing\nIndexOptions HTMLTable",
    "IndexOptions FancyIndexing\nAddIcon /icons/t.gif .txt",
    "IndexOptions FancyIndexing\nAddIcon (TXT,/icons/t.gif) .txt .html\n"
    "AddIcon /icons/dir.gif ^^DIRECTORY^^\nAddIcon /icons/b.gif "
    "^^BLANKICON^^\nAddIcon /icons/up.gif ..",
    "IndexOptions FancyIndexing\nDefaultIcon /icons/unknown.gif",
    "IndexOptions FancyIndexing\nAddIconByType (IMG,/icons/i.gif) image/*",
    "IndexOptions FancyIndexing\nAddIconByEncoding (CMP,/icons/c.gif) x-gzip"
    "\nAddEncoding x-gzip .gz",
    "IndexOptions FancyIndexing\nAddAlt \"a text\" .txt",
    "IndexOptions FancyIndexing\nAddAltByType \"a picture\" image/*\n"
    "AddAltByEncoding zipped x-gzip\nAddEncoding x-gzip .gz",
    "IndexOptions FancyIndexing\nAddDescription \"The <b>A</b>\" a.txt\n"
    "AddDescription \"some text\" *.txt\nAddDescription d sub",
    "IndexOptions FancyIndexing DescriptionWidth=*\nAddDescription "
    "\"a description that is longer than the column\" *.html",
    "IndexIgnore *.txt sub", "IndexIgnore .??* *~ core RCS",
    "IndexIgnore *.txt\nIndexIgnoreReset ON\nIndexIgnore *.html",
    "IndexIgnoreReset ON", "HeaderName top\nReadmeName README.html",
    "HeaderName HEADER.html\nReadmeName README.html",
    "HeaderName /d0/HEADER.html\nIndexOptions FancyIndexing",
    "HeaderName HEADER.html\nIndexOptions SuppressHTMLPreamble",
    "ReadmeName none", "HeaderName none",
    "IndexHeadInsert \"<link rel=x>\"", "IndexStyleSheet /s.css",
    "IndexStyleSheet \"/s<.css\"\nIndexOptions FancyIndexing XHTML",
    "IndexOrderDefault Descending Name\nIndexOptions FancyIndexing",
    "IndexOrderDefault Ascending Size\nIndexOptions FancyIndexing",
    "IndexOrderDefault Descending Date\nIndexOptions FancyIndexing",
    "IndexOrderDefault Ascending Description\nIndexOptions FancyIndexing",
    "IndexOrderDefault Descending Size", "IndexOrderDefault x y",
    "IndexOptions Nonsense", "IndexOptions +NameWidth=5",
    "IndexOptions -NameWidth", "IndexOptions NameWidth=0",
    "IndexOptions NameWidth=x", "IndexOptions -IconHeight",
    "AddDefaultCharset utf-8", "ServerSignature On",
    "ServerSignature EMail\nIndexOptions FancyIndexing HTMLTable")]
INDEX += ["Options -Indexes\nDirectoryIndex disabled",
          "Options +Indexes\nDirectoryIndex c.html"]
INDEX_ASK = [("{}/",), ("{}/sub/",), ("{}/?C=S;O=D",), ("HEAD {}/ HTTP/1.1",)]
SORTS = [(f"{{}}/?{q}",) for q in (
    "C=N;O=A", "C=N;O=D", "C=M;O=A", "C=M;O=D", "C=S;O=A", "C=S;O=D",
    "C=D;O=A", "C=D;O=D", "C=N", "O=D", "C=X;O=A", "C=N;O=X", "C=S&O=D",
    "F=0", "F=1", "F=2", "F=3", "V=0", "V=1", "P=*.txt", "P=a*", "P=*.TXT",
    "P=<>", "C=N;O=D;F=2", "C=S;O=A;F=1;V=1;P=*.txt", "x", "C=", "?", "P=",
    "F=0;P=f*;V=1", "C=M;O=D;F=2;V=0", "N=D", "M=A", "%43=S;O=D")]
SORTS += [("{}/", "Accept: text/plain"), ("POST {}/ HTTP/1.1",),
          ("PUT {}/ HTTP/1.1",), ("OPTIONS {}/ HTTP/1.1",),
          ("GET {}/ HTTP/1.0",), ("{}/", "If-None-Match: *"),
          ("{}/", "If-Modified-Since: Sun, 13 Sep 2026 12:26:40 GMT"),
          ("{}/", "Range: bytes=0-9")]


def prepare_index(tree):
    for folder in tree.iterdir():
        if not folder.is_dir():
            continue
        for i, path in enumerate(sorted(folder.iterdir())):
            if path.is_file():
                os.utime(path, (1_500_000_000 + 86400 * i,) * 2)
        (folder / "closed").write_text("no\n")
        (folder / "closed").chmod(0)
        os.symlink(folder / "a.txt", folder / "link")
        os.symlink(folder / "gone", folder / "broken")
        for name in ("closed", ".htaccess"):
            os.utime(folder / name, (1_500_000_000, 1_500_000_000))


def index_group(name, settings, requests, config="", modules=()):
    group = in_htaccess(name, settings, requests, files=INDEX_FILES,
                        extra="TypesConfig /etc/mime.types\n" + config,
                        modules=("autoindex", "mime", "dir", *modules))
    group.prepare = prepare_index
    return group


ASIS = {
    "ok.asis": "Content-type: text/x\nX-A: 1\n\nbody\n",
    "status.asis": "Status: 203 Other\nContent-type: text/x\n\nbody\n",
    "moved.asis": "Status: 301 Gone away\nLocation: http://x.example/\n"
    "Content-type: text/html\n\n<p>moved</p>\n",
    "location.asis": "Location: http://x.example/\n\n",
    "local.asis": "Location: /plain.txt\n\n",
    "crlf.asis": "Content-type: text/x\r\nX-B: 2\r\n\r\nbody\r\n",
    "nohead.asis": "\nbody only\n", "bad.asis": "this is no header\n\nx\n",
    "empty.asis": "", "length.asis": "Content-Length: 3\n\nbody\n",
    "length5.asis": "Content-Length: 5\nContent-type: text/x\n\nbody\n",
    "date.asis": "Last-Modified: Sun, 13 Sep 2020 12:26:40 GMT\n"
    "Content-type: text/x\n\nbody\n", "cookie.asis": "Set-Cookie: a=b\n"
    "Set-Cookie: c=d\nContent-type: text/x\n\nb\n",
    "notmod.asis": "Status: 304 Not Modified\n\n", "nc.asis":
    "Status: 204 No\n\n", "err.asis": "Status: 404 Nope\nContent-type: "
    "text/x\n\nnot here\n", "hdronly.asis": "X-A: 1\n", "plain.txt": "plain\n",
    "etag.asis": "ETag: \"mine\"\nContent-type: text/x\n\nbody\n",
    "status2.asis": "Status: 299\n\nx\n", "status3.asis": "Status: abc\n\nx\n",
    "status4.asis": "Status: 99 x\n\nx\n", "fold.asis": "X-A: 1\n 2\n\nx\n",
}
ASIS_ASK = [case(f"{m} /{f} HTTP/1.1", *h) for m in ("GET", "HEAD", "POST",
                                                     "PUT") for f in ASIS
            for h in (((), ("Range: bytes=0-1",)) if m == "GET" else ((),))]
ASIS_ASK += [case("/etag.asis", 'If-None-Match: "mine"'),
             case("/date.asis", "If-Modified-Since: Sun, 13 Sep 2020 "
                  "12:26:40 GMT"), case("/ok.asis/info"), case("/ok.asis?q")]

GROUPS = [
    index_group("index", INDEX, INDEX_ASK),
    index_group("index-sort", INDEX[:2] + [
        BASE + "IndexOptions FancyIndexing HTMLTable VersionSort",
        BASE + "IndexOptions FancyIndexing IgnoreClient",
        BASE + "IndexOptions FancyIndexing XHTML FoldersFirst TrackModified"],
        SORTS),
    Group("asis", ALL + "AddHandler send-as-is asis\nTypesConfig "
          "/etc/mime.types\n", ASIS_ASK, ("asis", "mime", "dir"), ASIS),
]


def test_same(compare, comparison):
    compare(*comparison)
