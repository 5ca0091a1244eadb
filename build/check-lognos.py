#!/usr/bin/python3
"""Check log numbers: each APLOGNO(n) stands at one place in the tree, and
numbers of our own (50000 and up) are below the one in build/next-logno."""
import collections
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent


def main():
    places = collections.defaultdict(list)
    for folder in ("server", "modules", "support"):
        for path in sorted((TOP / folder).rglob("*.[ch]")):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                for found in re.findall(r"APLOGNO\((\d+)\)", line):
                    places[int(found)].append(
                        f"{path.relative_to(TOP)}:{number}")
    following = int((TOP / "build/next-logno").read_text())
    bad = 0
    for number, where in sorted(places.items()):
        if len(where) > 1 and number >= 50000:
            print(f"AH{number:05d} is used {len(where)} times: "
                  + ", ".join(where))
            bad += 1
        if number >= following:
            print(f"AH{number:05d} is not below build/next-logno: {where[0]}")
            bad += 1
    print(f"lognos: {len(places)} numbers, {bad} problems")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
