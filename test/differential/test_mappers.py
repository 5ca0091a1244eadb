"""From URL to file: alias, dir, userdir, vhost_alias, speling, actions,
imagemap, mime, mime_magic."""
from .pair import Group, case, raw
from .test_settings import ALL, in_htaccess, places

FILES = {"index.html": "index\n", "a.txt": "text\n", "b.html": "<p>b</p>\n",
         "sub/index.html": "sub\n", "sub/a.txt": "sub a\n",
         "other/a.txt": "other a\n", "other/x/index.html": "other x\n",
         "other/deep/f.txt": "deep\n"}

ALIAS = """
Alias /al {tree}/other
Alias /al/ {tree}/other/
Alias /al {tree}/other/
Alias /al/ {tree}/other
Alias "/al" "{tree}/other"
Alias /al/x {tree}/sub\\nAlias /al {tree}/other
Alias /al {tree}/other\\nAlias /al/x {tree}/sub
Alias /a.txt {tree}/b.html
Alias /al {tree}/none
AliasMatch ^/al/(.*) {tree}/other/$1
AliasMatch "^/al(/|$)(.*)" "{tree}/other/$2"
AliasMatch "/(\\w+)/al" {tree}/$1
AliasMatch ^/al {tree}/other
ScriptAlias /al {tree}/other
ScriptAliasMatch ^/al/(.*) {tree}/other/$1
<Location /al>\\nAlias {tree}/other\\n</Location>
<Location /al/>\\nAlias {tree}/other/\\n</Location>
<LocationMatch "^/al/(?<F>.+)$">\\nAlias "{tree}/other/%{env:MATCH_F}"\\n</LocationMatch>
<Location /al>\\nAlias "{tree}/%{tolower:OTHER}"\\n</Location>
Redirect /al http://x.example/y
Redirect /al /other
Redirect /al/ /other/
Redirect 301 /al http://x.example/
Redirect permanent /al http://x.example/
Redirect temp /al http://x.example/
Redirect seeother /al http://x.example/
Redirect 303 /al http://x.example/y?a=b
Redirect 307 /al http://x.example/
Redirect 308 /al http://x.example/
Redirect gone /al
Redirect 410 /al
Redirect 404 /al
Redirect 403 /al
Redirect 418 /al
Redirect 500 /al
Redirect / http://x.example/
Redirect 301 "/al" "http://x.example/with space"
RedirectMatch ^/al/(.*) http://x.example/$1
RedirectMatch 301 ^/al/(.*)\\.txt$ /other/$1.html
RedirectMatch "(?i)^/AL" /other
RedirectMatch gone ^/al
RedirectMatch 404 al
RedirectMatch "^/al/(.*)$" "/q?$1"
RedirectMatch "^/al/(.*)$" "http://x.example/[$0]/%{x}"
RedirectPermanent /al http://x.example/
RedirectTemp /al http://x.example/
<Location /al>\\nRedirect http://x.example/y\\n</Location>
<Location /al>\\nRedirect 301 "http://x.example/%{REQUEST_URI}"\\n</Location>
<Location /al>\\nRedirect 410\\n</Location>
<LocationMatch "^/al/(?<W>\\w+)">\\nRedirect 302 "/to/%{env:MATCH_W}"\\n</LocationMatch>
Alias /al {tree}/other\\nRedirect /al/x http://x.example/
Redirect /al http://x.example/one\\nRedirect /al/x http://x.example/two
Redirect /al/x http://x.example/two\\nRedirect /al http://x.example/one
RedirectRelative On\\nRedirect /al /other
RedirectRelative Off\\nRedirect /al /other
AliasPreservePath On\\n<Location /al>\\nAlias {tree}/other\\n</Location>
AliasPreservePath Off\\n<Location /al>\\nAlias {tree}/other\\n</Location>
""".strip().splitlines()
ALIAS = [a.replace("\\n", "\n").replace("\\\\", "\\") for a in ALIAS]
ALIAS_ASK = [case(t) for t in (
    "/al", "/al/", "/al/a.txt", "/al/x", "/al/x/", "/al/x/index.html",
    "/alone", "/al//a.txt", "/al/../a.txt", "/AL/a.txt", "/al?q=1",
    "/al/a.txt?q=%20x", "/al/none", "/a.txt", "/al/sp%20ace", "/al/%e4",
    "/al/a%2fb", "/x/al/deep", "/al/deep/f.txt/info", "/other/al")]
ALIAS_ASK += [case("HEAD /al/a.txt HTTP/1.1"), case("POST /al/x HTTP/1.1"),
              case("/al/x", "Host: other.example:8080"),
              case("GET /al/x HTTP/1.0"),
              case("GET http://abs.example/al/x HTTP/1.1"),
              raw("GET /al/x HTTP/1.0\n\n")]

HT_REDIRECTS = [
    "Redirect /{here}/a.txt /b", "Redirect 301 /{here} http://x.example/",
    "RedirectMatch \\.txt$ /html", "RedirectMatch 410 a", "Redirect gone /",
    "Redirect a.txt /b", "Redirect http://x.example/", "Redirect 200 / /x",
    "Redirect 999 / /x", "Redirect 301 /", "Redirect gone / /x", "Redirect",
    "RedirectMatch ( /x", "Redirect temp /d /other", "RedirectTemp / a.txt",
    "RedirectPermanent / b.html", "RedirectRelative On\nRedirect / /x",
    "Redirect 301 / %{REQUEST_URI}x", "Redirect 302 /d6 //double",
]

DIRS = """
DirectoryIndex a.txt
DirectoryIndex none.html a.txt
DirectoryIndex none.html
DirectoryIndex /a.txt
DirectoryIndex /d0/b.html
DirectoryIndex sub/index.html
DirectoryIndex disabled
DirectoryIndex a.txt\\nDirectoryIndex b.html
DirectoryIndex sub
DirectoryIndex ""
DirectorySlash Off
DirectorySlash NotFound
DirectorySlash On
DirectoryIndexRedirect on
DirectoryIndexRedirect permanent
DirectoryIndexRedirect temp
DirectoryIndexRedirect seeother
DirectoryIndexRedirect 307
DirectoryIndexRedirect off
DirectoryIndexRedirect 404
DirectoryIndexRedirect on\\nDirectoryIndex sub/a.txt
FallbackResource /d0/b.html
FallbackResource /d0/none
FallbackResource disabled
FallbackResource b.html
FallbackResource /d0/b.html?q=1
FallbackResource /d0/b.html\\nDirectoryIndex disabled
DirectoryCheckHandler On\\nSetHandler nonsense
DirectoryCheckHandler Off\\nSetHandler nonsense
Options -Indexes\\nDirectoryIndex none
DirectorySlash Off\\nDirectoryIndex a.txt
DirectoryIndex b.html\\nErrorDocument 404 /d0/a.txt
""".strip().splitlines()
DIRS = [d.replace("\\n", "\n") for d in DIRS]
DIR_ASK = [("{}/",), ("{}",), ("{}/sub",), ("{}/sub/",), ("{}/sub?x=y",),
           ("{}/?x=y",), ("{}/none",), ("{}/none/more?q",), ("{}/a.txt",),
           ("{}/a.txt/info",), ("HEAD {}/ HTTP/1.1",), ("POST {}/ HTTP/1.1",),
           ("POST {}/sub HTTP/1.1",), ("OPTIONS {}/ HTTP/1.1",),
           ("{}/", "If-None-Match: *"), ("{}/", "Range: bytes=0-1"),
           ("DELETE {}/sub HTTP/1.1",), ("{}/sub//",)]

MIME_FILES = {f"f{name}": f"content of {name}\n" for name in (
    ".txt", ".html", ".HTML", ".gif", ".tar.gz", ".gz", ".html.gz", ".html.fr",
    ".fr.html", ".html.fr.utf8", ".xyz", ".xyz.html", ".html.xyz", ".js",
    ".mjs", ".css", ".png", ".jpeg", ".svg", ".json", ".wasm", ".pdf", ".mp4",
    ".html.en", ".html.pt-br", ".txt.Z", ".tgz", ".var", ".shtml", ".",
    "..html", ".a.b.c.txt", ".txt.", ".html.bak", ".asis", ".sub", ".xhtml")}
MIME_FILES["noext"] = "no extension\n"
MIME_FILES[".html"] = "only extension\n"
MIME_FILES["ReadMe"] = "readme\n"
MIME = """
AddType text/x-own .xyz
AddType text/x-own xyz .other
AddType "text/x-own; charset=utf-8" .xyz
AddType text/x-own .html
AddType TEXT/X-UP .xyz
AddType text/x-sub .xyz\\nRemoveType .xyz
RemoveType .html .txt
AddCharset utf-8 .utf8
AddCharset iso-8859-1 .html
AddCharset utf-8 .html\\nRemoveCharset .html
AddDefaultCharset utf-8\\nAddCharset koi8-r .html
AddLanguage fr .fr\\nAddLanguage pt-br .pt-br
AddLanguage en .en\\nDefaultLanguage de
DefaultLanguage de
AddLanguage fr .fr\\nRemoveLanguage .fr
AddEncoding x-gzip .gz .tgz\\nAddEncoding x-compress .Z
AddEncoding gzip .gz\\nRemoveEncoding .gz
AddEncoding x-gzip .gz\\nAddEncoding x-compress .gz
AddHandler default-handler .txt
AddHandler nonsense .xyz
AddHandler send-as-is .asis
AddHandler nonsense .xyz\\nRemoveHandler .xyz
AddOutputFilter CONTENT_LENGTH .txt
AddInputFilter NONE .txt
MultiviewsMatch Any
ModMimeUsePathInfo On
ModMimeUsePathInfo Off
ForceType text/x-forced
ForceType None
ForceType text/x-forced\\n<Files "*.txt">\\nForceType none\\n</Files>
SetHandler default-handler
AddLanguage fr .fr\\nAddCharset utf-8 .utf8\\nAddEncoding x-gzip .gz
DefaultLanguage de\\nAddLanguage fr .fr
AddType image/x-foo .txt.Z
AddType text/x-dot .
""".strip().splitlines()
MIME = [m.replace("\\n", "\n") for m in MIME]
MIME_ASK = [("{}/" + name,) for name in sorted(MIME_FILES)
            if not name.startswith("f..")] + [("{}/f.txt/path.html",),
                                              ("{}/f.html/x.gz",)]

SPELL = {"Readme.txt": "r\n", "index.html": "i\n", "images/logo.png": "l\n",
         "images/Logo.gif": "g\n", "abc.html": "abc\n", "abd.html": "abd\n",
         "page.html": "p\n", "page.txt": "pt\n", "CaseDir/File.Txt": "f\n",
         "long-file-name.txt": "long\n"}
SPELL_ASK = [(f"{m} {{}}/{t} HTTP/1.1", "Referer: http://ref.example/")
             for m in ("GET", "POST")
             for t in ("readme.txt", "README.TXT", "Readme.tx", "Readmee.txt",
                       "Raedme.txt", "eadme.txt", "abx.html", "ab.html",
                       "page.htm", "page.png", "page", "images/logo.pn",
                       "images/logo.GIF", "image/logo.png", "casedir/file.txt",
                       "CaseDir/file.txt", "Index.html", "readme.txt/info",
                       "readme.txt?q=1", "long-filename.txt",
                       "longfile-name.txt", "zzz", "abc.html", "a%20b")]
SPELL_ASK += [("HEAD {}/readme.txt HTTP/1.1",), ("{}/abx.html",)]

USERDIRS = """
UserDir {tree}/users
UserDir {tree}/users/*/web
UserDir {tree}/users/*
UserDir http://x.example/users
UserDir http://x.example/*/
UserDir http://x.example/~*/x
UserDir disabled
UserDir disabled bob\\nUserDir {tree}/users
UserDir disabled\\nUserDir enabled bob\\nUserDir {tree}/users
UserDir public_html
UserDir {tree}/none {tree}/users
UserDir {tree}/users http://x.example/
UserDir http://x.example/ {tree}/users
UserDir /nowhere/*/x
UserDir nonsense {tree}/users
UserDir enabled
""".strip().splitlines()
USERDIRS = [u.replace("\\n", "\n") for u in USERDIRS]
USER_FILES = {"users/bob/index.html": "bob\n", "users/bob/web/a.txt": "web\n",
              "users/bob/a.txt": "bob a\n", "users/ann/index.html": "ann\n"}
USER_ASK = [case(t) for t in (
    "/~bob", "/~bob/", "/~bob/a.txt", "/~ann/", "/~nobody/x", "/~", "/~/",
    "/~bob/../ann/", "/~root/", "/~www-data/x", "/~bob?q=1", "/~bob/sub?q",
    "/%7ebob/a.txt", "/~BOB/", "/~bob/none", "/~../x", "/~./x", "/~bob%2fa.txt",
    "/x/~bob/")]

MASS = """
VirtualDocumentRoot {tree}/hosts/%0
VirtualDocumentRoot {tree}/hosts/%1
VirtualDocumentRoot {tree}/hosts/%2
VirtualDocumentRoot {tree}/hosts/%-1
VirtualDocumentRoot {tree}/hosts/%-2
VirtualDocumentRoot {tree}/hosts/%2+
VirtualDocumentRoot {tree}/hosts/%-2+
VirtualDocumentRoot {tree}/hosts/%1.1/%1.2
VirtualDocumentRoot {tree}/hosts/%2.-1
VirtualDocumentRoot {tree}/hosts/%p
VirtualDocumentRoot {tree}/hosts/%%x
VirtualDocumentRoot {tree}/hosts/%9
VirtualDocumentRoot {tree}/hosts/%1.2+
VirtualDocumentRoot none
VirtualDocumentRootIP {tree}/hosts/%0
VirtualDocumentRootIP {tree}/hosts/%1
VirtualScriptAlias {tree}/hosts/%0/cgi
VirtualDocumentRoot {tree}/hosts/%0\\nUseCanonicalName On
VirtualDocumentRoot {tree}/hosts/%0\\nUseCanonicalName DNS
VirtualDocumentRoot {tree}/hosts/%0\\nAlias /al {tree}/hosts
""".strip().splitlines()
MASS = [m.replace("\\n", "\n") for m in MASS]
MASS_FILES = {f"hosts/{h}/{f}": f"{h} {f}\n" for h in (
    "www.one.example", "www", "one", "example", "one.example", "w", "w/w",
    "e", "_", "127.0.0.1", "127", "www.one", "%x", "localhost", "ww")
    for f in ("index.html", "sub/index.html")}
MASS_ASK = [case(t, f"Host: {h}") for t in ("/", "/sub", "/none", "/al/")
            for h in ("www.one.example", "WWW.One.Example", "one.example",
                      "www.one.example.", "www.one.example:80", "localhost",
                      "127.0.0.1", "a..b", "..", "w", "..example")]

ACTIONS = """
Action text/plain /handler.asis
AddHandler own .txt\\nAction own /handler.asis
AddHandler own .txt .gone\\nAction own /handler.asis virtual
SetHandler own\\nAction own /handler.asis
Action own /none\\nSetHandler own
Script GET /handler.asis
Script POST /handler.asis
Script PUT /handler.asis
Script FOO /handler.asis
Action text/* /handler.asis
Action text/html /handler.asis\\nAction text/plain /b.html
""".strip().splitlines()
ACTIONS = [a.replace("\\n", "\n") for a in ACTIONS]
ACTION_FILES = {"a.txt": "text\n", "b.html": "html\n", "handler.asis":
                "Status: 203 Mine\nContent-type: text/x\nX-A: 1\n\nhandled\n",
                "index.html": "index\n"}
ACTION_ASK = [case(f"{m} {t} HTTP/1.1") for m in ("GET", "HEAD", "POST", "PUT",
                                                  "FOO")
              for t in ("/a.txt", "/a.txt?q=1", "/b.html", "/none.gone", "/",
                        "/a.txt/info")]

MAP = """# comment
base referer
default /default.html
rect /rect.html 0,0 10,10
circle /circle.html 50,50 60,50 "A circle"
poly http://x.example/poly 100,100 120,100 110,120 (a triangle)
point /point.html 200,200
rect nocontent 300,300 310,310
rect error 320,320 330,330
rect map 340,340 350,350
rect menu 360,360 370,370
rect referer 380,380 390,390
rect relative.html 400,400 410,410
rect ../up.html 420,420 430,430
rect "" 440,440 450,450
"""
MAPS = {"m.map": MAP, "none.map": "", "base.map": MAP.replace(
    "base referer", "base http://b.example/dir/"),
    "bad.map": "rect\nnonsense /x 1,1 2,2\ncircle /y a,b\n",
    "mapbase.map": MAP.replace("base referer", "base map"),
    "nodefault.map": "base map\nrect a.html 0,0 1,1\n",
    "text.map": "some <b>text</b>\nrect /a 0,0 1,1 \"A <x>\"\n\ndefault /d "
    "\"dflt\"\n"}
MAP_SET = ["AddHandler imap-file .map", "SetHandler imap-file\nImapMenu none",
           *(f"SetHandler imap-file\nImapMenu {m}" for m in (
               "formatted", "semiformatted", "unformatted")),
           *(f"SetHandler imap-file\nImapDefault {d}" for d in (
               "nocontent", "error", "map", "referer", "menu", "/dd.html")),
           *(f"SetHandler imap-file\nImapBase {b}" for b in (
               "map", "referer", "http://base.example/x/")),
           "AddHandler imap-file map\nErrorDocument 500 \"imap\""]
MAP_ASK = [(f"{{}}/{m}{q}", *h) for m in MAPS
           for q in ("", "?", "?5,5", "?55,50", "?110,105", "?205,200",
                     "?305,305", "?345,345", "?405,405", "?1000,1000", "?x",
                     "?425,425")
           for h in ((),)]
MAP_ASK += [("{}/m.map?405,405", "Referer: http://ref.example/a/b"),
            ("{}/m.map?425,425", "Referer: http://ref.example/a/b/c"),
            ("{}/m.map?385,385", "Referer: http://ref.example/a/b"),
            ("{}/m.map", "Referer: http://ref.example/"),
            ("HEAD {}/m.map?5,5 HTTP/1.1",), ("POST {}/m.map?5,5 HTTP/1.1",),
            ("{}/m.map?325,325",), ("{}/m.map?365,365",),
            ("{}/m.map?445,445",), ("{}/m.map?0,0",), ("{}/m.map?-5,5",)]

MAGIC = {"gif": b"GIF89a123", "png": b"\x89PNG\r\n\x1a\n0000",
         "pdf": b"%PDF-1.4\n", "gzip": b"\x1f\x8b\x08\x00abc",
         "text": b"plain words here\n", "html": b"<html><body>x</body></html>",
         "script": b"#!/bin/sh\necho\n", "elf": b"\x7fELF\x02\x01\x01",
         "empty": b"", "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
         "zip": b"PK\x03\x04", "latin": b"caf\xe9\n", "zero": b"\0" * 64,
         "xml": b"<?xml version=\"1.0\"?><a/>", "ps": b"%!PS-Adobe\n"}
TYPES = "TypesConfig /etc/mime.types\n"

GROUPS = [
    *[Group(f"alias-{i}", ALL + a + "\n", ALIAS_ASK,
            ("dir", "alias", "setenvif", "headers"), FILES)
      for i, a in enumerate(ALIAS)],
    in_htaccess("redirects", [h.replace("{here}", "d0") for h in HT_REDIRECTS],
                [("{}/a.txt",), ("{}/",), ("{}/a.txt?q=1",), ("{}/sub",),
                 ("{}/none",)], files=FILES, modules=("dir", "alias")),
    in_htaccess("dir", DIRS, DIR_ASK, files=FILES),
    places("dir-config", [d for d in DIRS if d not in (
        "DirectoryIndexRedirect 404", "DirectorySlash NotFound")
                          and "\"\"" not in d and d != "FallbackResource "
                          "b.html"], DIR_ASK, ("dir",), FILES),
    in_htaccess("mime", MIME, MIME_ASK, files=MIME_FILES, extra=TYPES,
                modules=("mime", "asis", "dir")),
    Group("mime-default", ALL + TYPES, [case("/" + n[0][3:]) for n in MIME_ASK],
          ("mime",), MIME_FILES),
    in_htaccess("speling", ["CheckSpelling On", "CheckSpelling Off",
                            "CheckSpelling On\nCheckCaseOnly On",
                            "CheckCaseOnly On", "CheckSpelling On\n"
                            "CheckBasenameMatch Off", "CheckSpelling On\n"
                            "CheckBasenameMatch On"],
                SPELL_ASK, files=SPELL, modules=("speling", "dir")),
    *[Group(f"userdir-{i}", ALL + u + "\n", USER_ASK, ("userdir", "dir"),
            USER_FILES) for i, u in enumerate(USERDIRS)],
    *[Group(f"mass-{i}", ALL + m + "\n", MASS_ASK,
            ("vhost_alias", "dir", "alias"), MASS_FILES)
      for i, m in enumerate(MASS)],
    *[Group(f"actions-{i}", ALL + TYPES + "AddHandler send-as-is .asis\n" + a
            + "\n", ACTION_ASK, ("actions", "asis", "mime", "dir"),
            ACTION_FILES) for i, a in enumerate(ACTIONS)],
    in_htaccess("imagemap", MAP_SET, MAP_ASK, files=MAPS,
                modules=("imagemap", "mime"), extra=TYPES),
    Group("magic", ALL + "MimeMagicFile /etc/apache2/magic\n",
          [case("/" + n) for n in MAGIC], ("mime_magic",), MAGIC),
    Group("magic-mime", ALL + TYPES + "MimeMagicFile /etc/apache2/magic\n",
          [case("/" + n) for n in MAGIC] + [case("/gif.txt"), case("/x.gz")],
          ("mime", "mime_magic"), MAGIC | {"gif.txt": b"GIF89a", "x.gz":
                                           b"GIF89a"}),
]


def test_same(compare, comparison):
    compare(*comparison)
