"""mod_negotiation: MultiViews, type maps, and what clients prefer."""
from .pair import Group, case
from .test_settings import ALL, in_htaccess

TYPES = ("TypesConfig /etc/mime.types\nAddLanguage en .en\nAddLanguage fr .fr\n"
         "AddLanguage de .de\nAddLanguage pt-br .pt-br\nAddLanguage zh-cn "
         ".zh-cn\nAddCharset utf-8 .utf8\nAddCharset iso-8859-2 .iso2\n"
         "AddEncoding x-gzip .gz\nAddHandler type-map .var\n")
MAP = """URI: page.html.en
Content-language: en
Content-type: text/html

URI: page.html.fr
Content-language: fr
Content-type: text/html; qs=0.9

URI: page.html.de.utf8
Content-language: de
Content-type: text/html; charset=utf-8; qs=0.8

URI: page.txt
Content-type: text/plain; qs=0.5
"""
BODIES = """Content-language: en
Content-type: text/html
Body:----en----
<p>english body</p>
----en----
Content-language: fr
Content-type: text/html
Body:----fr----
<p>corps</p>
----fr----
"""
FILES = {
    "page.html.en": "english\n", "page.html.fr": "francais\n",
    "page.html.de.utf8": "deutsch\n", "page.txt": "text\n",
    "doc.html.en": "doc en\n", "doc.html.fr": "doc fr, longer\n",
    "doc.html.pt-br": "doc pt-br\n", "doc.html.zh-cn": "doc zh\n",
    "enc.html": "plain\n", "enc.html.gz": "gz\n", "enc.txt.en": "enc txt\n",
    "types.html": "html\n", "types.txt": "txt\n", "types.gif": "GIF\n",
    "types.json": "{}\n", "one.html": "only\n", "cs.html.utf8": "utf8\n",
    "cs.html.iso2": "iso2\n", "small.html.en": "1", "small.html.fr": "22",
    "neutral.html": "neutral\n", "neutral.html.fr": "fr\n",
    "dir/index.html.en": "index en\n", "dir/index.html.fr": "index fr\n",
    "page.var": MAP, "body.var": BODIES, "empty.var": "",
    "bad.var": "nonsense\n", "script": "exact\n", "script.html": "not me\n",
    "long.name.html.en": "long\n", "x.unknown": "unknown\n",
    "enc2.tar.gz": "tgz\n",
}
NAMES = ("page", "doc", "enc", "types", "one", "cs", "small", "neutral",
         "dir/index", "script", "long.name", "long", "x", "none", "page.html",
         "doc.html", "enc.html", "page.var", "body.var", "empty.var",
         "bad.var", "enc2", "page/info", "page.html.en", "doc.en", "page.en")
LANGUAGES = ("", "en", "fr", "de", "fr, en", "en;q=0.5, fr;q=0.9", "pt", "pt-br",
             "pt-BR, en;q=0.1", "es", "es, en;q=0", "*", "fr;q=0, *", "en-GB",
             "zh-tw, zh-cn", "en, *;q=0.1", "fr;q=1.5", "fr;q=x", ";;", "EN")
TYPES_WANTED = ("", "text/html", "text/plain", "text/*", "*/*", "image/*",
                "text/html;q=0.5, text/plain", "text/plain;q=0, */*",
                "application/json", "image/gif;q=0.2, text/*;q=0.1",
                "text/html;level=1", "text/html;level=2, text/plain;q=0.9",
                "x/y", "*", "text/html, */*;q=0.1", "html")
ENCODINGS = ("", "gzip", "x-gzip", "identity", "*", "gzip;q=0", "identity;q=0",
             "gzip;q=0.1, identity", "*;q=0", "compress", "gzip, *;q=0")
CHARSETS = ("utf-8", "iso-8859-2", "iso-8859-1", "*", "utf-8;q=0.1, *",
            "utf-8;q=0", "iso-8859-2;q=0.9, utf-8;q=0.8")

ASK = [("{}/" + n, *(("Accept-Language: " + v,) if v else ()))
       for n in NAMES for v in LANGUAGES]
ASK += [("{}/" + n, *(("Accept: " + v,) if v else ()))
        for n in NAMES for v in TYPES_WANTED]
ASK += [("{}/" + n, "Accept-Encoding: " + v)
        for n in ("enc", "enc.html", "enc2", "page", "one")
        for v in ENCODINGS if v]
ASK += [("{}/" + n, "Accept-Charset: " + v)
        for n in ("cs", "page", "page.var", "one") for v in CHARSETS]
ASK += [(f"{m} {{}}/page HTTP/{v}", "Accept-Language: fr")
        for m in ("HEAD", "POST", "PUT", "OPTIONS", "DELETE")
        for v in ("1.1",)]
ASK += [("{}/page", "Negotiate: trans"), ("{}/page", "Negotiate: *"),
        ("{}/page", "Negotiate: vlist"), ("{}/page", "Negotiate: 1.0"),
        ("{}/page.var", "Negotiate: trans"),
        ("GET {}/page HTTP/1.0", "Accept-Language: fr",
         "Connection: keep-alive"),
        ("{}/page", "If-None-Match: *"), ("{}/page", "Range: bytes=0-2"),
        ("{}/page", "Accept-Language: fr", "Accept: text/plain"),
        ("{}/page", "Accept-Language: xx", "Accept: y/z"),
        ("{}/types", "Accept: text/plain", "Accept: text/html;q=0.1"),
        ("{}/dir/",), ("{}/dir/", "Accept-Language: fr"), ("{}/dir",)]

SETTINGS = ["Options +MultiViews", "Options +MultiViews\nLanguagePriority fr en",
            "Options +MultiViews\nForceLanguagePriority Prefer Fallback\n"
            "LanguagePriority de fr en",
            "Options +MultiViews\nForceLanguagePriority None",
            "Options +MultiViews\nForceLanguagePriority Fallback\n"
            "LanguagePriority fr"]
FEW = [("{}/" + n, *(("Accept-Language: " + v,) if v else ()))
       for n in ("page", "doc", "types", "neutral", "page.var", "none", "cs",
                 "x", "enc") for v in LANGUAGES[:12]]
MORE = ["Options +MultiViews\nMultiviewsMatch Any",
        "Options +MultiViews\nMultiviewsMatch NegotiatedOnly",
        "Options +MultiViews\nMultiviewsMatch Filters Handlers",
        "Options +MultiViews\nDefaultLanguage fr",
        "Options +MultiViews\nSetEnvIf User-Agent (.*) prefer-language=fr",
        "Options +MultiViews\nAddType text/html;qs=0.1 .html",
        "Options +MultiViews\nDirectoryIndex index",
        "Options +MultiViews\nAcceptPathInfo On",
        "Options -MultiViews", "SetHandler type-map",
        "Options +MultiViews\nCacheNegotiatedDocs On",
        "Options +MultiViews\nForceType text/plain"]

GROUPS = [
    in_htaccess("negotiation", SETTINGS[:1], ASK, files=FILES, extra=TYPES,
                modules=("negotiation", "mime", "dir")),
    in_htaccess("negotiation-priority", SETTINGS[1:] + MORE, FEW, files=FILES,
                extra=TYPES, modules=("negotiation", "mime", "dir",
                                      "setenvif")),
    Group("negotiation-cache", ALL + TYPES + "CacheNegotiatedDocs On\n"
          "<Directory {tree}>\nOptions +MultiViews\n</Directory>\n",
          [case(f"GET /{n} HTTP/{v}", "Accept-Language: fr",
                "Connection: keep-alive") for n in ("page", "page.var", "doc")
           for v in ("1.0", "1.1")], ("negotiation", "mime"), FILES),
]


def test_same(compare, comparison):
    compare(*comparison)
