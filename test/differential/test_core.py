"""The core: methods, targets, framing, conditions, ranges, error pages."""
import itertools
import os
import socket

from .pair import DATE, Group, case, raw

ALL = "<Location />\nRequire all granted\n</Location>\n"
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz\n"
TREE = {
    "index.html": "<p>root</p>\n",
    "a.txt": LETTERS,
    "big.bin": LETTERS * 2000,
    "empty": "",
    "sub/index.html": "<p>sub</p>\n",
    "sub/b c.txt": "a space\n",
    "bare/file": "in a folder without index\n",
    "100%.txt": "percent\n",
    "plus+sign": "plus\n",
    "semi;colon": "semicolon\n",
    "tilde~": "tilde\n",
    "umlaut-\u00fc": "umlaut\n",
    "quote'\"<>&": "quotes\n",
    "x:y": "colon\n",
    "back\\slash": "backslash\n",
}
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE",
           "CONNECT", "PATCH", "PROPFIND", "MKCOL", "COPY", "MOVE", "LOCK",
           "UNLOCK", "REPORT", "FOO", "get", "Get", "VERSION-CONTROL",
           "BASELINE-CONTROL", "PRI", "INVALID", "QUERY")

METHOD_CASES = [case(f"{m} {t} HTTP/1.1") for m in METHODS
                for t in ("/a.txt", "/", "/none", "*", "/bare/", "/sub")
                if not (m == "CONNECT" and t == "*")]
METHOD_CASES += [
    case("POST /a.txt HTTP/1.1", body=b"x=1"),
    case("PUT /a.txt HTTP/1.1", body=b"x=1"),
    case("DELETE /a.txt HTTP/1.1", body=b"x=1"),
    case("GET /a.txt HTTP/1.1", body=b"x=1"),
    case("HEAD /a.txt HTTP/1.1", body=b"x=1"),
    case("OPTIONS * HTTP/1.1", body=b"x=1"),
    case("OPTIONS http://localhost/a.txt HTTP/1.1"),
    case("OPTIONS http://localhost HTTP/1.1"),
    case("TRACE / HTTP/1.1", "X-Echo: me", "Cookie: secret=1"),
    case("TRACE / HTTP/1.1", "Content-Length: 0"),
    case("TRACE / HTTP/1.1", body=b"body"),
    case("TRACE /none HTTP/1.1", "Authorization: Basic abc", "X-A: 1",
         "X-A: 2"),
    case("GET /a.txt HTTP/1.1", "X-HTTP-Method-Override: DELETE"),
]

PATHS = """
/ /index.html /a.txt /a.txt/ /a.txt/info /a.txt/info/more /empty /none /sub
/sub/ /sub// //sub/ ///a.txt /./a.txt /sub/../a.txt /sub/./../a.txt /../a.txt
/../../a.txt /sub/.. /sub/. /.. /. /sub/... /%2e%2e/a.txt /sub/%2e%2e/a.txt
/.%2e/a.txt /%2e/a.txt /%61.txt /%41.txt /a%2etxt /sub%2findex.html
/sub%2Findex.html /sub%2f%2findex.html /%2f /%2fa.txt /a.txt%2f /a.txt%00
/%00 /a%00.txt /a.txt%20 /%20 /sub/b%20c.txt /sub/b+c.txt /100%25.txt /100%.txt
/100%2 /%zz /%g1 /% /%% /a.txt? /a.txt?q /a.txt?q=1&r=2 /a.txt?a?b /a.txt?%00
/a.txt?%zz /?x /sub?x=1 /sub?x=/../y /bare /bare/ /bare/none /bare/file
/bare/file/ /none/ /none/none /none?q /plus+sign /plus%2bsign /semi;colon
/semi%3bcolon /a.txt;v=1 /sub;x/ /tilde~ /tilde%7e /umlaut-%c3%bc /umlaut-%C3%BC
/umlaut-%fc /quote'%22%3c%3e& /quote%27%22%3c%3e%26 /x:y /x%3ay /back%5cslash
/sub%5cindex.html /a.txt%0a /a.txt%0d%0aX:1 /%7f /%ff /%01 /A.TXT /.htaccess
/.htpasswd /.ht /sub/.htaccess /sub/.hidden /a.txt#frag /a.txt%23frag
/con /sub/sub/sub /a.txt/../a.txt /none/../a.txt /a.txt/.. /a.txt/. /sub/index.html/
/~ /~root /~nobody/ /cgi-bin/ /icons/ /%E2%82%AC /%c0%ae%c0%ae/ /a.txt%3fq
/sub/%2e /sub/%2e/ /sub/%2e%2e /sub/%2e%2e/ /a.txt%2Finfo /index.html/x?y
/..a /...a /a.. /sub/..%2fa.txt /sub/%2e%2e%2fa.txt /%252e%252e/a.txt
/a,b /a=b /a@b /a$b /a!b /a*b /a(b) /a[b] /a{b} /a|b /a^b /a`b /a"b /a<b>
http://localhost/a.txt http://localhost http://localhost/ http://other/a.txt
HTTP://localhost/a.txt https://localhost/a.txt ftp://localhost/a.txt
http://localhost:80/a.txt http://localhost:99999/a.txt http://user@localhost/a.txt
http://localhost:/a.txt http:///a.txt http:/a.txt http:a.txt //a.txt a.txt
localhost:80 ?q * urn:x http://[::1]/a.txt http://[::1]:80/ http://127.0.0.1/a.txt
http://loc%61lhost/a.txt http://localhost?q http://localhost/sub
http://localhost/../a.txt
""".split()
PATHS.append("/" + "x" * 255)
PATHS.append("/" + "x" * 256)
PATHS.append("/" + "x" * 5000)
PATHS.append("/a.txt?" + "q" * 5000)
PATHS.append("/" + "d/" * 300)

PATH_CASES = [case(f"GET {p} HTTP/1.1") for p in PATHS]


def path_group(name, directives):
    return Group(name, ALL + directives, PATH_CASES, ("dir",), TREE)


# -- conditional requests
ETAG = '"25-5af409f3dc000"'
CONDITION_TREE = {"a.txt": LETTERS, "weak.txt": "recent\n"}
SINCE = ("Sun, 13 Sep 2020 12:26:40 GMT", "Sun, 13 Sep 2020 12:26:39 GMT",
         "Sun, 13 Sep 2020 12:26:41 GMT", "Sunday, 13-Sep-20 12:26:40 GMT",
         "Sun Sep 13 12:26:40 2020", "junk", "Thu, 01 Jan 1970 00:00:00 GMT",
         "Fri, 31 Dec 2100 00:00:00 GMT",
         "Sun, 13 Sep 2020 12:26:40 GMT; length=37", "")
TAGS = ("{etag}", "W/{etag}", '"x"', '"x", {etag}', '"x",W/{etag},"y"', "*",
        "junk", "", '{etag}x', "{etag}-gzip", '""', "W/", '"unclosed')


def conditions(etag):
    """If-* fields alone, in pairs, and with every method."""
    singles = [("", )]
    for name in ("If-Match", "If-None-Match"):
        singles += [(f"{name}: {t.format(etag=etag)}",) for t in TAGS]
    for name in ("If-Modified-Since", "If-Unmodified-Since"):
        singles += [(f"{name}: {t}",) for t in SINCE]
    few_tags = [t.format(etag=etag) for t in ("{etag}", '"x"', "*", "W/{etag}")]
    few_dates = SINCE[:3] + (SINCE[5],)
    double = []
    for first, second in itertools.product(("If-Match", "If-None-Match"),
                                           ("If-Modified-Since",
                                            "If-Unmodified-Since")):
        double += [(f"{first}: {t}", f"{second}: {d}")
                   for t in few_tags for d in few_dates]
    double += [(f"If-Match: {a}", f"If-None-Match: {b}")
               for a in few_tags for b in few_tags]
    double += [(f"If-Modified-Since: {a}", f"If-Unmodified-Since: {b}")
               for a in few_dates for b in few_dates]
    cases = []
    for fields in singles[1:] + double:
        cases.append(case("GET /a.txt HTTP/1.1", *fields))
    for fields in singles[1:]:
        for method in ("HEAD", "POST", "PUT", "OPTIONS"):
            cases.append(case(f"{method} /a.txt HTTP/1.1", *fields))
        cases.append(case("GET /none HTTP/1.1", *fields))
    cases += [
        case("/a.txt", 'If-None-Match: "x"', f"If-None-Match: {etag}"),
        case("/a.txt", f"If-None-Match: {etag}", "Range: bytes=0-3"),
        case("/a.txt", 'If-Match: "x"', "Range: bytes=0-3"),
        case("/a.txt", f"If-Match: {etag}", "Range: bytes=0-3"),
        case("/a.txt", f"If-Match: W/{etag}", "Range: bytes=0-3"),
        case("/a.txt", f"If-None-Match: W/{etag}", "Range: bytes=0-3"),
        case("/a.txt", f"If-Modified-Since: {SINCE[0]}", "Range: bytes=0-3"),
    ]
    return cases


RANGES = """
bytes=0-0 bytes=0-3 bytes=0- bytes=5- bytes=-1 bytes=-5 bytes=-37 bytes=-38
bytes=-100 bytes=36-36 bytes=36- bytes=37- bytes=37-40 bytes=30-100 bytes=0-36
bytes=0-37 bytes=0-1000 bytes=5-3 bytes=a-b bytes=-a bytes=1-a bytes= bytes
bytes=- bytes=-0 bytes=0 bytes=0-3, bytes=,0-3 bytes=0-3,5-7 bytes=0-3,4-7
bytes=0-3,2-7 bytes=5-7,0-3 bytes=0-3,5-7,9-11 bytes=0-3,37-40 bytes=37-40,0-3
bytes=37-40,50-60 bytes=0-0,-1 bytes=-1,0-0 bytes=0-,0- bytes=0-36,0-36
bytes=0-3;5-7 items=0-3 BYTES=0-3 Bytes=0-3 bytes:0-3 bytes=00-03
bytes=18446744073709551615- bytes=9223372036854775807-9223372036854775808
bytes=0-9223372036854775807 bytes=0-99999999999999999999 bytes=--1 bytes=+1-3
bytes=0x0-3 bytes=0-3-5 bytes=-3,-5 bytes=-5,-3 bytes=1-2,1-2,1-2
bytes=1-1,3-3,5-5,7-7,9-9,11-11,13-13,15-15,17-17,19-19
bytes=10-20,5-15 bytes=10-20,5-15,0-8 none
""".split()
RANGES += ["bytes= 0-3", "bytes =0-3", "bytes=0 - 3", "bytes=0-3, 5-7",
           "bytes=0-3 ,5-7", "bytes=0-3,,5-7", "bytes=0-3, , 5-7", " bytes=0-3",
           "bytes=" + ",".join(f"{i}-{i}" for i in range(0, 36, 2)),
           "bytes=" + ",".join("0-1" for _ in range(250)),
           "bytes=" + ",".join("1-2,0-1" for _ in range(30)),
           "bytes=" + ",".join(f"{i}-{i}" for i in range(36, 0, -2))]
RANGE_CASES = [case(f"{m} {t} HTTP/1.1", f"Range: {r}")
               for m, t in (("GET", "/a.txt"), ("HEAD", "/a.txt"),
                            ("GET", "/empty"))
               for r in RANGES]
RANGE_CASES += [case("/big.bin", f"Range: {r}") for r in RANGES]
RANGE_CASES += [case("/a.txt", "Range: bytes=0-3", f"If-Range: {v}")
                for v in (ETAG, "W/" + ETAG, '"x"', *SINCE, "*",
                          f"{ETAG}, {ETAG}")]
RANGE_CASES += [
    case("/a.txt", "Request-Range: bytes=0-3"),
    case("/a.txt", "Request-Range: bytes=0-3,5-7"),
    case("/a.txt", "Range: bytes=0-3,5-7", "User-Agent: MSIE 3.0"),
    case("/a.txt", "Range: bytes=0-3", "Range: bytes=5-7"),
    case("POST /a.txt HTTP/1.1", "Range: bytes=0-3"),
    case("GET /a.txt HTTP/1.0", "Range: bytes=0-3"),
    case("GET /a.txt HTTP/1.0", "Range: bytes=0-3,5-7"),
    case("GET /none HTTP/1.1", "Range: bytes=0-3"),
    case("GET / HTTP/1.1", "Range: bytes=0-3"),
]


def range_group(name, directives):
    return Group(name, ALL + directives, RANGE_CASES, ("dir",), TREE)


# -- request syntax and framing
HOST = "Host: localhost\n"
END = "\n\n"
SYNTAX = [raw(text) for text in (
    "GET /a.txt HTTP/1.1\n" + HOST + "\n",
    "GET /a.txt HTTP/1.0\n\n",
    "GET /a.txt HTTP/1.0\nConnection: keep-alive\n\n",
    "GET /a.txt HTTP/1.0\n" + HOST + "Connection: keep-alive\n\n",
    "GET /a.txt HTTP/0.9\n\n", "GET /a.txt\n", "GET /\n", "GET /a.txt\n\n",
    "GET /a.txt HTTP/1.1\n\n", "GET /a.txt HTTP/1.2\n" + HOST + "\n",
    "GET /a.txt HTTP/2.0\n" + HOST + "\n", "GET /a.txt HTTP/3.0\n" + HOST + "\n",
    "GET /a.txt HTTP/1\n" + HOST + "\n", "GET /a.txt HTTP/1.10\n" + HOST + "\n",
    "GET /a.txt HTTP/01.1\n" + HOST + "\n", "GET /a.txt http/1.1\n" + HOST + "\n",
    "GET /a.txt HTTX/1.1\n" + HOST + "\n", "GET /a.txt HTTP/1.1 x\n" + HOST + "\n",
    "GET  /a.txt HTTP/1.1\n" + HOST + "\n", "GET /a.txt  HTTP/1.1\n" + HOST + "\n",
    "GET\t/a.txt HTTP/1.1\n" + HOST + "\n", " GET /a.txt HTTP/1.1\n" + HOST + "\n",
    "GET /a.txt HTTP/1.1 \n" + HOST + "\n", "GET /a b HTTP/1.1\n" + HOST + "\n",
    "G(T /a.txt HTTP/1.1\n" + HOST + "\n", "GET\x01 /a.txt HTTP/1.1\n" + HOST + "\n",
    "GET /a\x01 HTTP/1.1\n" + HOST + "\n", "GET /a\x7f HTTP/1.1\n" + HOST + "\n",
    "GET /\xfc HTTP/1.1\n" + HOST + "\n", "GET\n\n", "GET \n\n", "\n\n\n",
    "\nGET /a.txt HTTP/1.1\n" + HOST + "\n", "\n\n\n\nGET /a.txt HTTP/1.1\n" + HOST + "\n",
    "\n" * 30 + "GET /a.txt HTTP/1.1\n" + HOST + "\n",
    "GET / HTTP/1.1\n" + HOST + HOST + "\n", "GET / HTTP/1.1\nHost: a\nHost: b\n\n",
    "GET / HTTP/1.1\nHost:\n\n", "GET / HTTP/1.1\nHost: \n\n",
    "GET / HTTP/1.1\nHost: a b\n\n", "GET / HTTP/1.1\nHost: a/b\n\n",
    "GET / HTTP/1.1\nHost: a:80\n\n", "GET / HTTP/1.1\nHost: a:\n\n",
    "GET / HTTP/1.1\nHost: a:b\n\n", "GET / HTTP/1.1\nHost: a:99999\n\n",
    "GET / HTTP/1.1\nHost: a:0\n\n", "GET / HTTP/1.1\nHost: :80\n\n",
    "GET / HTTP/1.1\nHost: [::1]\n\n", "GET / HTTP/1.1\nHost: [::1]:80\n\n",
    "GET / HTTP/1.1\nHost: [::1\n\n", "GET / HTTP/1.1\nHost: ::1\n\n",
    "GET / HTTP/1.1\nHost: [gg]\n\n", "GET / HTTP/1.1\nHost: a..b\n\n",
    "GET / HTTP/1.1\nHost: .a\n\n", "GET / HTTP/1.1\nHost: a.\n\n",
    "GET / HTTP/1.1\nHost: a_b\n\n", "GET / HTTP/1.1\nHost: a%20b\n\n",
    "GET / HTTP/1.1\nHost: user@a\n\n", "GET / HTTP/1.1\nHost: \xfc\n\n",
    "GET / HTTP/1.1\nHost: A.Example\n\n", "GET / HTTP/1.1\nHost: a,b\n\n",
    "GET / HTTP/1.1\nHost: -a\n\n", "GET / HTTP/1.1\nHost: 1.2.3.4\n\n",
    "GET / HTTP/1.1\nHost: a?b\n\n", "GET / HTTP/1.1\nHost: a\\b\n\n",
    "GET / HTTP/1.1\n" + HOST + "NoColon\n\n",
    "GET / HTTP/1.1\n" + HOST + ": novalue\n\n",
    "GET / HTTP/1.1\n" + HOST + "Space : x\n\n",
    "GET / HTTP/1.1\n" + HOST + "Sp ace: x\n\n",
    "GET / HTTP/1.1\n" + HOST + "Tab\t: x\n\n",
    "GET / HTTP/1.1\n" + HOST + "X: a\x01b\n\n",
    "GET / HTTP/1.1\n" + HOST + "X: a\x00b\n\n",
    "GET / HTTP/1.1\n" + HOST + "X: a\x7fb\n\n",
    "GET / HTTP/1.1\n" + HOST + "X: a\tb\n\n",
    "GET / HTTP/1.1\n" + HOST + "X: \xfc\n\n",
    "GET / HTTP/1.1\n" + HOST + "X(: a\n\n", "GET / HTTP/1.1\n" + HOST + "\xfc: a\n\n",
    "GET / HTTP/1.1\n" + HOST + "X: a\n b\n\n",
    "GET / HTTP/1.1\n" + HOST + "X: a\n\tb\n\n",
    "GET / HTTP/1.1\n X: folded\n" + HOST + "\n",
    "GET / HTTP/1.1\n" + HOST + "X:\n\n", "GET / HTTP/1.1\n" + HOST + "X:a\n\n",
    "GET / HTTP/1.1\n" + HOST + "X: " + "v" * 8000 + "\n\n",
    "GET / HTTP/1.1\n" + HOST + "X: " + "v" * 8190 + "\n\n",
    "GET / HTTP/1.1\n" + HOST + "X: " + "v" * 9000 + "\n\n",
    "GET / HTTP/1.1\n" + HOST + "X" * 9000 + ": v\n\n",
    "GET /" + "x" * 8170 + " HTTP/1.1\n" + HOST + "\n",
    "GET /" + "x" * 8190 + " HTTP/1.1\n" + HOST + "\n",
    "GET /" + "x" * 20000 + " HTTP/1.1\n" + HOST + "\n",
    "X" * 9000 + " / HTTP/1.1\n" + HOST + "\n",
    "GET / HTTP/1.1\n" + HOST + "".join(f"X{i}: v\n" for i in range(99)) + "\n",
    "GET / HTTP/1.1\n" + HOST + "".join(f"X{i}: v\n" for i in range(100)) + "\n",
    "GET / HTTP/1.1\n" + HOST + "".join(f"X{i}: v\n" for i in range(150)) + "\n",
    # framing
    "POST / HTTP/1.1\n" + HOST + "Content-Length: 3\n\nabc",
    "POST / HTTP/1.1\n" + HOST + "Content-Length: 3\nContent-Length: 3\n\nabc",
    "POST / HTTP/1.1\n" + HOST + "Content-Length: 3, 3\n\nabc",
    "POST / HTTP/1.1\n" + HOST + "Content-Length: 3\nContent-Length: 4\n\nabcd",
    "POST / HTTP/1.1\n" + HOST + "Content-Length: -1\n\n",
    "POST / HTTP/1.1\n" + HOST + "Content-Length: +3\n\nabc",
    "POST / HTTP/1.1\n" + HOST + "Content-Length: abc\n\n",
    "POST / HTTP/1.1\n" + HOST + "Content-Length: 3x\n\nabc",
    "POST / HTTP/1.1\n" + HOST + "Content-Length: 0x3\n\nabc",
    "POST / HTTP/1.1\n" + HOST + "Content-Length:\n\n",
    "POST / HTTP/1.1\n" + HOST + "Content-Length: 3 \n\nabc",
    "POST / HTTP/1.1\n" + HOST + "Content-Length: 99999999999999999999\n\nabc",
    "POST / HTTP/1.1\n" + HOST + "Content-Length: 9223372036854775807\n\nabc",
    "POST / HTTP/1.1\n" + HOST + "Content-Length: 10\n\nabc",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\n3\nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: Chunked\n\n3\nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: identity\n\nabc",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: gzip\n\nabc",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: gzip, chunked\n\n3\nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked, gzip\n\n3\nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: xchunked\n\n3\nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding:\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\nContent-Length: 3\n\n3\nabc\n0\n\n",
    "POST / HTTP/1.0\n" + HOST + "Transfer-Encoding: chunked\n\n3\nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\n3;ext=1\nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\n3 \nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\n 3\nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\n03\nabc\n000\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\n0x3\nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\ng\nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\n-3\nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\n3\nabcd\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\nffffffffffffffffff\nabc\n0\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\n3\nabc\n0\nTrailer: x\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\n3\nabc\n0\nbad trailer\n\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\n3\nabc\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\n\n",
    "POST / HTTP/1.1\n" + HOST + "\nabc",
    "GET / HTTP/1.1\n" + HOST + "Expect: 100-continue\nContent-Length: 3\n\nabc",
    "POST / HTTP/1.1\n" + HOST + "Expect: 100-continue\nContent-Length: 3\n\nabc",
    "POST /none HTTP/1.1\n" + HOST + "Expect: 100-continue\nContent-Length: 3\n\nabc",
    "GET / HTTP/1.1\n" + HOST + "Expect: 200-maybe\n\n",
    "GET / HTTP/1.1\n" + HOST + "Expect: 100-Continue\n\n",
    "GET / HTTP/1.0\n" + HOST + "Expect: 100-continue\n\n",
    # pipelines
    ("GET /a.txt HTTP/1.1\n" + HOST + "\n") * 5,
    "GET /a.txt HTTP/1.1\n" + HOST + "\nGET /none HTTP/1.1\n" + HOST + "\nHEAD /a.txt HTTP/1.1\n" + HOST + "\n",
    "GET /a.txt HTTP/1.1\n" + HOST + "Connection: close\n\nGET /a.txt HTTP/1.1\n" + HOST + "\n",
    "GET /a.txt HTTP/1.1\n" + HOST + "\n\nGET /sub HTTP/1.1\n" + HOST + "\n",
    "GET /a.txt HTTP/1.1\n" + HOST + "\nGARBAGE\n\n",
    "POST / HTTP/1.1\n" + HOST + "Content-Length: 3\n\nabcGET /a.txt HTTP/1.1\n" + HOST + "\n",
    "POST / HTTP/1.1\n" + HOST + "Transfer-Encoding: chunked\n\n3\nabc\n0\n\nGET /a.txt HTTP/1.1\n" + HOST + "\n",
    "GET /a.txt HTTP/1.0\nConnection: keep-alive\n\nGET /a.txt HTTP/1.0\n\n",
    "GET /a.txt HTTP/1.1\n" + HOST + "Connection: Close\n\n",
    "GET /a.txt HTTP/1.1\n" + HOST + "Connection: foo, close\n\n",
    "GET /a.txt HTTP/1.1\n" + HOST + "Connection: keep-alive, close\n\n",
    "GET /a.txt HTTP/1.1\n" + HOST + "Connection: keep-alive\n\n",
    "GET /a.txt HTTP/1.1\n" + HOST + "Connection: upgrade\nUpgrade: foo\n\n",
    "GET /a.txt HTTP/1.1\n" + HOST + "Connection: upgrade\nUpgrade: h2c\n\n",
    "GET /a.txt HTTP/1.1\n" + HOST + "Keep-Alive: 300\n\n",
    "PRI * HTTP/2.0\n\nSM\n\n",
)]
SYNTAX += [raw(data) for data in (
    b"GET /a.txt HTTP/1.1\nHost: localhost\n\n",
    b"GET /a.txt HTTP/1.1\r\nHost: localhost\n\r\n",
    b"GET /a.txt HTTP/1.1\rHost: localhost\r\r",
    b"GET /a.txt HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n",
    b"GET /a.txt HTTP/1.1\r\r\nHost: localhost\r\n\r\n",
    b"GET /a.txt HTTP/1.1\r\nHost: localhost",
    b"GET /a.txt HTTP/1.1", b"GET /a", b"", b"\x16\x03\x01\x00\xa5\x01",
    b"\x00", b"\x00\x00\x00\r\n\r\n", b"G\x00T / HTTP/1.1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"3\nabc\n0\n\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding:\x0bchunked\r\n"
    b"\r\n0\r\n\r\n",
)]


def syntax_group(name, directives):
    return Group(name, ALL + directives, SYNTAX, ("dir",), TREE)


# -- error pages
def link(tree):
    os.symlink(tree / "a.txt", tree / "link.txt")
    os.symlink(tree / "sub", tree / "linkdir")
    os.symlink(tree / "gone", tree / "broken")
    (tree / "secret").write_text("no\n")
    (tree / "secret").chmod(0)
    (tree / "closed").mkdir(mode=0o700)
    (tree / "closed/x").write_text("x\n")
    os.chown(tree / "link.txt", 33, 33, follow_symlinks=False)
    os.utime(tree / "a.txt", (DATE, DATE))
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tree / "sock"))


ODD_FILES = [case(f"{m} {p} HTTP/1.1") for m in ("GET", "HEAD")
             for p in ("/link.txt", "/linkdir/", "/linkdir", "/broken",
                       "/secret", "/closed/", "/closed/x", "/closed", "/sock",
                       "/linkdir/b%20c.txt", "/broken/x", "/sock/")]

GROUPS = [
    Group("methods", ALL, METHOD_CASES, ("dir",), TREE),
    Group("methods-trace-off", ALL + "TraceEnable off\n",
          [c for c in METHOD_CASES if "TRACE" in c.line
           or "OPTIONS" in c.line], ("dir",), TREE),
    Group("methods-trace-extended", ALL + "TraceEnable extended\n",
          [c for c in METHOD_CASES if "TRACE" in c.line], ("dir",), TREE),
    path_group("paths", ""),
    path_group("paths-encoded-on", "AllowEncodedSlashes On\n"),
    path_group("paths-encoded-nodecode", "AllowEncodedSlashes NoDecode\n"),
    path_group("paths-merge-off", "MergeSlashes Off\nAcceptPathInfo On\n"),
    path_group("paths-pathinfo-off", "AcceptPathInfo Off\n"
               "DirectorySlash Off\nDirectoryIndex disabled\n"),
    Group("conditions", ALL, conditions(ETAG), ("dir",), CONDITION_TREE),
    range_group("ranges", ""),
    range_group("ranges-none", "MaxRanges none\n"),
    range_group("ranges-few", "MaxRanges 2\nMaxRangeOverlaps none\n"
                "MaxRangeReversals none\n"),
    syntax_group("syntax", ""),
    syntax_group("syntax-unsafe", "HttpProtocolOptions Unsafe\n"),
    syntax_group("syntax-lenient", "HttpProtocolOptions LenientMethods "
                 "Allow0.9\n"),
    syntax_group("syntax-registered",
                 "HttpProtocolOptions Strict RegisteredMethods Require1.0\n"),
    Group("odd-files", ALL, ODD_FILES, ("dir",), TREE,
          prepare=link),
    Group("odd-files-nolinks", ALL + "<Directory {tree}>\nOptions None\n"
          "</Directory>\n", ODD_FILES, ("dir",), TREE,
          prepare=link),
    Group("odd-files-owner", ALL + "<Directory {tree}>\n"
          "Options SymLinksIfOwnerMatch\n</Directory>\n", ODD_FILES,
          ("dir",), TREE,
          prepare=link),
]


def test_same(compare, comparison):
    compare(*comparison)
