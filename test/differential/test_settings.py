"""Core directives: what they change in the answers."""
import itertools

from .pair import Group, case, raw

ALL = "<Location />\nRequire all granted\n</Location>\n"
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz\n"
TREE = {"index.html": "<p>root</p>\n", "a.txt": LETTERS, "b.html": "<b>b</b>",
        "sub/index.html": "<p>sub</p>\n", "sub/a.txt": "sub a\n",
        "sub/deep/a.txt": "deep a\n", "error.html": "<h1>custom</h1>\n",
        "error.txt": "custom text\n"}
BASIC = [case("/a.txt"), case("/"), case("/none"), case("/sub"),
         case("HEAD /a.txt HTTP/1.1"), case("/sub/a.txt"),
         case("/sub/deep/a.txt"), case("/b.html"), case("/.htaccess")]


def group(name, config, cases=None, modules=("dir", "headers"), **kwargs):
    kwargs.setdefault("files", TREE)
    return Group(name, ALL + config, cases or BASIC, modules, **kwargs)


def each(name, template, values, cases=None, **kwargs):
    """One group for every value, {} in the template replaced."""
    return [group(f"{name}-{i}", template.replace("{}", value) + "\n", cases,
                  **kwargs) for i, value in enumerate(values)]


def places(name, settings, requests, modules=("dir", "headers"), files=None,
           extra=""):
    """Every setting in a folder of its own, to share one pair of servers.

    A setting is directives for <Directory>; each request is asked in each
    folder, as {} in its target."""
    tree, config, cases = {}, "", []
    for i, setting in enumerate(settings):
        folder = f"d{i}"
        for key, content in (files or TREE).items():
            tree[f"{folder}/{key}"] = content
        config += f"<Directory {{tree}}/{folder}>\n{setting}\n</Directory>\n"
        for line, *fields in requests:
            cases.append(case(line.replace("{}", f"/{folder}"), *fields))
    return Group(name, ALL + extra + config, cases, modules, tree)


def in_htaccess(name, settings, requests, override="All", files=None,
                modules=("dir", "headers"), extra=""):
    """As places(), with the settings in .htaccess files."""
    tree, cases = {}, []
    for i, setting in enumerate(settings):
        folder = f"d{i}"
        for key, content in (files or TREE).items():
            tree[f"{folder}/{key}"] = content
        tree[f"{folder}/.htaccess"] = setting + "\n"
        for line, *fields in requests:
            cases.append(case(line.replace("{}", f"/{folder}"), *fields))
    config = (ALL + extra + f"<Directory {{tree}}>\nAllowOverride {override}\n"
              "</Directory>\n")
    return Group(name, config, cases, modules, tree)


# -- FileETag, charset, digest, type
ETAGS = [" ".join(c) for n in range(1, 4)
         for c in itertools.combinations(("INode", "MTime", "Size"), n)]
ETAGS += ["All", "None", "Digest", "+INode", "-MTime", "INode +Size",
          "All -INode", "None", "+Digest"]
REPRESENTATION = [
    f"FileETag {e}" for e in ETAGS if not (" +" in e or " -" in e)] + [
    "AddDefaultCharset On", "AddDefaultCharset Off",
    "AddDefaultCharset utf-8", "ForceType text/plain",
    "AddDefaultCharset On\nForceType text/plain",
    "AddDefaultCharset utf-8\nForceType text/html",
    "AddDefaultCharset utf-8\nForceType application/json",
    "AddDefaultCharset utf-8\nForceType \"text/html; charset=koi8-r\"",
    "AddDefaultCharset utf-8\nForceType TEXT/HTML",
    "ForceType none", "ForceType image/gif", "ContentDigest On",
    "ContentDigest Off", "ContentDigest On\nForceType text/plain",
    "EnableMMAP Off", "EnableSendfile On", "EnableSendfile On\nEnableMMAP Off",
    "SetHandler none", "SetHandler default-handler", "SetHandler nonsense",
    "SetHandler None", "AcceptPathInfo On", "AcceptPathInfo Off",
    "AcceptPathInfo Default", "LimitRequestBody 5", "LimitRequestBody 0",
    "ReadBufferSize 512", "FlushMaxThreshold 100" if False else
    "EnableMMAP On", "SetOutputFilter CONTENT_LENGTH",
    "AllowMethods GET" if False else "Options All",
    "<Files a.txt>\nForceType text/x-files\n</Files>",
    "<Files \"*.txt\">\nForceType text/x-glob\n</Files>",
    "<Files ~ \"\\.(txt|html)$\">\nForceType text/x-regex\n</Files>",
    "<FilesMatch \"^a\">\nForceType text/x-match\n</FilesMatch>",
    "<FilesMatch \"(?<N>\\w+)\\.txt$\">\nHeader set X-N %{MATCH_N}e\n"
    "</FilesMatch>",
    "<If \"%{REQUEST_URI} =~ /deep/\">\nForceType text/x-if\n</If>",
    "<If \"false\">\nForceType x/1\n</If>\n<ElseIf \"true\">\nForceType x/2\n"
    "</ElseIf>\n<Else>\nForceType x/3\n</Else>",
    "<If \"false\">\nForceType x/1\n</If>\n<ElseIf \"false\">\nForceType x/2\n"
    "</ElseIf>\n<Else>\nForceType x/3\n</Else>",
    "<If \"true\">\n<Files a.txt>\nForceType x/1\n</Files>\n</If>" if False
    else "<Files a.txt>\n<If \"true\">\nForceType x/1\n</If>\n</Files>",
    "<IfModule mod_dir.c>\nForceType x/dir\n</IfModule>",
    "<IfModule !mod_dir.c>\nForceType x/nodir\n</IfModule>",
    "<IfModule dir_module>\nForceType x/dirm\n</IfModule>",
    "<IfModule core.c>\nForceType x/core\n</IfModule>",
    "<IfModule prefork.c>\nForceType x/prefork\n</IfModule>",
    "<IfDirective ForceType>\nForceType x/dirv\n</IfDirective>",
    "<IfSection IfSection>\nForceType x/sect\n</IfSection>",
    "<IfFile /etc/passwd>\nForceType x/file\n</IfFile>",
    "<IfVersion >= 2.4>\nForceType x/version\n</IfVersion>",
    "<IfVersion < 2.4>\nForceType x/version\n</IfVersion>",
    "<IfVersion ~ ^2.4>\nForceType x/version\n</IfVersion>",
    "<IfVersion = /^2.4/>\nForceType x/version\n</IfVersion>",
    "<IfDefine NOPE>\nForceType x/define\n</IfDefine>",
    "<IfDefine !NOPE>\nForceType x/nodefine\n</IfDefine>",
    "Define COLOUR red\nForceType x/${COLOUR}",
    "Define SHAPE\n<IfDefine SHAPE>\nForceType x/shape\n</IfDefine>",
    "Header set X-Long \"continued \\\nline\"",
    "Header set X-Quote 'single \"inside\"'",
    "Header set X-Quote \"double \\\"inside\\\"\"",
    "Header set X-Back \"a\\\\b\"",
]
REP_REQUESTS = [("{}/a.txt",), ("{}/b.html",), ("{}/sub/a.txt",),
                ("{}/sub/deep/a.txt",), ("{}/",), ("{}/none",),
                ("HEAD {}/a.txt HTTP/1.1",), ("{}/a.txt/info",),
                ("{}/a.txt", "Range: bytes=0-3"),
                ("{}/a.txt", "Range: bytes=0-3,5-7"),
                ("{}/a.txt", "If-None-Match: *")]

# -- errors
ERROR_DOCUMENTS = [
    "ErrorDocument 404 /d0/error.html", "ErrorDocument 404 \"plain text\"",
    "ErrorDocument 404 \"<b>html</b> text\"", "ErrorDocument 404 default",
    "ErrorDocument 404 http://other.example/x", "ErrorDocument 404 /missing",
    "ErrorDocument 404 word",
    "ErrorDocument 403 /d0/error.txt\nErrorDocument 404 /d0/error.txt",
    "ErrorDocument 403 \"no way\"\nRequire all denied",
    "ErrorDocument 403 /d0/error.html\nRequire all denied",
    "ErrorDocument 403 http://other.example/x?a=b\nRequire all denied",
    "Require all denied", "ErrorDocument 404 %{REQUEST_URI}",
    "ErrorDocument 404 \"not %{REQUEST_URI} here\"",
    "ErrorDocument 404 \"%{escape:%{QUERY_STRING}}\"",
    "ErrorDocument 405 \"method\"\nErrorDocument 404 /d0/sub/",
    "ErrorDocument 404 /d0/sub", "ErrorDocument 404 /d0/error.html?x=y",
    "ErrorDocument 404 mailto:x@y", "ErrorDocument 404 ftp://x/y",
    "ServerSignature On", "ServerSignature EMail", "ServerSignature Off",
    "ServerSignature On\nErrorDocument 404 default",
    "<Files none>\nErrorDocument 404 \"by file\"\n</Files>",
]
ERROR_REQUESTS = [
    ("{}/none",), ("{}/none?q=<x>",), ("HEAD {}/none HTTP/1.1",),
    ("{}/a.txt",), ("PUT {}/a.txt HTTP/1.1",), ("PUT {}/none HTTP/1.1",),
    ("{}/sub",), ("{}/sub/none",), ("{}/none", "If-None-Match: *"),
    ("{}/none", "Range: bytes=0-1"), ("{}/none", "Connection: close"),
    ("GET {}/none HTTP/1.0",), ("POST {}/none HTTP/1.1",),
    ("OPTIONS {}/none HTTP/1.1",), ("{}/a.txt/x",), ("{}/%2f",)]

# -- methods
LIMITS = [
    "<Limit GET>\nRequire all denied\n</Limit>",
    "<Limit POST PUT DELETE>\nRequire all denied\n</Limit>",
    "<Limit FOO>\nRequire all denied\n</Limit>",
    "<LimitExcept GET>\nRequire all denied\n</LimitExcept>",
    "<LimitExcept GET POST OPTIONS>\nRequire all denied\n</LimitExcept>",
    "<Limit OPTIONS>\nRequire all denied\n</Limit>",
    "Require method GET", "Require not method POST" if False else
    "Require method GET POST FOO",
    "Require method HEAD", "Require method OPTIONS TRACE",
]
LIMIT_REQUESTS = [(f"{m} {{}}/a.txt HTTP/1.1",) for m in
                  ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE",
                   "PATCH", "FOO", "PROPFIND")]

# -- .htaccess
HTACCESS = [
    "", "# comment only", "Garbage here", "Options None", "Options +Indexes",
    "Options Indexes FollowSymLinks", "Options +Nonsense", "Options All",
    "ForceType text/x-h", "ErrorDocument 404 \"from htaccess\"",
    "Require all denied", "Require all granted", "Require ip 127.0.0.1",
    "DirectoryIndex a.txt", "DirectoryIndex none a.txt", "DirectorySlash Off",
    "FallbackResource disabled", "Header set X-H yes", "FileETag None",
    "AddDefaultCharset utf-8", "LimitRequestBody 3", "AcceptPathInfo On",
    "ServerSignature On", "SetHandler none", "SetEnvIf X (.*) Y=$1",
    "<Files a.txt>\nForceType x/y\n</Files>",
    "<FilesMatch a>\nForceType x/z\n</FilesMatch>",
    "<If \"true\">\nForceType x/if\n</If>", "<Location />\n</Location>",
    "<Directory />\n</Directory>", "AllowOverride None", "DocumentRoot /tmp",
    "ServerName x", "<IfModule mod_dir.c>\nForceType x/m\n</IfModule>",
    "Include /etc/passwd", "<Limit GET>\nRequire all denied\n</Limit>",
    "<Limit GET>\nRequire all denied", "</Limit>", "<Files",
    "<Files x>\n</FilesMatch>", "ForceType", "ForceType a b",
    "Define X y", "RLimitCPU 10", "ContentDigest On", "EnableMMAP Off",
    "EnableSendfile Off", "CGIPassAuth On", "CGIVar REQUEST_URI original-uri",
    "QualifyRedirectURL On", "AuthName x", "AuthType None", "Satisfy any",
    "Order deny,allow\nDeny from all", "\tForceType  \t x/tabs  ",
    "forcetype X/Case", "ForceType x/a\\\nb", "ForceType \"x/q\"",
    "ForceType 'x/q'", "ForceType x/y # no comment", "  # indented comment",
    "ErrorDocument 404 /d0/error.html", "ErrorDocument 999 x",
    "ErrorDocument abc x", "SetInputFilter x", "SetOutputFilter NOPE",
    "UseCanonicalName On", "LogLevel debug", "AllowEncodedSlashes On",
    "Mutex default", "ScriptLog x", "TraceEnable Off", "KeepAlive Off",
    "Header set X \"unclosed", "SetEnv", "<IfDefine X>\nGarbage\n</IfDefine>",
    "<IfModule nope.c>\nGarbage\n</IfModule>", "Protocols h2c",
    "<RequireAll>\nRequire all granted\nRequire not ip 127.0.0.1\n"
    "</RequireAll>",
]
HT_REQUESTS = [("{}/a.txt",), ("{}/",), ("{}/sub/a.txt",), ("{}/none",),
               ("{}/.htaccess",), ("POST {}/a.txt HTTP/1.1",)]
CLASSES = ("None", "All", "AuthConfig", "FileInfo", "Indexes", "Limit",
           "Options", "Options=Indexes,FollowSymLinks", "FileInfo Indexes",
           "Nonfatal=Unknown", "Nonfatal=Override", "Nonfatal=All",
           "FileInfo Nonfatal=All")

# -- limits
BIG = [raw("GET / HTTP/1.1\nHost: localhost\n" + text + "\n\n") for text in (
    "X: 1", "X: " + "v" * 80, "X: " + "v" * 200, "A: 1\nB: 2\nC: 3",
    "A: 1\nB: 2\nC: 3\nD: 4\nE: 5", "X" * 150 + ": 1")]
BIG += [case("/" + "x" * n) for n in (10, 60, 80, 100, 101, 150, 300)]
BIG += [case("POST /a.txt HTTP/1.1", body=b"x" * n) for n in (1, 9, 10, 11, 99)]
BIG += [case("POST /a.txt HTTP/1.1", "Transfer-Encoding: chunked",
             body=b"%x\r\n%s\r\n0\r\n\r\n" % (n, b"x" * n))
        for n in (1, 9, 10, 11, 99)]

# -- redirects that name the server
SELF = [case(t, h) for t in ("/sub", "/sub?q=1")
        for h in ("Host: localhost", "Host: localhost:8080", "Host: Other",
                  "Host: other:80", "Host: other.", "Host: [::1]:99",
                  "Host: 127.0.0.1")]
SELF += [case("GET /sub HTTP/1.0"), case("GET http://t.example/sub HTTP/1.1"),
         case("GET http://t.example:81/sub HTTP/1.1"), case("/none"),
         raw("GET /sub HTTP/1.0\n\n"), raw("GET /none HTTP/1.0\n\n")]

GROUPS = [
    places("representation", REPRESENTATION, REP_REQUESTS),
    places("errors", ERROR_DOCUMENTS, ERROR_REQUESTS),
    places("limits", LIMITS, LIMIT_REQUESTS),
    in_htaccess("htaccess", HTACCESS, HT_REQUESTS,
                modules=("dir", "headers", "setenvif", "access_compat",
                         "authz_host", "authn_core")),
    *[in_htaccess("override-" + c.replace(" ", "+"), HTACCESS[:38],
                  [("{}/a.txt",), ("{}/",)], c,
                  modules=("dir", "headers", "setenvif", "authz_host"))
      for c in CLASSES],
    in_htaccess("override-list", HTACCESS[:38], [("{}/a.txt",)], "None",
                extra="<Directory {tree}>\nAllowOverrideList ForceType "
                "Options Require <Files\n</Directory>\n",
                modules=("dir", "headers", "setenvif", "authz_host")),
    *each("server-tokens", "ServerTokens {}\nServerSignature On\n",
          ("Prod", "Major", "Minor", "Min", "OS", "Full")),
    *each("signature", "ServerSignature {}\nServerAdmin me@here.example\n",
          ("On", "Off", "EMail"), BASIC + SELF),
    *each("limit-line", "{}", (
        "LimitRequestLine 100", "LimitRequestFieldSize 100",
        "LimitRequestFields 4", "LimitRequestBody 10",
        "LimitRequestFieldSize 32000\nLimitRequestLine 32000"),
        BIG),
    *each("canonical", "{}", (
        "UseCanonicalName Off", "UseCanonicalName On", "UseCanonicalName DNS",
        "UseCanonicalName On\nServerName canon.example:8080",
        "UseCanonicalName On\nServerName https://canon.example",
        "ServerName http://canon.example:81",
        "UseCanonicalPhysicalPort On", "UseCanonicalName On\n"
        "UseCanonicalPhysicalPort On", "QualifyRedirectURL On",
        "StrictHostCheck On"), SELF),
    *each("keep-alive", "{}", ("KeepAlive Off", "MaxKeepAliveRequests 3",
                               "KeepAliveTimeout 7",
                               "KeepAliveTimeout 1500ms",
                               "MaxKeepAliveRequests 0"),
          [case("/a.txt"), case("/none"), case("/a.txt", "Connection: close"),
           case("GET /a.txt HTTP/1.0"),
           case("GET /a.txt HTTP/1.0", "Connection: keep-alive"),
           case("GET /none HTTP/1.0", "Connection: Keep-Alive"),
           case("POST /a.txt HTTP/1.1", body=b"x"),
           case("/a.txt"), case("/a.txt"), case("/a.txt"), case("/a.txt")]),
    *each("sections", "{}", (
        "<Location /sub>\nHeader set X-S location\n</Location>\n"
        "<Directory {tree}/sub>\nHeader set X-S directory\n</Directory>\n"
        "<Files a.txt>\nHeader set X-S files\n</Files>",
        "<Location /sub/>\nHeader set X-S slash\n</Location>",
        "<Location ~ \"^/s.b\">\nHeader set X-S tilde\n</Location>",
        "<LocationMatch \"^/(?<part>[a-z]+)/\">\nHeader set X-S %{MATCH_PART}e"
        "\n</LocationMatch>",
        "<LocationMatch \"(a|b)\\.\">\nHeader set X-S match\n</LocationMatch>",
        "<DirectoryMatch \"/sub$\">\nHeader set X-S dm\n</DirectoryMatch>",
        "<DirectoryMatch \"/(?<d>de[a-z]+)\">\nHeader set X-S %{MATCH_D}e\n"
        "</DirectoryMatch>",
        "<Directory ~ \"/deep\">\nHeader set X-S dr\n</Directory>",
        "<Directory \"{tree}/*/deep\">\nHeader set X-S glob\n</Directory>",
        "<Directory \"{tree}/s?b\">\nHeader set X-S query\n</Directory>",
        "<Directory \"{tree}/[a-s]ub\">\nHeader set X-S range\n</Directory>",
        "<Location \"/*/a.txt\">\nHeader set X-S lglob\n</Location>",
        "<Location \"/s?b\">\nHeader set X-S lq\n</Location>",
        "<Files \"a.*\">\nHeader set X-S f1\n</Files>\n<Files a.txt>\n"
        "Header append X-S f2\n</Files>\n<FilesMatch txt>\n"
        "Header append X-S f3\n</FilesMatch>",
        "<Location />\n<If \"%{REQUEST_METHOD} == 'HEAD'\">\n"
        "Header set X-S head\n</If>\n<Else>\nHeader set X-S other\n</Else>\n"
        "</Location>",
        "<If \"-f '{tree}' . %{REQUEST_URI}\">\nHeader always set X-S exists"
        "\n</If>\n<Else>\nHeader always set X-S missing\n</Else>",
        "<Directory {tree}>\nHeader always set X-S a\n</Directory>\n"
        "<Directory {tree}/sub>\nHeader always append X-S b\n</Directory>\n"
        "<Location /sub/deep>\nHeader always append X-S c\n</Location>",
        "<Location /none>\nSetHandler default-handler\nHeader always set X-S n"
        "\n</Location>",
        "<Location />\nRequire all denied\n</Location>\n<Location /sub>\n"
        "Require all granted\n</Location>",
    )),
    *each("misc", "{}", (
        "AddDefaultCharset On", "ContentDigest On", "FileETag None",
        "EnableSendfile On", "ServerAdmin root@x\nServerSignature EMail",
        "ErrorDocument 404 \"server wide\"", "ErrorDocument 400 \"bad\"",
        "ErrorDocument 404 /error.html", "ErrorDocument 404 /sub/",
        "LimitInternalRecursion 1\nErrorDocument 404 /none2",
        "RegisterHttpMethod FOO", "MergeTrailers On", "Timeout 3",
        "TraceEnable Off", "HostnameLookups On", "Protocols http/1.1",
        "Protocols h2c http/1.1", "ProtocolsHonorOrder Off",
        "AddDefaultCharset utf-8\n<Location /sub>\nAddDefaultCharset Off\n"
        "</Location>", "SetHandler server-status", "ForceType text/x-all",
        "DirectoryIndex a.txt index.html", "AsyncFilter request" if False
        else "EnableMMAP Off", "HttpProtocolOptions Strict",
        "AllowEncodedSlashes NoDecode", "LogLevel error",
        "ErrorLogFormat \"%t %M\"", "Define V sub\n<Location /${V}>\n"
        "Header set X-V ${V}\n</Location>",
        "<Macro T $x>\n<Location /$x>\nHeader set X-M $x\n</Location>\n"
        "</Macro>\nUse T sub\nUse T a.txt"),
        BASIC + [case("FOO /a.txt HTTP/1.1"), case("/%zz"), case("/a%2fb"),
                 case("TRACE / HTTP/1.1"), case("OPTIONS / HTTP/1.1"),
                 case("/a.txt", "Upgrade: h2c", "Connection: Upgrade")],
        modules=("dir", "headers", "macro")),
]


def test_same(compare, comparison):
    compare(*comparison)
