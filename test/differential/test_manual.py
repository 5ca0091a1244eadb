"""Debian's apache2-doc: every page, language, image and directory, served by
the package's own configuration."""
import pathlib
import re

from .pair import Group, case
from .test_settings import ALL

MANUAL = pathlib.Path("/usr/share/doc/apache2-doc/manual")
FRAGMENT = pathlib.Path("/etc/apache2/conf-available/apache2-doc.conf")
MIME = pathlib.Path("/etc/apache2/mods-available/mime.conf")
NEGOTIATION = pathlib.Path("/etc/apache2/mods-available/negotiation.conf")
LANGUAGES = ("", "en", "de", "fr;q=0.9, ja", "pt-br, *;q=0.1", "xx", "ko, da",
             "zh-cn")


def read(path):
    return path.read_text() if path.exists() else ""


def pages():
    """Every file once; pages also without their language; folders."""
    cases = []
    for path in sorted(MANUAL.rglob("*")):
        url = "/manual/" + str(path.relative_to(MANUAL))
        if path.is_dir():
            cases += [case(url), case(url + "/")]
        else:
            cases.append(case(url))
    return cases


def negotiated():
    names = sorted({re.sub(r"\.html.*$", ".html", str(p.relative_to(MANUAL)))
                    for p in MANUAL.glob("en/**/*.html*")})
    urls = ["/manual/" + n for n in names[::4]]
    urls += ["/manual/" + re.sub(r"^\w+/", "", n) for n in names[::7]]
    urls += ["/manual/" + n.replace(".html", "") for n in names[::9]]
    urls += ["/manual", "/manual/", "/manual/en", "/manual/en/", "/manual/mod/",
             "/manual/de/mod", "/manual/fr/index.html", "/manual/images/",
             "/manual/style/", "/manual/none", "/manual/xx/"]
    return [case(u, *(("Accept-Language: " + v,) if v else ()))
            for u in urls for v in LANGUAGES]


def others():
    big = "/manual/en/mod/core.html"
    return [case(f"HEAD {big} HTTP/1.1"), case(big, "Range: bytes=0-99"),
            case(big, "Range: bytes=-100"), case(big, "If-None-Match: *"),
            case(big, "Accept-Encoding: gzip"), case(f"POST {big} HTTP/1.1"),
            case("GET /manual/index.html HTTP/1.0"),
            case("/manual/images/apache_header.gif", "Range: bytes=0-9,20-29"),
            case("/manual/mod/../index.html"), case("/manual//en//index.html"),
            case("/manual/en/index.html/extra"), case("/manual/en/?C=N;O=D")]


CONFIG = ALL + read(FRAGMENT) + read(MIME) + read(NEGOTIATION)
GROUPS = [Group("manual", CONFIG, pages() + negotiated() + others(),
                ("dir", "alias", "negotiation", "mime", "setenvif",
                 "autoindex"))]


def test_same(compare, comparison):
    compare(*comparison)
