#!/usr/bin/python3
"""Static asserts from the ABI tables, as lines of C with a group each.

usage: layout_source.py > layout.c

Every size, field offset, enumerator and integer macro of the tables becomes a
_Static_assert, so a header that drifts from httpd 2.4's binary interface does
not compile.  Bit fields have no offset in C; main() checks them at run time by
setting one and looking at the bytes.
"""
import re

from installed import rows

# Places that belong to the installation, not to the interface.
LOCAL_HEADERS = {"ap_config_layout.h", "ap_config_auto.h"}
# Not one number: a list of numbers; initialisers.
NOT_A_NUMBER = {"AP_SERVER_PATCHLEVEL_CSV", "MPM20_MODULE_STUFF"}

BIT = """
#define BIT(type, field, byte, bit, group) do { \\
        union { type t; unsigned char b[sizeof(type)]; } u; \\
        memset(&u, 0, sizeof u); \\
        u.t.field = 1; \\
        if (u.b[byte] != (1u << (bit))) { \\
            printf("%s: " #type "." #field " is not at byte %d bit %d\\n", \\
                   group, byte, bit); \\
        } \\
    } while (0)
"""


def check(condition, what):
    return f'_Static_assert({condition}, "{what}");'


def struct_line(row):
    what, field = f"{row['kind']} {row['name']}", row["field"]
    if not field:
        if not row["total_size"]:
            return None
        return check(f"sizeof({what}) == {row['total_size']}",
                     f"size of {what}")
    at, size = row["byte_offset"], row["field_size"]
    return (check(f"offsetof({what}, {field}) == {at}",
                  f"offset of {what}.{field}") + " "
            + check(f"sizeof((({what} *)0)->{field}) == {size}",
                    f"size of {what}.{field}"))


def line_of(row):
    """The C line of a row of api-structs.tsv, or None."""
    if row["kind"] in ("struct", "union"):
        return struct_line(row)
    if row["kind"] == "enum" and row["field"]:
        value = row["type_or_value"].lstrip("=")
        return check(f"(int){row['field']} == {value}", row["field"])
    if (row["kind"] == "typedef" and row["total_size"]
            and "(" not in row["type_or_value"]):
        return check(f"sizeof({row['name']}) == {row['total_size']}",
                     f"size of {row['name']}")
    return None


def macro_line(row):
    number = re.match(r"-?\d+", row["value_or_signature"])
    if (row["kind"] != "int" or not number or row["name"] in NOT_A_NUMBER
            or row["header"] in LOCAL_HEADERS):
        return None
    return check(f"(long long)({row['name']}) == {number[0]}LL", row["name"])


def group_of(row):
    """What a failure is counted under: header and struct, or header."""
    if "field" not in row:
        return f"{row['header']}-numbers"
    if row["kind"] == "enum":
        return f"{row['header']}-enums"
    return f"{row['header']}-{row['name']}"


def bit_fields():
    return [row for row in rows("api-structs.tsv") if row["bit_width"]]


def source():
    """A list of (line of C, group or None)."""
    structs = [row for row in rows("api-structs.tsv")
               if row["header"].endswith(".h") and not row["bit_width"]]
    macros = [row for row in rows("api-macros.tsv")
              if row["header"].endswith(".h")]
    lines = [(f'#include "{header}"', None) for header in dict.fromkeys(
        row["header"] for row in structs + macros)]
    lines += [("#include <stddef.h>", None), ("#include <stdio.h>", None),
              ("#include <string.h>", None)]
    lines += [(line, None) for line in BIT.split("\n")]
    lines += [(line_of(row), group_of(row)) for row in structs]
    lines += [(macro_line(row), group_of(row)) for row in macros]
    lines += [("int main(void) {", None)]
    lines += [(f"BIT({row['kind']} {row['name']}, {row['field']}, "
               f"{row['byte_offset']}, {row['bit_offset']}, "
               f'"{group_of(row)}");', group_of(row))
              for row in bit_fields()]
    lines += [("return 0; }", None)]
    return [(line, group) for line, group in lines if line is not None]


if __name__ == "__main__":
    print("\n".join(line for line, _ in source()))
