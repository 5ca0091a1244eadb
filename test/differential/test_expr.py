"""Expressions: every operator, function and variable, printed by mod_headers
or tested by <If>."""
from .test_settings import in_htaccess

FILES = {"a.txt": "text\n", "sub/a.txt": "sub\n", "empty": "",
         "data.txt": "file content\n"}
REQUEST = [("{}/a.txt?a=1&b=%41+x", "User-Agent: Agent/1.0",
            "Cookie: c1=v1; c2=v2", "Referer: http://ref.example/x?y",
            "Accept: text/html", "X-List: one, two,three", "X-Num: 42",
            "Forwarded: for=1.2.3.4", "Authorization: Basic dTpw",
            "X-Forwarded-For: 1.2.3.4", "If-None-Match: \"z\""),
           ("HEAD {}/sub/a.txt HTTP/1.1", "X-Num: -1", "X-List: two"),
           ("{}/none/path",)]

VARIABLES = """HTTP_ACCEPT HTTP_COOKIE HTTP_FORWARDED HTTP_HOST
HTTP_PROXY_CONNECTION HTTP_REFERER HTTP_USER_AGENT REQUEST_METHOD
REQUEST_SCHEME REQUEST_URI DOCUMENT_URI REQUEST_FILENAME SCRIPT_FILENAME
LAST_MODIFIED SCRIPT_USER SCRIPT_GROUP PATH_INFO QUERY_STRING IS_SUBREQ
THE_REQUEST REMOTE_ADDR REMOTE_HOST REMOTE_USER REMOTE_IDENT SERVER_NAME
SERVER_ADMIN SERVER_PROTOCOL SERVER_PROTOCOL_VERSION
SERVER_PROTOCOL_VERSION_MAJOR SERVER_PROTOCOL_VERSION_MINOR DOCUMENT_ROOT
AUTH_TYPE CONTENT_TYPE HANDLER HTTP2 HTTPS IPV6 REQUEST_STATUS
CONN_REMOTE_ADDR CONTEXT_PREFIX CONTEXT_DOCUMENT_ROOT TIME_YEAR TIME_MON
TIME_DAY TIME_HOUR TIME_WDAY REQUEST_LOG_ID_X NOSUCH API_VERSION
REMOTE_PORT_X QUERY_STRING_UNESCAPED""".split()
VARIABLES = [v for v in VARIABLES if not v.endswith("_X")
             and v not in ("NOSUCH", "QUERY_STRING_UNESCAPED")]

FUNCTIONS = """
%{HTTP:User-Agent} %{http:X-Num} %{req:X-List} %{req_novary:X-List}
%{resp:ETag} %{reqenv:YES} %{osenv:NOPE} %{note:x} %{env:YES} %{ENV:YES}
%{tolower:ABCdef} %{toupper:ABCdef} %{escape:a_b/c?d=e&f}
%{unescape:a%20b} %{unescape:%zz} %{base64:hello} %{unbase64:aGVsbG8=}
%{unbase64:!!} %{md5:hello} %{sha1:hello} %{ldap:(a*b)} %{escape:%{HTTP_HOST}}
%{tolower:%{HTTP_USER_AGENT}} %{toupper:%{REQUEST_METHOD}} plain
%{REQUEST_URI}?%{QUERY_STRING} %{unescape:%{QUERY_STRING}} %{HTTP:None}
%{base64:%{md5:x}} %{escape:ä} %{filesize:/etc/passwd0} %{file:/etc/none}
%{filesize:{tree}/d0/data.txt} %{file:{tree}/d0/data.txt}
%{filemod:{tree}/d0/data.txt} %{md5:} %{tolower:} %{base64:}
%{replace:abc,b,x} %{reqenv:} %{resp:Content-Type} %{resp:Content-Length}
%{sha1:%{REQUEST_URI}} %{unbase64:%{base64:round}}
""".replace("%{replace:abc,b,x}", "").split()

TRUTHS = r"""
true
false
!true
!false
true && true
true && false
true || false
false || false
false || true && true
(false || true) && true
!(true && false)
not true
true and false
true or false
1 -eq 1
1 -eq 2
1 -ne 2
10 -gt 9
10 -lt 9
10 -ge 10
10 -le 9
10 eq 10.0
-1 -lt 1
'10' -gt '9'
'a' == 'a'
'a' = 'a'
'a' != 'a'
'a' == 'A'
'b' > 'a'
'a' >= 'a'
'a' < 'B'
'a' <= 'a'
'10' < '9'
'abc' =~ /b/
'abc' =~ /B/
'abc' =~ /B/i
'abc' !~ /b/
'abc' =~ m#^a.c$#
'abc' =~ m|c$|
"a\nb" =~ /^b/m
'a' in { 'a', 'b' }
'c' in { 'a', 'b' }
'a' -in { 'a', 'b' }
not 'c' in { 'a', 'b' }
'two' in split(/, ?/, %{HTTP:X-List})
'x' in split(m/,/, %{HTTP:X-List})
'a' -strmatch 'a'
'abc' -strmatch 'a*'
'abc' -strmatch '?b?'
'ABC' -strmatch 'a*'
'ABC' -strcmatch 'a*'
'/a/b/c' -fnmatch '/*/*'
'/a/b' -fnmatch '/*/*'
'127.0.0.1' -ipmatch '127.0.0.0/8'
'10.0.0.1' -ipmatch '127.0.0.0/8'
'::1' -ipmatch '::1/128'
-R '127.0.0.0/8'
-R '10.0.0.0/8'
-R '::1'
-n ''
-n 'x'
-z ''
-z 'x'
-z %{QUERY_STRING}
-n %{HTTP:X-Num}
-T ''
-T 'off'
-T 'no'
-T 'false'
-T '0'
-T '1'
-T 'yes'
-e '{tree}'
-e '{tree}/nope'
-d '{tree}'
-d '{tree}/d0/a.txt'
-f '{tree}/d0/a.txt'
-f '{tree}'
-s '{tree}/d0/a.txt'
-s '{tree}/d0/empty'
-L '{tree}/d0/a.txt'
-h '{tree}/d0/a.txt'
-x '{tree}/d0/a.txt'
-F '{tree}/d0/a.txt'
-U '/d0/a.txt'
-A '/d0/a.txt'
-U '/d0/none'
-f %{REQUEST_FILENAME}
%{REQUEST_METHOD} == 'GET'
%{REQUEST_METHOD} in { 'GET', 'HEAD' }
%{REQUEST_URI} =~ m#^/d\d+/#
%{REQUEST_URI} == '/d0/a.txt'
%{HTTP_HOST} == 'localhost'
%{HTTP:X-Num} -eq 42
%{HTTP:X-Num} -lt 0
%{HTTP_USER_AGENT} =~ /agent/i && %{REQUEST_METHOD} == 'GET'
"%{REQUEST_METHOD} x" == 'GET x'
'a' . 'b' == 'ab'
%{REQUEST_METHOD} . 'X' == 'GETX'
tolower('ABC') == 'abc'
toupper(%{REQUEST_METHOD}) == 'GET'
md5('x') == '9dd4e461268c8034f5c8564e155c67a6'
req('X-Num') == '42'
reqenv('YES') == 'yes'
%{TIME_YEAR} -ge 2020
%{HTTPS} == 'off'
%{IPV6} == 'off'
'abc' =~ /(?<n>b)/ && '%{REQUEST_METHOD}' == 'GET'
'abc' =~ /(b)/ && $1 == 'b'
'abc' =~ /(a)(b)/ && $2 == 'b' && $0 == 'ab'
'aXb' =~ /x/i
'a\'b' =~ /'/
'a%b' =~ /%/
base64('a') == 'YQ=='
unbase64('YQ==') == 'a'
escape('a b') == 'a%20b'
unescape('a%20b') == 'a b'
'' == ''
!-z 'x'
! -n ''
-n %{REMOTE_USER}
%{SERVER_PROTOCOL} == 'HTTP/1.1'
%{SERVER_PROTOCOL_VERSION} -ge 1001
%{REQUEST_STATUS} -eq 200
'x' in { %{REQUEST_METHOD}, 'x' }
""".strip().splitlines()

WORD = "Header always set X-V \"expr={}\""
TEST = ("<If \"{}\">\nHeader always set X-T true\n</If>\n<Else>\n"
        "Header always set X-T false\n</Else>")


def quoted(text):
    return text.replace("\\", "\\\\").replace('"', '\\"')


MODULES = ("dir", "headers", "setenvif")
EXTRA = "SetEnvIf Host . YES=yes\nServerAdmin admin@x\n"

# in .htaccess files, so that a refused expression is an answer too
GROUPS = [
    in_htaccess("expr-variables", [WORD.replace("{}", f"[%{{{v}}}]")
                                   for v in VARIABLES], REQUEST,
                "All", FILES, MODULES, EXTRA),
    in_htaccess("expr-functions", [WORD.replace("{}", quoted(f))
                                   for f in FUNCTIONS], REQUEST,
                "All", FILES, MODULES, EXTRA),
    in_htaccess("expr-if", [TEST.replace("{}", t.replace('"', '\\"'))
                            for t in TRUTHS], REQUEST,
                "All", FILES, MODULES, EXTRA),
    in_htaccess("expr-header", ["Header always set X-T yes \"expr=%s\""
                                % t.replace('"', '\\"') for t in TRUTHS],
                REQUEST[:1], "All", FILES, MODULES, EXTRA),
]


def test_same(compare, comparison):
    compare(*comparison)
