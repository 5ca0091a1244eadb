"""mod_headers, mod_expires, mod_env, mod_setenvif, mod_cern_meta."""
from .pair import Group, case
from .test_settings import ALL, places

FILES = {"a.txt": "text\n", "b.html": "<p>html</p>\n", "c.gif": "GIF89a",
         "sub/a.txt": "sub\n"}

# Each row is put into a folder of its own.
HEADERS = """
Header set X one
Header set X "one two"
Header set X "a\\"b"
Header set X ""
Header set X one early
Header set X: one
Header always set X one
Header onsuccess set X one
Header set X one\\nHeader set X two
Header set X one\\nHeader append X two
Header set X one\\nHeader append X two\\nHeader append X three
Header set X one\\nHeader add X two
Header add X one\\nHeader add X one
Header set X one\\nHeader merge X one
Header set X "one, two"\\nHeader merge X two
Header set X "one, two"\\nHeader merge X three
Header set X "one, two"\\nHeader merge X one,two
Header setifempty X one
Header set X zero\\nHeader setifempty X one
Header set X one\\nHeader unset X
Header add X one\\nHeader add X two\\nHeader unset X
Header set X one\\nHeader edit X one two
Header set X "one one"\\nHeader edit X one two
Header set X "one one"\\nHeader edit* X one two
Header set X "abc"\\nHeader edit X (a)(b) $2$1-$0
Header set X "abc"\\nHeader edit* X (.) <$1>
Header set X "abc"\\nHeader edit X ^ pre-
Header set X "abc"\\nHeader edit X $ -post
Header set X "abc"\\nHeader edit X (?i)ABC def
Header edit X one two
Header add X one\\nHeader add X two\\nHeader edit X (one|two) <$1>
Header echo ^X-Echo
Header echo Accept
Header echo "X-(A|B)"
Header set X "%t" env=NOPE
Header set X one env=YES
Header set X one env=!YES
Header set X one env=!NOPE
Header set X "%{YES}e"
Header set X "%{NOPE}e"
Header set X "100%%"
Header set X "%{UNKNOWN}s"
Header set X one "expr=%{REQUEST_URI} =~ /a.txt/"
Header set X one "expr=-z %{QUERY_STRING}"
Header set X "expr=%{REQUEST_METHOD} %{tolower:ABC}"
Header set X "expr=%{md5:abc}"
Header set Content-Type text/x-own
Header unset Content-Type
Header set ETag x
Header unset ETag
Header set Last-Modified "Thu, 01 Jan 1970 00:00:00 GMT"
Header unset Last-Modified
Header set Content-Length 3 env=NOPE
Header set Vary Cookie
Header append Vary Accept
Header merge Vary Accept
Header always append Vary X
Header set Connection close
Header set Date never
Header set Server mine
Header unset Server
Header set Accept-Ranges none
Header unset Accept-Ranges
Header set Cache-Control "max-age=3, private"
Header set Set-Cookie "a=b; path=/"\\nHeader add Set-Cookie "c=d"
Header always set X one\\nHeader set X two
Header always set X one\\nHeader unset X
Header set X one\\nHeader always unset X
Header always add X one\\nHeader always edit X one two
RequestHeader set X-R one\\nHeader echo X-R
RequestHeader add X-A two\\nHeader echo X-A
RequestHeader append X-A two\\nHeader echo X-A
RequestHeader merge X-A one\\nHeader echo X-A
RequestHeader unset X-A\\nHeader echo X-A
RequestHeader edit X-A o 0\\nHeader echo X-A
RequestHeader edit* X-A [ao] -\\nHeader echo X-A
RequestHeader setifempty X-A new\\nHeader echo X-A
RequestHeader setifempty X-Z new\\nHeader echo X-Z
RequestHeader set X-R "expr=%{HTTP:X-A}"\\nHeader echo X-R
RequestHeader set X-R "%{YES}e" env=YES\\nHeader echo X-R
RequestHeader set X-R early early\\nHeader echo X-R
RequestHeader unset Range
RequestHeader unset If-None-Match
RequestHeader set Range bytes=0-1
RequestHeader edit X-A "(?<x>o)" "[$1]"\\nHeader echo X-A
""".strip().splitlines()
HEADERS = [h.replace("\\n", "\n") for h in HEADERS]
HEADERS = [h for h in HEADERS if " early" not in h]
ASK = [("{}/a.txt", "X-A: one", "X-B: two", "X-Echo: hi", "Accept: x/y"),
       ("{}/none", "X-A: one", "X-Echo: hi"),
       ("HEAD {}/a.txt HTTP/1.1", "X-A: zoo", "X-A: two"),
       ("{}/a.txt", "If-None-Match: *"), ("{}/a.txt", "Range: bytes=0-1"),
       ("{}/sub?q",)]

EXPIRES = """
ExpiresActive On
ExpiresActive Off\\nExpiresDefault A10
ExpiresActive On\\nExpiresDefault A10
ExpiresActive On\\nExpiresDefault M10
ExpiresActive On\\nExpiresDefault A0
ExpiresActive On\\nExpiresDefault A-10
ExpiresActive On\\nExpiresDefault "access plus 1 month"
ExpiresActive On\\nExpiresDefault "access plus 1 year 2 days 3 hours"
ExpiresActive On\\nExpiresDefault "now plus 4 weeks"
ExpiresActive On\\nExpiresDefault "modification plus 5 hours 3 minutes"
ExpiresActive On\\nExpiresDefault "access 90 seconds"
ExpiresActive On\\nExpiresByType text/html A5
ExpiresActive On\\nExpiresByType text/plain A5\\nExpiresDefault A7
ExpiresActive On\\nExpiresByType text/* A6\\nExpiresByType text/plain A5
ExpiresActive On\\nExpiresByType image/gif "access plus 1 year"
ExpiresActive On\\nExpiresDefault A10\\nHeader set Cache-Control private
ExpiresActive On\\nExpiresDefault A10\\nHeader set Expires 0
ExpiresActive On\\nExpiresDefault A10\\nHeader append Cache-Control public
ExpiresActive On\\nExpiresDefault A10\\nForceType text/x
ExpiresActive On\\nExpiresByType text/x A11\\nForceType text/x
ExpiresActive On\\nExpiresByType text/x A11\\nForceType "text/x; charset=y"
""".strip().splitlines()
EXPIRES = [e.replace("\\n", "\n") for e in EXPIRES]
EXPIRE_ASK = [("{}/a.txt",), ("{}/b.html",), ("{}/c.gif",), ("{}/none",),
              ("HEAD {}/a.txt HTTP/1.1",), ("{}/a.txt", "If-None-Match: *"),
              ("{}/a.txt", "Range: bytes=0-1"), ("{}/sub",)]

PROBES = "\n".join(f"Header always set X-{n} \"%{{{n}}}e\"" for n in
                   ("ONE", "TWO", "THREE"))
SETENV = """
SetEnvIf User-Agent test ONE
SetEnvIf User-Agent TEST ONE
SetEnvIfNoCase User-Agent TEST ONE=1
SetEnvIf User-Agent "^(te)(st)" ONE=$1 TWO=$2 THREE=$0
SetEnvIf User-Agent test ONE=a TWO=b !THREE
SetEnvIf User-Agent test ONE\\nSetEnvIf ONE 1 TWO=chained
SetEnvIf User-Agent test ONE=x\\nSetEnvIf User-Agent test !ONE
SetEnvIf Remote_Addr ^127 ONE=local
SetEnvIf Remote_Host . ONE=host
SetEnvIf Server_Addr ^127 ONE=server
SetEnvIf Request_Method GET ONE=get
SetEnvIf Request_Protocol HTTP/1.1 ONE=eleven
SetEnvIf Request_URI "/a\\.txt$" ONE=uri
SetEnvIf Request_URI "^/(d[0-9]+)/" ONE=$1
SetEnvIf ^X-A . ONE=regexname
SetEnvIf X-.* ^o ONE=regexname
SetEnvIf X-A ^$ ONE=empty
SetEnvIf X-None ^$ ONE=missing
SetEnvIf Authorization "(.+)" ONE=$1
SetEnvIfExpr "%{REQUEST_METHOD} == 'GET'" ONE=expr
SetEnvIfExpr "%{REQUEST_URI} =~ m#/(\\w+)\\.txt#" ONE=$1
SetEnvIfExpr "false" ONE=never
SetEnv ONE plain
SetEnv ONE "two words" 
SetEnv ONE
UnsetEnv ONE
PassEnv PATH
SetEnv ONE x\\nUnsetEnv ONE
BrowserMatch test ONE=browser
BrowserMatchNoCase TEST ONE=browser
BrowserMatch ^test !ONE TWO
BrowserMatch "te(s)t" ONE=$1
SetEnvIf User-Agent test nokeepalive
SetEnvIf User-Agent test downgrade-1.0
SetEnvIf User-Agent test force-response-1.0
SetEnvIf User-Agent test downgrade-1.0 force-response-1.0
SetEnvIf User-Agent test suppress-error-charset
SetEnvIf User-Agent test force-no-vary\\nHeader set Vary X
SetEnvIf User-Agent test redirect-carefully
SetEnvIf User-Agent test no-gzip
SetEnvIf User-Agent test ONE="quoted value"
SetEnvIf User-Agent "(no)?(test)" ONE=[$1] TWO=[$2]
SetEnvIf User-Agent test ONE=a$b TWO=$9 THREE=\\$1
""".strip().splitlines()
SETENV = [s.replace("\\n", "\n") + "\n" + PROBES for s in SETENV]
SETENV_ASK = [("{}/a.txt", "User-Agent: test"),
              ("{}/a.txt", "User-Agent: Test/1", "X-A: one", "X-B: other"),
              ("HEAD {}/a.txt HTTP/1.1", "X-A:", "User-Agent: test"),
              ("{}/none", "User-Agent: test",
               "Authorization: Basic dXNlcjpwdw=="),
              ("GET {}/a.txt HTTP/1.0", "User-Agent: test",
               "Connection: keep-alive"),
              ("{}/sub", "User-Agent: test")]

META = {"a.txt": "with meta\n", ".web/a.txt.meta": "X-Meta: yes\n"
        "Content-Type: text/x-meta\nX-Two: a\nX-Two: b\n",
        "b.txt": "no meta\n", "c.txt": "status\n",
        ".web/c.txt.meta": "Status: 418 Tea\nX-C: 1\n",
        "d.txt": "broken\n", ".web/d.txt.meta": "no colon here\n",
        "e.txt": "location\n", ".web/e.txt.meta": "Location: /x\n",
        "f.txt": "other\n", "meta/f.txt.hdr": "X-F: f\n"}
META_ASK = [(f"{m} {{}}/{f}.txt HTTP/1.1",) for m in ("GET", "HEAD")
            for f in "abcdef"]

EARLY = ("Header set X early-value early\nRequestHeader set X-R r early\n"
         "Header echo X-R\nSetEnvIf X-R r R=yes\n"
         "Header always set X-Env %{R}e\nRequestHeader unset X-Gone early\n"
         "Header echo X-Gone\n")

GROUPS = [
    places("headers", HEADERS, ASK, ("dir", "headers", "setenvif"), FILES,
           "SetEnvIf Host . YES=yes\n"),
    Group("headers-early", ALL + EARLY,
          [case(t, "X-Gone: g") for t in ("/a.txt", "/none", "/sub")],
          ("dir", "headers", "setenvif"), FILES),
    places("headers-ssl", ["Header set X \"%s\"" % f for f in (
        "%{SSL_X}s", "%D" if False else "x", "%%", "a%%b")], ASK[:1],
        ("headers",), FILES),
    places("expires", EXPIRES, EXPIRE_ASK, ("dir", "headers", "expires"),
           FILES),
    places("expires-types", EXPIRES, EXPIRE_ASK,
           ("dir", "headers", "expires", "mime"), FILES,
           "TypesConfig /etc/mime.types\n"),
    places("setenv", SETENV, SETENV_ASK,
           ("dir", "headers", "setenvif", "env"), FILES),
    places("meta", ["MetaFiles On", "MetaFiles Off", "", "MetaFiles On\n"
                    "MetaDir meta\nMetaSuffix .hdr", "MetaFiles On\n"
                    "MetaDir ."], META_ASK, ("cern_meta", "headers"), META),
]


def test_same(compare, comparison):
    compare(*comparison)
