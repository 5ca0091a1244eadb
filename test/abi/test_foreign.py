"""Debian's own binary modules, built against httpd, work in this server."""
import gzip

import pytest

from harness import request
from harness.server import APACHE_MODULES

BASE = ["authz_core", "unixd"]


def load(*names):
    return "".join(f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so\n"
                   for name in names)


def test_rewrite(serve):
    server = serve(load("rewrite") + """
        RewriteEngine on
        RewriteCond %{REQUEST_METHOD} =GET
        RewriteRule ^/old/(.*)$ /new/$1
        RewriteRule ^/away/(.*)$ http://example.org/$1 [R=301,L]
        <Directory {docroot}>
            AllowOverride FileInfo
            Options FollowSymLinks
        </Directory>
        """, modules=BASE)
    server.put("new/page.txt", "found")
    server.put("deep/real.txt", "deep")
    server.put("deep/.htaccess",
               "RewriteEngine on\nRewriteRule ^alias\\.txt$ real.txt\n")
    assert request(server.port, "/old/page.txt").body == b"found"
    moved = request(server.port, "/away/x?y=1")
    assert moved.status == 301
    assert moved.get("Location") == "http://example.org/x?y=1"
    assert request(server.port, "/deep/alias.txt").body == b"deep"


def test_deflate(serve):
    server = serve(load("filter", "deflate")
                   + "SetOutputFilter DEFLATE\nSetInputFilter DEFLATE\n",
                   modules=BASE)
    text = "line\n" * 10000
    server.put("page.txt", text)
    answer = request(server.port, "/page.txt",
                     headers={"Accept-Encoding": "gzip"})
    assert answer.get("Content-Encoding") == "gzip"
    assert "Accept-Encoding" in answer.get("Vary")
    assert gzip.decompress(answer.body).decode() == text
    plain = request(server.port, "/page.txt")
    assert plain.get("Content-Encoding") is None
    assert plain.body.decode() == text


def test_include(serve):
    server = serve(load("mime", "include") + """
        TypesConfig /dev/null
        AddType text/html .shtml
        AddOutputFilter INCLUDES .shtml
        <Directory {docroot}>
            Options +Includes
        </Directory>
        """, modules=BASE)
    server.put("part.txt", "the part")
    server.put("page.shtml", '<!--#include virtual="/part.txt" -->, '
               '<!--#if expr="%{REQUEST_METHOD} = \'GET\'" -->get'
               '<!--#else -->other<!--#endif -->, '
               '<!--#echo var="DOCUMENT_URI" -->')
    assert request(server.port, "/page.shtml").text == \
        "the part, get, /page.shtml"


@pytest.mark.parametrize("binary", ["cgi"])
def test_cgi(serve, binary):
    server = serve(load("alias", binary) + """
        ScriptAlias /cgi-bin/ {root}/cgi-bin/
        <Directory {root}/cgi-bin>
            Require all granted
        </Directory>
        """, modules=BASE)
    folder = server.root / "cgi-bin"
    folder.mkdir()
    script = folder / "echo"
    script.write_text('#!/bin/sh\necho "Status: 201 Made"\n'
                      'echo "Content-Type: text/plain"\necho\n'
                      'echo "$REQUEST_METHOD $PATH_INFO $QUERY_STRING"\ncat\n')
    script.chmod(0o755)
    answer = request(server.port, "/cgi-bin/echo/more?a=b", method="POST",
                     body=b"the body")
    assert (answer.status, answer.text) == (201, "POST /more a=b\nthe body")
    assert answer.get("Content-Type") == "text/plain"


def test_substitute(serve):
    server = serve(load("substitute") + """
        SetOutputFilter SUBSTITUTE
        Substitute "s/cat/dog/i"
        Substitute "s|(\\w+)@home|$1@work|"
        """, modules=BASE)
    server.put("page.html", "Cat and me@home\n")
    assert request(server.port, "/page.html").text == "dog and me@work\n"
