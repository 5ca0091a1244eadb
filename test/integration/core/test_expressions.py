"""The expression language: every operator, function and variable once, as a
condition, as a string and in Require expr."""
import re

import pytest

from harness import request

MODULES = ["authz_core", "headers", "env", "setenvif", "alias"]
TARGET = "/dir/page?a=b"

CONDITIONS = [
    # strings
    ("'a' == 'a'", True), ("'a' = 'a'", True), ("'a' == 'b'", False),
    ("'a' != 'b'", True), ("'a' < 'b'", True), ("'b' <= 'b'", True),
    ("'b' > 'a'", True), ("'a' >= 'b'", False), ("'A' == 'a'", False),
    ("'10' < '9'", True),
    # integers
    ("10 -gt 9", True), ("10 gt 9", True), ("1 -eq 01", True),
    ("1 eq 2", False), ("1 -ne 2", True), ("1 ne 1", False),
    ("1 -lt 2", True), ("2 lt 1", False), ("2 -le 2", True), ("3 le 2", False),
    ("2 -ge 3", False), ("3 ge 3", True), ("'x' eq 0", None),
    # regular expressions
    ("'foobar' =~ /oba/", True), ("'foobar' =~ /^bar/", False),
    ("'foobar' !~ /^bar/", True), ("'FOO' =~ /foo/", False),
    ("'FOO' =~ /foo/i", True), ("'a/b' =~ m#a/b#", True),
    ("'a/b' =~ m|a/b|", True), ("'a b' =~ m/a b/", True),
    ("'x.y' =~ /x\\.y/", True), ("'xzy' =~ /x\\.y/", False),
    ("'abc' =~ /(b)/ && $1 == 'b'", True),
    ("'abc' =~ /(x)?b/ && $0 == 'b'", True),
    # lists
    ("'a' in { 'b', 'a' }", True), ("'c' -in { 'b', 'a' }", False),
    ("'get' in { tolower(%{REQUEST_METHOD}) }", True),
    # logic
    ("true", True), ("false", False), ("!true", False), ("not false", True),
    ("true && false", False), ("true and true", True),
    ("true || false", True), ("false or false", False),
    ("false && false || true", True), ("true || true && false", True),
    ("false && (false || true)", False), ("!(true && false)", True),
    ("! 'a' == 'b'", True), ("!!true", True),
    ("'a' == 'a' && 'b' == 'b' && 'c' == 'c'", True),
    # unary operators
    ("-n 'a'", True), ("-n ''", False), ("-z ''", True), ("-z 'a'", False),
    ("-T 'yes'", True), ("-T 'off'", False), ("-T '0'", False),
    ("-T 'no'", False), ("-T 'False'", False), ("-T ''", False),
    ("-R '127.0.0.1'", True), ("-R '127.0.0.0/8'", True),
    ("-R '10.0.0.0/8'", False), ("-R '::1'", False),
    ("-d '{docroot}'", True), ("-d '{docroot}/dir/page'", False),
    ("-f '{docroot}/dir/page'", True), ("-f '{docroot}'", False),
    ("-e '{docroot}'", True), ("-e '{docroot}/nope'", False),
    ("-s '{docroot}/dir/page'", True), ("-s '{docroot}/empty'", False),
    ("-L '{docroot}/link'", True), ("-h '{docroot}/link'", True),
    ("-L '{docroot}/empty'", False), ("-x '{docroot}/run'", True),
    ("-x '{docroot}/empty'", False),
    ("-F '{docroot}/dir/page'", True), ("-F '{docroot}/nope'", False),
    ("-U '/dir/page'", True), ("-A '/dir/page'", True), ("-U '/secret'", False),
    # binary operators
    ("'10.1.2.3' -ipmatch '10.0.0.0/8'", True),
    ("'11.1.2.3' -ipmatch '10.0.0.0/8'", False),
    ("'::1' -ipmatch '::/64'", True),
    ("'foo.html' -strmatch '*.html'", True), ("'a/b' -strmatch 'a*'", True),
    ("'A' -strmatch 'a'", False), ("'A' -strcmatch 'a'", True),
    ("'a/b' -fnmatch 'a*'", False), ("'a/b' -fnmatch 'a/*'", True),
    # words
    ("'a'.'b' == 'ab'", True), ("'a' . 'b' . 'c' == 'abc'", True),
    ("'%{REQUEST_METHOD}x' == 'GETx'", True), ('"a\\"b" == \'a"b\'', None),
    ("'\\101' == 'A'", True), ("'' == ''", True), ("007 == '007'", True),
    # functions
    ("req('X-In') == 'in'", True), ("http('X-In') == 'in'", True),
    ("req_novary('x-in') == 'in'", True), ("req('nope') == ''", True),
    ("%{req:X-In} == 'in'", True), ("%{HTTP:X-In} == 'in'", True),
    ("toupper('aB') == 'AB'", True), ("tolower('aB') == 'ab'", True),
    ("escape('a b/c') == 'a%20b/c'", True),
    ("unescape('a%20b%2fc') == 'a b%2fc'", True),
    ("base64('abc') == 'YWJj'", True), ("unbase64('YWJj') == 'abc'", True),
    ("md5('') == 'd41d8cd98f00b204e9800998ecf8427e'", True),
    ("sha1('') == 'da39a3ee5e6b4b0d3255bfef95601890afd80709'", True),
    ("file('{docroot}/dir/page') =~ /^page/", True),
    ("filesize('{docroot}/dir/page') -eq 5", True),
    ("filesize('{docroot}/nope') -eq 0", True),
    ("reqenv('VAR') == 'value'", True), ("env('VAR') == 'value'", True),
    ("osenv('FROM_OUTSIDE') == 'yes'", True),
    ("env('FROM_OUTSIDE') == 'yes'", True), ("note('nope') == ''", True),
    ("ldap('a*b') == 'a\\\\2ab'", None),
    ("resp('nope') == ''", True),
]


@pytest.fixture(scope="module")
def server(serve_module):
    """Every condition at once: header C<n> is there when it is true."""
    lines = ["SetEnvIf Request_URI . VAR=value",
             "<Location /secret>\nRequire all denied\n</Location>"]
    for number, (text, _) in enumerate(CONDITIONS):
        quoted = text.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'Header set C{number} yes "expr={quoted}"')
    for number, (text, _) in enumerate(VARIABLES):
        lines.append(f'Header set V{number} "expr=<{text}>"')
    server = serve_module("\n".join(lines), MODULES, run=False,
                          env={"FROM_OUTSIDE": "yes"})
    server.put("dir/page", "page\n")
    server.put("empty", "")
    server.put("run", "x", mode=0o755)
    (server.docroot / "link").symlink_to("empty")
    server.announced = {"AH01630", "AH50750"}
    return server.start()


@pytest.fixture(scope="module")
def response(server):
    return request(server.port, TARGET, headers={
        "X-In": "in", "User-Agent": "agent", "Referer": "from",
        "Cookie": "c=1", "Accept": "*/*", "Forwarded": "for=x",
        "Proxy-Connection": "p", "Content-Type": "text/x"},
        host="Name.Example:99")


@pytest.mark.parametrize("number", range(len(CONDITIONS)),
                         ids=[text for text, _ in CONDITIONS])
def test_condition(response, number):
    text, expected = CONDITIONS[number]
    got = response.get(f"C{number}") == "yes"
    assert expected is None or got == expected, text


VARIABLES = [
    ("%{REQUEST_METHOD}", "GET"), ("%{REQUEST_URI}", "/dir/page"),
    ("%{QUERY_STRING}", "a=b"), ("%{REQUEST_SCHEME}", "http"),
    ("%{REQUEST_FILENAME}", "{docroot}/dir/page"),
    ("%{SCRIPT_FILENAME}", "{docroot}/dir/page"),
    ("%{DOCUMENT_ROOT}", "{docroot}"), ("%{REMOTE_ADDR}", "127.0.0.1"),
    ("%{REMOTE_HOST}", "127.0.0.1"), ("%{REMOTE_PORT}", r"~\d+"),
    ("%{SERVER_NAME}", "name.example"), ("%{SERVER_PORT}", "99"),
    ("%{SERVER_PROTOCOL}", "HTTP/1.1"), ("%{SERVER_ADMIN}", "~.*"),
    ("%{THE_REQUEST}", "GET /dir/page?a=b HTTP/1.1"),
    ("%{HTTP_HOST}", "Name.Example:99"), ("%{HTTP_USER_AGENT}", "agent"),
    ("%{HTTP_REFERER}", "from"), ("%{HTTP_COOKIE}", "c=1"),
    ("%{HTTP_ACCEPT}", "*/*"), ("%{HTTP_FORWARDED}", "for=x"),
    ("%{HTTP_PROXY_CONNECTION}", "p"), ("%{HTTPS}", "off"),
    ("%{IPV6}", "off"), ("%{IS_SUBREQ}", "false"), ("%{PATH_INFO}", ""),
    ("%{REMOTE_USER}", ""), ("%{REMOTE_IDENT}", ""), ("%{AUTH_TYPE}", ""),
    ("%{HANDLER}", "~.*"), ("%{REQUEST_STATUS}", "200"),
    ("%{CONTENT_TYPE}", "~.*"), ("%{REQUEST_LOG_ID}", "~.*"),
    ("%{CONN_LOG_ID}", "~.*"), ("%{CONN_REMOTE_ADDR}", "127.0.0.1"),
    ("%{CONTEXT_PREFIX}", ""), ("%{CONTEXT_DOCUMENT_ROOT}", "{docroot}"),
    ("%{DOCUMENT_URI}", "/dir/page"), ("%{LAST_MODIFIED}", r"~\d{14}"),
    ("%{SCRIPT_USER}", r"~\w+"), ("%{SCRIPT_GROUP}", r"~\w+"),
    ("%{TIME_YEAR}", r"~20\d\d"), ("%{TIME_MON}", r"~[01]\d"),
    ("%{TIME_DAY}", r"~[0-3]\d"), ("%{TIME_HOUR}", r"~[0-2]\d"),
    ("%{TIME_MIN}", r"~[0-5]\d"), ("%{TIME_SEC}", r"~[0-6]\d"),
    ("%{TIME_WDAY}", r"~[0-6]"), ("%{TIME}", r"~\d{14}"),
    ("%{SERVER_SOFTWARE}", r"~.+"), ("%{API_VERSION}", "20120211"),
    ("%{HTTP2}", "~off|"),
    ("%{tolower:ABC}", "abc"), ("%{toupper:%{QUERY_STRING}}", "A=B"),
    ("a%{REQUEST_METHOD}b%{QUERY_STRING}c", "aGETba=bc"), ("100%", "100%"),
    ("$0", ""),
]


@pytest.mark.parametrize("number", range(len(VARIABLES)),
                         ids=[text for text, _ in VARIABLES])
def test_variable(server, response, number):
    text, expected = VARIABLES[number]
    got = response.get(f"V{number}")
    assert got[0] + got[-1] == "<>"
    if expected.startswith("~"):
        assert re.fullmatch(expected[1:], got[1:-1]), (text, got)
    else:
        assert got[1:-1] == server.fill(expected)


def test_reading_a_field_adds_to_vary(serve):
    server = serve("<If \"%{HTTP_USER_AGENT} == 'x' || "
                   "req('X-A') == 'y' || req_novary('X-B') == 'z'\">\n"
                   "</If>", MODULES)
    vary = request(server.port, "/").get("Vary", "")
    assert {v.strip() for v in vary.split(",")} == {"User-Agent", "X-A"} \
        or vary == ""
    server.put("page", "page\n")
    vary = request(server.port, "/page").get("Vary")
    assert {v.strip() for v in vary.split(",")} == {"User-Agent", "X-A"}


@pytest.mark.parametrize("expression, status", [
    ("%{QUERY_STRING} == 'yes'", 200), ("%{QUERY_STRING} == 'no'", 403),
    ("%{REMOTE_ADDR} -ipmatch '127.0.0.0/8'", 200),
    ("-z %{QUERY_STRING}", 403), ("%{HTTP:X-In} in { 'a', 'in' }", 200)])
def test_require_expr(serve, expression, status):
    server = serve(f'<Location />\nRequire expr "{expression}"\n</Location>',
                   MODULES)
    server.announced = {"AH01630"}
    server.put("page", "page\n")
    assert request(server.port, "/page?yes",
                   headers={"X-In": "in"}).status == status


@pytest.mark.parametrize("target, seen", [
    ("/a-b", "b-a"), ("/a-", None), ("/x", None)])
def test_back_references_in_a_section(serve, target, seen):
    server = serve('<LocationMatch "^/(?<left>\\w+)-(?<right>\\w+)$">\n'
                   'Header always set X-T "expr=%{env:MATCH_RIGHT}-'
                   '%{env:MATCH_LEFT}"\n</LocationMatch>', MODULES)
    assert request(server.port, target).get("X-T") == seen
