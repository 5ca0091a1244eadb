"""Debian's apache2-doc manual, with that package's own fragment: every page,
image and style sheet in every language, as browsers of several languages ask
for them."""
import pathlib
from urllib.parse import quote

from .pair import Group, case

FRAGMENT = pathlib.Path("/etc/apache2/conf-available/apache2-doc.conf")
MANUAL = pathlib.Path("/usr/share/doc/apache2-doc/manual")

# What Debian enables beside it: types, languages, compression, listings.
CONFIG = """
TypesConfig /etc/mime.types
AddLanguage de .de
AddLanguage fr .fr
AddLanguage ja .ja
AddLanguage ko .ko
AddCharset UTF-8 .utf8
LanguagePriority en de fr
ForceLanguagePriority Prefer Fallback
DirectoryIndex index.html
IndexOptions FancyIndexing VersionSort HTMLTable NameWidth=* \
DescriptionWidth=* Charset=UTF-8
AddOutputFilterByType DEFLATE text/html text/css
<Directory />
    Options FollowSymLinks
    AllowOverride None
    Require all denied
</Directory>
"""

BROWSERS = [
    (),
    ("Accept-Language: de-DE,de;q=0.9,en;q=0.5", "Accept-Encoding: gzip"),
]


def urls():
    for path in sorted(MANUAL.rglob("*")):
        place = "/manual/" + quote(path.relative_to(MANUAL).as_posix())
        yield place + "/" if path.is_dir() else place


def cases():
    found = list(urls())
    for url in found:
        for fields in BROWSERS:
            yield case(url, *fields)
    for url in found[::7]:
        yield case(f"HEAD {url} HTTP/1.1")
        yield case(url, "Range: bytes=0-99")
        yield case(url, "If-Modified-Since: Fri, 01 Jan 2038 00:00:00 GMT")
        yield case(url, "If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT")
        yield case(url + "nothing")
    for url in ("/manual", "/manual/en", "/manual/style"):
        yield case(url)
    for language in ("en", "de", "fr, en;q=0.5", "tr", "xx", "*", "zh-cn",
                     "pt-br;q=0.5, es"):
        for url in ("/manual/", "/manual/index", "/manual/en/",
                    "/manual/index.html"):
            yield case(url, f"Accept-Language: {language}")


GROUPS = [
    Group("manual", CONFIG + FRAGMENT.read_text(), list(cases()),
          ("alias", "dir", "mime", "negotiation", "autoindex", "setenvif",
           "filter", "deflate", "env")),
]


def test_same(compare, comparison):
    compare(*comparison)
