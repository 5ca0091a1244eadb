#!/usr/bin/python3
"""Check who includes whom.

 - a room of server/ includes only its own header and those of lower rooms
   (build/layers.txt), state.h and the public headers;
 - a module includes public headers and files of its own folder;
 - include/ includes public headers and APR only.
"""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


def ranks():
    line = [text for text in (TOP / "build/layers.txt").read_text().splitlines()
            if text and not text.startswith("#")][0]
    rooms = line.split()
    return {room: len(rooms) - number for number, room in enumerate(rooms)}


def includes(path):
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


def check_server(rank, public):
    for path in sorted((TOP / "server").rglob("*.[ch]")):
        inside = path.relative_to(TOP / "server").parts
        room = inside[0] if len(inside) > 1 else None
        for name in includes(path):
            target = name.split("/")[0] if "/" in name else None
            if target in rank:
                if room and rank[target] > rank[room]:
                    yield f"{path}: {room} may not include {name}: " \
                          f"{target} is above it"
            elif (path.parent / name).exists() or name in public \
                    or name == "state.h":
                continue
            else:
                yield f"{path}: {name} is neither public nor of a room"


def check_modules(public):
    for path in sorted((TOP / "modules").rglob("*.[ch]")):
        for name in includes(path):
            if name not in public and not (path.parent / name).exists():
                yield f"{path}: {name} is neither public nor in its folder"
            if ".." in name:
                yield f"{path}: {name} leaves the module's folder"


def check_public(public):
    for path in sorted((TOP / "include").rglob("*.h")):
        for name in includes(path):
            if name not in public:
                yield f"{path}: {name} is not a public header"


def main():
    public = {p.relative_to(TOP / "include").as_posix()
              for p in (TOP / "include").rglob("*.h")}
    public |= {"ap_config_layout.h", "ap_config_auto.h"}
    public |= {name for name in ["apr.h"]}
    problems = [*check_server(ranks(), public), *check_modules(public),
                *check_public(public)]
    problems = [p for p in problems if not re.search(r": ap[ru]_\w+\.h", p)]
    print("\n".join(problems) or "layers: in order")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
