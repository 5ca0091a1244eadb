"""Links, paths outside, encoded slashes, options of files."""
import os

import pytest

from harness import get, raw, request

MODULES = ["authz_core", "dir", "alias"]
D = "<Directory {docroot}>\n%s\n</Directory>\n"


def put_links(server):
    """Links to a file and to a directory: ours, and somebody else's."""
    server.put("real/file", "real\n")
    outside = server.root / "outside"
    outside.mkdir()
    (outside / "file").write_text("outside\n")
    (server.docroot / "link").symlink_to("real/file")
    (server.docroot / "dirlink").symlink_to("real")
    (server.docroot / "out").symlink_to(outside / "file")
    (server.docroot / "outdir").symlink_to(outside)
    (server.docroot / "dangling").symlink_to("nope")
    (server.docroot / "loop").symlink_to("loop")
    if os.geteuid() == 0:
        other = server.docroot / "other"
        other.symlink_to("real/file")
        os.chown(other, 65534, 65534, follow_symlinks=False)


@pytest.mark.parametrize("options, target, status", [
    ("+FollowSymLinks", "/link", 200), ("+FollowSymLinks", "/dirlink/file",
                                        200),
    ("+FollowSymLinks", "/out", 200), ("+FollowSymLinks", "/outdir/file", 200),
    ("+FollowSymLinks", "/dangling", 403), ("+FollowSymLinks", "/loop", 403),
    ("None", "/real/file", 200), ("None", "/link", 403),
    ("None", "/dirlink/file", 403), ("None", "/outdir/file", 403),
    ("-FollowSymLinks +SymLinksIfOwnerMatch", "/link", 200),
    ("-FollowSymLinks +SymLinksIfOwnerMatch", "/dirlink/file", 200),
    ("-FollowSymLinks +SymLinksIfOwnerMatch", "/other", 403),
    ("-FollowSymLinks +SymLinksIfOwnerMatch", "/dangling", 403),
])
def test_symbolic_links(serve, options, target, status):
    server = serve(D % f"Options {options}", MODULES)
    server.announced = {"AH00037", "AH00035", "AH00036"}
    put_links(server)
    assert get(server.port, target).status == status


@pytest.mark.parametrize("mode, name, status", [
    (0o000, "file", 403), (0o644, "file", 200), (0o000, "dir/", 403)])
def test_permissions(serve, mode, name, status):
    server = serve("", MODULES)
    server.announced = {"AH00132", "AH00035", "AH00529"}
    path = server.put("file", "x") if name == "file" \
        else server.put("dir/file", "x").parent
    path.chmod(mode)
    try:
        target = "/" + name + ("file" if name != "file" else "")
        assert get(server.port, target).status == status
    finally:
        path.chmod(0o755)


@pytest.mark.parametrize("setting, target, status", [
    ("Off", "/a%2ffile", 404), ("On", "/a%2ffile", 200),
    ("NoDecode", "/a%2ffile", 404), ("On", "/..%2fsecret", 400),
    ("On", "/a/..%2f..%2fsecret", 400), ("NoDecode", "/..%2fsecret", 404),
    ("On", "/a/%2e%2e%2f%2e%2e%2fsecret", 400),
])
def test_allow_encoded_slashes(serve, setting, target, status):
    server = serve(f"AllowEncodedSlashes {setting}", MODULES)
    server.announced = {"AH00026", "AH10244", "AH03642"}
    server.put("a/file", "file\n")
    (server.root / "secret").write_text("secret\n")
    response = get(server.port, target)
    assert response.status in ((status,) if status != 400 else (400, 404))
    assert b"secret\n" != response.body


@pytest.mark.parametrize("setting, target, status", [
    ("On", "/a//file", 200), ("Off", "/a/file", 200),
    ("On", "//a/file", 200), ("Off", "//a/file", 200)])
def test_merge_slashes(serve, setting, target, status):
    server = serve(f"MergeSlashes {setting}", MODULES)
    server.put("a/file", "file\n")
    assert get(server.port, target).status == status


@pytest.mark.parametrize("setting, status", [
    ("On", 200), ("Off", 404), ("Default", 404)])
def test_accept_path_info(serve, setting, status):
    server = serve(f"AcceptPathInfo {setting}", MODULES)
    server.announced = {"AH00128"}
    server.put("page", "page\n")
    assert get(server.port, "/page/more/info").status == status


@pytest.mark.parametrize("name", ["fifo", "socket"])
def test_special_files_are_not_served(serve, name):
    import socket
    server = serve("", MODULES)
    server.announced = {"AH00038", "AH00132"}
    path = server.docroot / name
    if name == "fifo":
        os.mkfifo(path, 0o644)
    else:
        with socket.socket(socket.AF_UNIX) as unix:
            unix.bind(str(path))
        path.chmod(0o666)
    assert get(server.port, "/" + name).status == 403


@pytest.mark.parametrize("name", [".htaccess", ".htpasswd"])
def test_files_can_hide(serve, name):
    server = serve('<Files ".ht*">\nRequire all denied\n</Files>', MODULES)
    server.announced = {"AH01630"}
    server.put(name, "# x\n")
    assert get(server.port, "/" + name).status == 403


@pytest.mark.parametrize("path", [
    "/../../../../../../../../etc/passwd", "/..%c0%af..%c0%afetc/passwd",
    "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/....//....//etc/passwd",
    "/.%00./etc/passwd", "/a/../../../../etc/passwd", "/%5c..%5c..%5cetc",
    "/..;/..;/etc/passwd", "//etc/passwd", "/./../etc/passwd",
    "/%252e%252e/etc/passwd", "/icons/.%2e/%2e%2e/%2e%2e/etc/passwd",
    "/icons/.%%32%65/.%%32%65/.%%32%65/etc/passwd",
    "/icons/%%32%65%%32%65/%%32%65%%32%65/etc/passwd"])
def test_nothing_outside_is_served(serve, path):
    """Also through an Alias, where httpd 2.4.49 and .50 slipped."""
    server = serve("Alias /icons/ {root}/icons/\n"
                   "<Directory />\nRequire all granted\n</Directory>", MODULES)
    server.announced = {"AH10244", "AH00036", "AH00026"}
    (server.root / "icons").mkdir()
    answer = raw(server.port, f"GET {path} HTTP/1.0\r\n\r\n".encode())
    assert b"root:" not in answer
    assert answer.split()[1] in (b"400", b"403", b"404")


@pytest.mark.parametrize("target, status, location", [
    ("/d", 301, "http://localhost/d/"), ("/d?q=1", 301,
                                         "http://localhost/d/?q=1"),
    ("/d/", 200, None), ("/d%20e", 301, "http://localhost/d%20e/"),
])
def test_directories_get_their_slash(serve, target, status, location):
    server = serve("DirectoryIndex index.html", MODULES)
    server.put("d/index.html", "index\n")
    server.put("d e/index.html", "index\n")
    response = request(server.port, target)
    assert response.status == status
    expected = location and location.replace("localhost",
                                             f"localhost:{server.port}")
    assert response.get("Location") in (location, expected)
