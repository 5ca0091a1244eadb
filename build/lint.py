#!/usr/bin/python3
"""Print the longest and the deepest functions, and lines over 80 columns.

Nothing fails: we look at the list together (STYLE.md section 3).
"""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ("server", "modules", "support", "include", "test")
SHOWN = 20


def files():
    return sorted(path for folder in FOLDERS
                  for path in (TOP / folder).rglob("*.[ch]"))


def bare(line):
    """A line without strings, characters and comments."""
    return re.sub(r'"(\\.|[^"\\])*"|\'(\\.|[^\'\\])*\'|/\*.*', "", line)


def functions(path):
    """(name, line, length, depth) of each function body: from a "{" to a "}"
    in the first column, the name before a "(" of the last line that begins
    with a letter."""
    name, start, depth, deepest = None, 0, 0, 0
    for number, line in enumerate(path.read_text().splitlines(), 1):
        head = re.match(r"(?=[A-Za-z])(?:AP\w+\([^)]*\))?.*?(\w+)\s*\(", line)
        if line == "{":
            start, depth, deepest = number, 0, 0
        elif line == "}" and start:
            yield name, start, number - start - 1, deepest
            start = 0
        elif start:
            depth += bare(line).count("{") - bare(line).count("}")
            deepest = max(deepest, depth)
        elif head:
            name = head[1]


def table(title, rows):
    print(title)
    for value, path, line, name in sorted(rows, reverse=True)[:SHOWN]:
        print(f"  {value:4}  {path.relative_to(TOP)}:{line}: {name}")


def main():
    long_ones, deep_ones, wide, count = [], [], [], 0
    for path in files():
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if len(line) > 80:
                wide.append((len(line), path, number, line.strip()[:40]))
        for name, line, length, depth in functions(path):
            count += 1
            long_ones.append((length, path, line, name))
            if depth >= 4:
                deep_ones.append((depth, path, line, name))
    over = sum(1 for row in long_ones if row[0] > 25)
    print(f"{count} functions, {over} longer than 25 lines, "
          f"{sum(1 for row in long_ones if row[0] > 60)} longer than 60")
    table("longest functions (lines)", long_ones)
    table("deepest functions (levels)", deep_ones)
    table("lines over 80 columns", wide)
    return 0


if __name__ == "__main__":
    sys.exit(main())
