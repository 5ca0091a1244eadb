"""Virtual hosts: which server answers, and how it names itself."""
from .pair import Group, case, raw

GRANT = "<Location />\nRequire all granted\n</Location>\n"


def host(name, address="*", extra=""):
    return (f"<VirtualHost {address}:{{port}}>\nServerName {name}\n"
            f"DocumentRoot {{tree}}/{name.split(':')[0].split('//')[-1]}\n"
            f"{extra}Header always set X-Host {name}\n</VirtualHost>\n")


NAMES = ("one.example", "two.example", "three.example", "addr")
TREE = {f"{n}/index.html": n + "\n" for n in NAMES}
TREE |= {f"{n}/sub/index.html": n + " sub\n" for n in NAMES}
TREE["index.html"] = "main\n"

HOSTS = ["one.example", "ONE.EXAMPLE", "one.example.", "one.example:80",
         "one.example:{port}", "two.example", "alias.two.example",
         "x.wild.example", "x.y.wild.example", "wild.example", "q1.example",
         "q12.example", "three.example", "unknown.example", "127.0.0.1",
         "localhost", "[::1]", "xn--bcher-kva.example", "one.example:1",
         "one.example:99999", "one..example", "a" * 300 + ".example",
         "one.example/../two.example", "*"]
CASES = [case(t, "Host: " + h) for h in HOSTS
         for t in ("/", "/sub", "/none") if "{port}" not in h]
CASES += [case(f"GET http://{h}/ HTTP/1.1") for h in HOSTS
          if "{port}" not in h and "/" not in h]
CASES += [case("GET http://one.example/ HTTP/1.1", "Host: two.example"),
          case("GET http://two.example/ HTTP/1.1", "Host: one.example"),
          raw("GET / HTTP/1.0\n\n"), raw("GET /two/ HTTP/1.0\n\n"),
          raw("GET /two HTTP/1.0\n\n"), raw("GET /two/sub HTTP/1.0\n\n"),
          raw("GET /sub HTTP/1.0\nHost: two.example\n\n"),
          raw("GET / HTTP/1.1\n\n"), raw("OPTIONS * HTTP/1.1\nHost: "
                                         "two.example\nConnection: close\n\n"),
          raw("GET / HTTP/1.1\nHost: one.example\n\n"
              "GET / HTTP/1.1\nHost: two.example\n\n"
              "GET / HTTP/1.1\nHost: three.example\n\n")]
SETS = {
    "names": host("one.example")
    + host("two.example", extra="ServerAlias alias.two.example "
           "*.wild.example q?.example\nServerPath /two\n")
    + host("three.example", extra="UseCanonicalName On\nServerSignature On\n"
           "ServerAdmin three@x\n"),
    "address": host("addr", "127.0.0.1") + host("one.example")
    + host("two.example"),
    "address-names": host("one.example", "127.0.0.1")
    + host("two.example", "127.0.0.1", "ServerAlias *.wild.example\n"),
    "default": host("addr", "_default_") + host("two.example", "127.0.0.2"),
    "schemes": host("https://one.example") + host("two.example:8443"),
    "inherit": "Header always append X-Inherit main\nErrorDocument 404 main\n"
    "ServerSignature On\nKeepAliveTimeout 7\nAddDefaultCharset utf-8\n"
    + host("one.example", extra="Header always append X-Inherit host\n")
    + host("two.example", extra="ErrorDocument 404 \"two\"\n"
           "KeepAlive Off\n"),
    "strict": "StrictHostCheck On\n" + host("one.example")
    + host("two.example", extra="StrictHostCheck Off\n"
           "ServerAlias *.wild.example\n"),
    "none": "",
}

GROUPS = [Group("vhosts-" + name, GRANT + config, CASES, ("dir", "headers"),
                TREE) for name, config in SETS.items()]


def test_same(compare, comparison):
    compare(*comparison)
