"""Who may: authz_core with its providers, Basic authentication, and the old
Order, Allow, Deny and Satisfy."""
import base64
import itertools

from .pair import Group, case
from .test_settings import ALL, in_htaccess, places

FILES = {"a.txt": "text\n", "index.html": "index\n", "sub/a.txt": "sub\n",
         "secret.txt": "secret\n"}
MODULES = ("dir", "headers", "setenvif", "authz_host", "authz_user",
           "auth_basic", "authn_core", "authn_file", "authz_core")


def basic(user, password):
    token = base64.b64encode(f"{user}:{password}".encode()).decode()
    return "Authorization: Basic " + token


def prepare(tree):
    """Make the password files with the tool Debian ships."""
    import subprocess
    path = tree.parent / "passwords"
    path.write_text("")
    for user, flag in (("md5", "-bm"), ("sha", "-bs"), ("crypt", "-bd"),
                       ("bcrypt", "-bB"), ("sha256", "-b2"),
                       ("sha512", "-b5"), ("user", "-bm"), ("other", "-bm")):
        subprocess.run(["htpasswd", flag, str(path), user, "secret"],
                       check=True, capture_output=True)
    with open(path, "a") as out:
        out.write("# comment:line\n\nbroken\nempty:\nbad:{SHA}bad\n"
                  "colon:x:y\n")
    second = tree.parent / "passwords2"
    second.write_text("")
    for user in ("second", "user"):
        subprocess.run(["htpasswd", "-bs", str(second), user, "two"],
                       check=True, capture_output=True)
    (tree.parent / "groups").write_text("staff: user md5\nnone:\nall: user "
                                        "md5 second\n")


USERS = [(), (basic("user", "secret"),), (basic("user", "wrong"),),
         (basic("md5", "secret"),), (basic("nobody", "secret"),)]
MANY_USERS = USERS + [
    (basic(u, "secret"),) for u in ("sha", "crypt", "bcrypt", "sha256",
                                    "sha512", "empty", "bad", "colon",
                                    "# comment", "broken", "", "User")] + [
    (basic("empty", ""),), (basic("user", ""),), (basic("user", "two"),),
    (basic("second", "two"),), ("Authorization: Basic",),
    ("Authorization: Basic !!!",), ("Authorization: basic "
                                    + basic("user", "secret")[21:],),
    ("Authorization: Digest username=\"user\"",), ("Authorization: Bearer x",),
    ("Authorization: Basic " + base64.b64encode(b"nocolon").decode(),),
    ("Authorization:  Basic   " + basic("user", "secret")[21:],),
    ("Authorization: Basic " + basic("user", "secret")[21:] + "==",),
    ("Authorization: Basic " + base64.b64encode(b"a\0b:c").decode(),),
    ("Authorization: " + basic("user", "secret")[21:],),
    ("Authorization: Basic " + "A" * 4000,)]

LOGIN = ("AuthType Basic\nAuthName \"realm\"\nAuthBasicProvider file\n"
         "AuthUserFile {tree}/../passwords\n")
ATOMS = ["all granted", "all denied", "ip 127.0.0.1", "ip 10.0.0.0/8",
         "env YES", "env NO", "method GET", "user user", "valid-user",
         "expr %{REQUEST_METHOD} == 'GET'"]
SECTIONS = ("RequireAll", "RequireAny", "RequireNone")


def section(name, *lines):
    return f"<{name}>\n" + "\n".join(lines) + f"\n</{name}>"


AUTHZ = ["Require " + a for a in ATOMS]
AUTHZ += [f"Require {a}\nRequire {b}" for a, b in
          itertools.permutations(ATOMS[:8:2] + ["user user"], 2)]
AUTHZ += [section(s, "Require " + a, "Require " + b)
          for s in SECTIONS[:2] for a, b in
          itertools.combinations(ATOMS, 2)]
AUTHZ += [section("RequireAll", "Require all granted", "Require not " + a)
          for a in ATOMS[2:]]
AUTHZ += [section("RequireAll", "Require " + a, section("RequireNone",
                                                       "Require " + b))
          for a, b in itertools.permutations(ATOMS[1:9:2], 2)]
AUTHZ += [section("RequireAny", section("RequireAll", "Require " + a,
                                        "Require " + b), "Require " + c)
          for a, b, c in itertools.permutations(
              ["ip 127.0.0.1", "method GET", "user user", "env NO"], 3)]
AUTHZ += [
    "Require ip 127", "Require ip 127.0", "Require ip 127.0.0.0/255.0.0.0",
    "Require ip 127.0.0.0/8 10", "Require ip ::1", "Require ip 127.0.0.1/33",
    "Require ip bad", "Require local", "Require host localhost",
    "Require host example.com", "Require host .com", "Require not ip 10",
    "Require forward-dns localhost", "Require forward-dns nope.invalid",
    "Require user", "Require user a b user", "Require user \"user\"",
    "Require user USER", "Require group staff", "Require nonsense x",
    "Require", "Require all", "Require all maybe", "Require env",
    "Require env NO YES", "Require method", "Require method POST GET",
    "Require expr true", "Require expr \"%{REMOTE_USER} == 'user'\"",
    "Require expr \"%{REQUEST_URI} =~ /a.txt/\"", "Require expr syntax error",
    "Require valid-user\nRequire ip 10", "Require not all denied",
    "AuthMerging And\nRequire all denied", "AuthMerging Or\nRequire user user",
    "AuthMerging Off\nRequire user user", "AuthMerging And\nRequire user user",
    "AuthzSendForbiddenOnFailure On\nRequire user nobody",
    "AuthzSendForbiddenOnFailure On\nRequire valid-user",
    "AuthzSendForbiddenOnFailure On\nRequire ip 10\nRequire user md5",
    section("RequireNone", "Require all granted"),
    section("RequireNone", "Require ip 10"), section("RequireAll"),
    section("RequireAny"), section("RequireAll", "Require not ip 10"),
    section("RequireAll", "Require not ip 10", "Require not env NO"),
    *[section("RequireAll", "Require all granted",
              section("RequireNone", "Require " + a)) for a in ATOMS[2:]],
    section("RequireNone", "Require not ip 10"),
    section("RequireAll", "Require all granted",
            section("RequireNone", "Require not ip 10")),
    section("RequireAll", "Require all granted",
            section("RequireNone", section("RequireNone", "Require ip 10"))),
    section("RequireAll", "Require all granted",
            section("RequireAny", "Require not ip 10", "Require ip 11")),
    section("RequireAll", "Require valid-user", "Require not user md5"),
    "AuthMerging Off", "AuthMerging And", "AuthMerging Or",
    "<Limit GET>\nRequire user user\n</Limit>",
    "<LimitExcept POST>\nRequire user user\n</LimitExcept>",
    "<Files secret.txt>\nRequire all denied\n</Files>",
    "<Files secret.txt>\nRequire user user\n</Files>\nRequire all granted",
    "<If \"%{REQUEST_URI} =~ /secret/\">\nRequire all denied\n</If>",
    "Require all granted\nAuthType None",
    "Require valid-user\nErrorDocument 401 \"please log in\"",
    "Require valid-user\nErrorDocument 401 /d0/a.txt",
    "Require valid-user\nErrorDocument 401 http://x.example/login",
]
AUTHZ_ASK = [("{}/a.txt", *USERS[0]), ("{}/a.txt", *USERS[1]),
             ("{}/a.txt", *USERS[2]),
             ("POST {}/a.txt HTTP/1.1", *USERS[3]), ("{}/sub",),
             ("{}/secret.txt", *USERS[1])]
ENV = "SetEnvIf Host . YES=1\n"

LOGINS = [
    LOGIN + "Require valid-user",
    LOGIN + "AuthUserFile {tree}/../passwords2\nRequire valid-user",
    LOGIN + "AuthUserFile {tree}/../missing\nRequire valid-user",
    LOGIN + "AuthBasicProvider none2\nRequire valid-user",
    LOGIN + "AuthBasicProvider one two\nRequire valid-user",
    LOGIN + "AuthBasicProvider two one\nRequire valid-user",
    LOGIN + "AuthBasicAuthoritative Off\nRequire valid-user",
    LOGIN + "AuthName \"quote \\\" in\"\nRequire valid-user",
    LOGIN + "AuthName plain\nRequire valid-user",
    LOGIN + "AuthName \"%{REQUEST_URI}\"\nRequire valid-user",
    LOGIN + "AuthType None\nRequire valid-user",
    LOGIN + "AuthType Nonsense\nRequire valid-user",
    LOGIN + "AuthType \"%{req:X-Type}\"\nRequire valid-user",
    "AuthType Basic\nAuthName x\nRequire valid-user",
    "AuthType Basic\nAuthUserFile {tree}/../passwords\nRequire valid-user",
    "AuthName x\nAuthUserFile {tree}/../passwords\nRequire valid-user",
    "Require valid-user", LOGIN + "Require user user\nHeader set X-U %{X}e",
    LOGIN + "AuthBasicFake user secret\nRequire valid-user",
    LOGIN + "AuthBasicFake %{req:X-User} secret\nRequire valid-user",
    LOGIN + "AuthBasicFake off\nRequire valid-user",
    LOGIN + "AuthBasicUseDigestAlgorithm MD5\nRequire valid-user",
    LOGIN + "Require valid-user\nHeader always set X-U "
    "\"expr=%{REMOTE_USER} %{AUTH_TYPE}\"",
    LOGIN + "Require all granted", LOGIN + "Require ip 127.0.0.1",
]
ALIASES = ("<AuthnProviderAlias file one>\nAuthUserFile {tree}/../passwords\n"
           "</AuthnProviderAlias>\n<AuthnProviderAlias file two>\n"
           "AuthUserFile {tree}/../passwords2\n</AuthnProviderAlias>\n"
           "<AuthzProviderAlias user boss user>\n</AuthzProviderAlias>\n"
           "<AuthzProviderAlias ip home \"127 10\">\n</AuthzProviderAlias>\n")
LOGINS += [LOGIN + "Require boss", LOGIN + "Require home",
           section("RequireAll", "Require not boss", "Require valid-user")
           + "\n" + LOGIN]

# -- Order, Allow, Deny, Satisfy
ORDERS = ("Order deny,allow", "Order allow,deny", "Order mutual-failure",
          "order Deny,Allow", "")
HOSTS = ("Allow from all", "Deny from all", "Allow from 127.0.0.1",
         "Deny from 127.0.0.1", "Allow from 10.0.0.0/8",
         "Allow from env=YES", "Deny from env=NO", "Deny from env=!NO",
         "Allow from localhost", "Deny from .example.com",
         "Allow from 127", "Deny from 127.0.0.0/255.0.0.0", "Allow from ::1")
COMPAT = [f"{o}\n{h}" for o in ORDERS for h in HOSTS]
COMPAT += [f"{o}\n{a}\n{d}" for o in ORDERS[:3] for a in HOSTS[::2]
           for d in HOSTS[1::4]]
COMPAT += [f"{LOGIN}Require valid-user\nOrder deny,allow\n{h}\nSatisfy {s}"
           for h in HOSTS[:4] for s in ("Any", "All")]
COMPAT += ["Allow 127.0.0.1", "Order foo,bar", "Allow from", "Satisfy maybe",
           "Order deny,allow\nDeny from all\nRequire all granted",
           "Order allow,deny\nAllow from all\nRequire all denied",
           "<Limit POST>\nOrder deny,allow\nDeny from all\n</Limit>",
           "<Files secret.txt>\nOrder allow,deny\nDeny from all\n</Files>",
           "<Limit POST>\nSatisfy any\n</Limit>",
           "Order deny,allow\nDeny from all\nErrorDocument 403 \"go away\""]
COMPAT_ASK = [("{}/a.txt",), ("{}/a.txt", *USERS[1]),
              ("POST {}/secret.txt HTTP/1.1",)]


def auth_group(name, settings, requests, extra="", modules=MODULES,
               make=in_htaccess):
    group = make(name, settings, requests, files=FILES, modules=modules,
                 extra=extra)
    group.prepare = prepare
    if make is in_htaccess:             # access is what is tested here
        group.config = group.config.replace(ALL, "<Directory {tree}>\n"
                                            "Require all granted\n"
                                            "</Directory>\n")
    return group


def in_directories(settings):
    """All authorization cases again, in <Directory> sections."""
    group = places("authz-directory", settings, AUTHZ_ASK[:2], MODULES, FILES,
                   ENV)
    group.config = group.config.replace(ALL, "")
    group.prepare = prepare
    return group


FINE = [a for a in AUTHZ if not any(bad in a for bad in (
    "bad", "/33", "nonsense", "syntax error", "all maybe", "group",
    "Require not all", "AuthMerging Off", "<RequireNone>\nRequire not",
    "<RequireAny>\nRequire not",
    "<RequireNone>\n<RequireNone"))]
FINE = [a for a in FINE if a not in ("Require", "Require all", "Require env",
                                     "Require method", "Require user")
        and not a.startswith(("Require not", "<RequireNone"))
        and a not in (section("RequireAll"), section("RequireAny"),
                      section("RequireAll", "Require not ip 10"),
                      section("RequireAll", "Require not ip 10",
                              "Require not env NO"))]

GROUPS = [
    auth_group("authz", [LOGIN + a for a in AUTHZ], AUTHZ_ASK, ENV),
    in_directories([LOGIN + a for a in FINE]),
    auth_group("login", LOGINS, [("{}/a.txt", *u, "X-User: user",
                                  "X-Type: Basic") for u in MANY_USERS[:8]],
               ALIASES + ENV),
    auth_group("login-users", LOGINS[:1] + LOGINS[4:7],
               [("{}/a.txt", *u) for u in MANY_USERS]
               + [("HEAD {}/a.txt HTTP/1.1",), ("{}/none",), ("{}/sub",),
                  ("{}/", *USERS[1])], ALIASES + ENV),
    auth_group("compat", COMPAT, COMPAT_ASK, ENV,
               (*MODULES, "access_compat")),
    Group("merging", "<Directory {tree}>\nRequire all granted\n</Directory>\n"
          + "".join(
              f"<Directory {{tree}}/m{i}>\nAuthMerging {m}\nRequire {a}\n"
              "</Directory>\n"
              f"<Directory {{tree}}/m{i}/sub>\nAuthMerging {n}\nRequire {b}\n"
              "</Directory>\n"
              for i, (m, n, a, b) in enumerate(itertools.product(
                  ("And", "Or", "Off"), ("And", "Or", "Off"),
                  ("ip 127.0.0.1", "ip 10"), ("method GET", "ip 10")))),
          [case(f"{verb} /m{i}/{f} HTTP/1.1") for i in range(36)
           for f in ("a.txt", "sub/a.txt") for verb in ("GET", "POST")],
          MODULES, {f"m{i}/{f}": "x\n" for i in range(36)
                    for f in ("a.txt", "sub/a.txt")}),
]


def test_same(compare, comparison):
    compare(*comparison)
