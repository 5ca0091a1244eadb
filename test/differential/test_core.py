"""The core: methods, targets, conditions, ranges, errors, options."""
from .pair import Group, case, raw

TREE = {
    "index.html": "<p>root</p>\n",
    "a.txt": "0123456789abcdefghijklmnopqrstuvwxyz\n",
    "empty": "",
}
ALL = "<Location />\nRequire all granted\n</Location>\n"

GROUPS = [
    Group("plain", ALL, files=TREE, modules=("dir",), cases=[
        case("/a.txt"), case("/"), case("/none"), case("HEAD /a.txt HTTP/1.1"),
    ]),
]


def test_same(compare, comparison):
    compare(*comparison)
