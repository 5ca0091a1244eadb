"""ErrorDocument, redirects and the pages we make ourselves."""
import pytest

from harness import get, request

MODULES = ["authz_core", "alias", "dir", "headers"]


@pytest.mark.parametrize("config, target, status, body", [
    ('ErrorDocument 404 "not here"', "/nope", 404, "not here"),
    ("ErrorDocument 404 word", "/nope", 404, "word"),
    ("ErrorDocument 404 /page", "/nope", 404, "page\n"),
    ("ErrorDocument 404 /nope-either", "/nope", 404, None),
    ("ErrorDocument 404 default", "/nope", 404, None),
    ('ErrorDocument 404 "%{REQUEST_URI} is gone"', "/nope", 404,
     "/nope is gone"),
    ("ErrorDocument 403 no", "/denied", 403, "no"),
    ("ErrorDocument 404 a\nErrorDocument 404 b", "/nope", 404, "b"),
    ("ErrorDocument 404 a\n<Location /nope>\nErrorDocument 404 b\n"
     "</Location>", "/nope", 404, "b"),
    ("ErrorDocument 500 five", "/500", 500, "five"),
])
def test_error_document(serve, config, target, status, body):
    server = serve(config + "\n<Location /denied>\nRequire all denied\n"
                   "</Location>\nRedirect 500 /500", MODULES)
    server.announced = {"AH01630"}
    server.put("page", "page\n")
    response = get(server.port, target)
    assert response.status == status
    if body is not None:
        assert response.text == body
    else:
        assert f"<h1>{response.reason}</h1>" in response.text.replace(
            "H1", "h1")


def test_error_document_elsewhere_is_a_redirect(serve):
    server = serve("ErrorDocument 404 http://other.example/sorry", MODULES)
    response = get(server.port, "/nope")
    assert (response.status, response.get("Location")) \
        == (302, "http://other.example/sorry")


def test_error_document_that_fails_itself(serve):
    """The first error's own page; no loop."""
    server = serve("ErrorDocument 404 /also-missing", MODULES)
    response = get(server.port, "/nope")
    assert response.status == 404
    assert "<h1>Not Found</h1>" in response.text


def test_head_of_an_error(serve):
    server = serve('ErrorDocument 404 "not here"', MODULES)
    response = request(server.port, "/nope", "HEAD")
    assert (response.status, response.body) == (404, b"")


@pytest.mark.parametrize("config, target, status, location", [
    ("Redirect /a http://x.example/b", "/a", 302, "http://x.example/b"),
    ("Redirect /a http://x.example/b", "/a/c?q=1", 302,
     "http://x.example/b/c?q=1"),
    ("Redirect permanent /a http://x.example/b", "/a", 301,
     "http://x.example/b"),
    ("Redirect seeother /a http://x.example/b", "/a", 303,
     "http://x.example/b"),
    ("Redirect 307 /a http://x.example/b", "/a", 307, "http://x.example/b"),
    ("Redirect 308 /a http://x.example/b", "/a", 308, "http://x.example/b"),
    ("Redirect gone /a", "/a", 410, None),
    ("Redirect 404 /a", "/a", 404, None),
    ("Redirect /a /b", "/a", 302, "http://localhost/b"),
    ("RedirectMatch ^/(.)$ http://x.example/$1$1", "/a", 302,
     "http://x.example/aa"),
    ("RedirectPermanent /a http://x.example/", "/a", 301,
     "http://x.example/"),
    ("RedirectTemp /a http://x.example/", "/a", 302, "http://x.example/"),
    ("Redirect /a http://x.example/b", "/a/%3Cscript%3E", 302,
     "http://x.example/b/%3cscript%3e"),
    ("RedirectMatch ^/a(.*) http://x.example$1", "/a/%0d%0aX:%20y", 302,
     "http://x.example/%0d%0aX:%20y"),
])
def test_redirect(serve, config, target, status, location):
    server = serve(config, MODULES)
    response = get(server.port, target)
    assert response.status == status
    got = response.get("Location")
    assert got == location or got == (location or "").replace(
        "localhost", f"localhost:{server.port}")
    assert response.get("X") is None
    if status < 400:
        assert "<script>" not in response.text


@pytest.mark.parametrize("target, header", [
    ("/nope%3cscript%3e", {}), ("/nope", {"Host": "localhost"}),
    ("/%22%3e%3cb%3e", {})])
def test_error_pages_show_nothing_of_the_client_raw(serve, target, header):
    server = serve("", MODULES)
    text = get(server.port, target, headers=header).text
    assert "<script>" not in text and "<b>" not in text


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 406, 408,
                                    409, 410, 411, 412, 413, 414, 415, 416,
                                    417, 421, 422, 423, 424, 426, 428, 429,
                                    431, 451, 500, 501, 502, 503, 504, 505,
                                    506, 507, 508, 510, 511])
def test_every_status_has_a_page(serve_module, status):
    if not hasattr(test_every_status_has_a_page, "server"):
        test_every_status_has_a_page.server = serve_module(
            "RedirectMatch 400 ^/400$\n" + "".join(
                f"Redirect {n} /{n}\n" for n in range(401, 512)
                if n in STATUSES), MODULES)
    server = test_every_status_has_a_page.server
    response = get(server.port, f"/{status}")
    assert response.status == status
    assert response.get("Content-Type") == "text/html; charset=iso-8859-1"
    assert f"<title>{status} " in response.text


STATUSES = {401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414,
            415, 416, 417, 421, 422, 423, 424, 426, 428, 429, 431, 451, 500,
            501, 502, 503, 504, 505, 506, 507, 508, 510, 511}


@pytest.mark.parametrize("setting, present", [
    ("On", True), ("Off", False), ("EMail", True)])
def test_server_signature(serve, setting, present):
    server = serve(f"ServerSignature {setting}\nServerAdmin me@x.example",
                   MODULES)
    text = get(server.port, "/nope").text
    assert ("<address>" in text) == present
    assert ("mailto:me@x.example" in text) == (setting == "EMail")


@pytest.mark.parametrize("tokens, pattern", [
    ("Prod", r"^[A-Z]\w+$"), ("Major", r"^\w+/\d+$"),
    ("Minor", r"^\w+/\d+\.\d+$"), ("Min", r"^\w+/\d+\.\d+\.\d+$"),
    ("OS", r"^\w+/[\d.]+ \(\w+\)$"), ("Full", r"^\w+/[\d.]+ \(\w+\)")])
def test_server_tokens(serve, tokens, pattern):
    import re
    server = serve(f"ServerTokens {tokens}", MODULES)
    assert re.search(pattern, get(server.port, "/").get("Server"))
