"""Which <VirtualHost> answers, and what -S says about it."""
import re
import socket

import pytest

from harness import Connection, find_free_port, request

MODULES = ["authz_core", "headers"]


def own_name():
    """A name that leads to 127.0.0.1; bare roots have no hosts file."""
    try:
        socket.getaddrinfo("localhost", 80, socket.AF_INET)
        return "localhost"
    except OSError:
        return "127.0.0.1"


NAME = own_name()


def site(address, name, *lines):
    body = "\n".join(lines)
    return (f"<VirtualHost {address}>\n{body}\n"
            f"Header always set X-Site {name}\n</VirtualHost>\n")


NAMED = (site("*:*", "one", "ServerName one.example",
              "ServerAlias www.one.example alias.example")
         + site("*:*", "two", "ServerName two.example",
                "ServerAlias *.two.example tw?.example")
         + site("*:*", "late", "ServerName three.two.example")
         + site("*:*", "path", "ServerName path.example",
                "ServerPath /legacy"))


@pytest.mark.parametrize("host, expected", [
    ("one.example", "one"), ("ONE.EXAMPLE", "one"), ("www.one.example", "one"),
    ("alias.example", "one"), ("two.example", "two"),
    ("a.two.example", "two"), ("a.b.two.example", "two"),
    ("two.example:99", "two"), ("twx.example", "two"),
    ("three.two.example", "two"), ("unknown.example", "one"),
    ("127.0.0.1", "one"), ("path.example", "path"),
])
def test_name(serve, host, expected):
    server = serve(NAMED, MODULES)
    assert request(server.port, "/", host=host).get("X-Site") == expected


@pytest.mark.parametrize("target, host, expected", [
    ("/legacy", None, "path"), ("/legacy/x", None, "path"),
    ("/legacyx", None, "one"), ("/other", None, "one"),
    ("/legacy", "two.example", "two")])
def test_server_path_is_for_clients_without_host(serve, target, host,
                                                 expected):
    server = serve(NAMED, MODULES)
    response = request(server.port, target, host=host, version="HTTP/1.0")
    assert response.get("X-Site") == expected


ADDRESSES = [
    # addresses of the sites in order, site that answers 127.0.0.1:{port}
    (["127.0.0.1:{port}", "*:{port}"], "0"),
    (["*:{port}", "127.0.0.1:{port}"], "1"),
    (["127.0.0.1", "*:{port}"], "0"),
    (["*", "127.0.0.1:{port}"], "1"),
    (["127.0.0.2:{port}", "*:*"], "1"),
    (["127.0.0.1:1", "*:1"], None),
    (["_default_:{port}"], "0"), (["_default_:*"], "0"), (["_default_"], "0"),
    (["127.0.0.1:{port}", "_default_:{port}"], "0"),
    (["10.0.0.1:{port} 127.0.0.1:{port}"], "0"),
    (["[::1]:{port}", "127.0.0.1:{port}"], "1"),
    ([f"{NAME}:{{port}}"], "0"),
    (["*:{port}", "*:{port}"], "0"),
    ([], None),
]


@pytest.mark.parametrize("addresses, expected", ADDRESSES)
def test_address(serve, addresses, expected):
    """The most specific address wins; among equals the first."""
    server = serve("".join(site(address, str(n), f"ServerName s{n}.example")
                           for n, address in enumerate(addresses)), MODULES)
    assert request(server.port).get("X-Site") == expected


def test_names_count_within_one_address_only(serve):
    """A name on a less specific address is not looked at."""
    server = serve(site("127.0.0.1:{port}", "near", "ServerName near.example")
                   + site("*:{port}", "far", "ServerName far.example"),
                   MODULES)
    assert request(server.port, host="far.example").get("X-Site") == "near"


def test_ports(serve):
    other = find_free_port()
    server = serve(f"Listen 127.0.0.1:{other}\n"
                   + site("*:{port}", "a", "ServerName x.example")
                   + site(f"*:{other}", "b", "ServerName x.example"), MODULES)
    for port, name in ((server.port, "a"), (other, "b")):
        assert request(port, host="x.example").get("X-Site") == name


def test_ipv6(serve):
    port = find_free_port()
    server = serve(f"Listen [::1]:{port}\n" + site("*:{port}", "four")
                   + site(f"[::1]:{port}", "six", "ServerName six.example"),
                   MODULES)
    assert request(server.port).get("X-Site") == "four"
    with Connection(port, host="::1") as connection:
        assert connection.socket.family == socket.AF_INET6
        connection.send("GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n")
        assert connection.response().get("X-Site") == "six"


@pytest.mark.parametrize("directive, in_main, in_site, main, special", [
    ("ErrorDocument", "404 main", "404 site", "main", "site"),
    ("ErrorDocument", "404 main", None, "main", "main"),
])
def test_inheritance(serve, directive, in_main, in_site, main, special):
    own = [f"{directive} {in_site}"] if in_site else []
    server = serve(f"{directive} {in_main}\n"
                   + site("*:*", "one", "ServerName one.example")
                   + site("*:*", "two", "ServerName two.example", *own),
                   MODULES)
    for host, body in (("one.example", main), ("two.example", special)):
        assert request(server.port, "/nope", host=host).text == body


@pytest.mark.parametrize("directive, status", [
    ("StrictHostCheck ON", 400), ("StrictHostCheck OFF", 200)])
def test_strict_host_check(serve, directive, status):
    server = serve(directive + "\n" + NAMED, MODULES)
    server.put("page", "page\n")
    assert request(server.port, "/page",
                   host="unknown.example").status == status
    assert request(server.port, "/page", host="one.example").status == 200


@pytest.mark.parametrize("setting, host, expected", [
    ("Off", "asked.example:81", "http://asked.example:81/d/"),
    ("Off", "asked.example", "http://asked.example:8443/d/"),
    ("On", "asked.example:81", "http://canonical.example:8443/d/"),
])
def test_use_canonical_name(serve, setting, host, expected):
    server = serve(f"ServerName canonical.example:8443\n"
                   f"UseCanonicalName {setting}", MODULES + ["dir"])
    server.put("d/x", "")
    assert request(server.port, "/d", host=host).get("Location") == expected


def dump(serve, config, *arguments):
    server = serve(config, MODULES, run=False)
    result = server.run(*arguments)
    assert result.returncode == 0, result.stderr
    return server, result.stdout + result.stderr


@pytest.mark.parametrize("arguments", [
    ("-S",), ("-t", "-D", "DUMP_VHOSTS", "-D", "DUMP_RUN_CFG"),
    ("-DDUMP_VHOSTS", "-DDUMP_RUN_CFG")])
def test_dump(serve, arguments):
    server, text = dump(serve, NAMED.replace("*:*", "*:8080")
                        + site("10.0.0.1:80", "ip", "ServerName ip.example"),
                        *arguments)
    conf = re.escape(str(server.config_file))
    for pattern in (
            r"VirtualHost configuration:",
            rf"10\.0\.0\.1:80 +ip\.example \({conf}:\d+\)",
            r"\*:8080 +is a NameVirtualHost",
            rf"default server one\.example \({conf}:\d+\)",
            rf"port 8080 namevhost one\.example \({conf}:\d+\)",
            r" alias www\.one\.example", r"wild alias \*\.two\.example",
            rf"ServerRoot: \"{re.escape(str(server.root))}\"",
            r"Main DocumentRoot: ", r"Main ErrorLog: ", r"PidFile: "):
        assert re.search(pattern, text), (pattern, text)


def test_dump_names_the_right_line(serve):
    server, text = dump(serve, "\n\n" + site("*:80", "x", "ServerName x.y"),
                        "-S")
    lines = server.config_file.read_text().splitlines()
    number = next(n for n, line in enumerate(lines, 1)
                  if line.startswith("<VirtualHost"))
    assert f"({server.config_file}:{number})" in text
