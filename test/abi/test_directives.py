"""Each directive of the modules we have: where it is allowed, how it takes its
arguments, in the record and in what -L prints."""
import pytest

from installed import grouped, modules, rows

CONSTANTS = {row["name"]: int(row["value_or_signature"].split()[0])
             for row in rows("api-macros.tsv") if row["kind"] == "int"
             and row["header"] == "http_config.h"}
SHAPES = {row["field"]: int(row["type_or_value"].lstrip("="))
          for row in rows("api-structs.tsv")
          if row["name"] == "cmd_how" and row["field"]}
OUTSIDE = "only outside <Directory>, <Files>, <Location>, or <If>"
PLACES = {
    "outside": [OUTSIDE],
    "inside": [OUTSIDE.replace("outside", "inside")],
    "inside+htaccess": [OUTSIDE.replace("outside", "inside")
                        + " and in .htaccess"],
    "anywhere": ["anywhere"],
    "anywhere+htaccess": ["anywhere and in .htaccess"],
    "anywhere[no-per-dir]+htaccess": ["anywhere [no per-dir config] and in "
                                      ".htaccess"],
}
CLASSES = {"OR_LIMIT": "Limit", "OR_OPTIONS": "Options",
           "OR_FILEINFO": "FileInfo", "OR_AUTHCFG": "AuthConfig",
           "OR_INDEXES": "Indexes"}


def providers():
    """(provider as the table names it, source name) of what we have."""
    found = {}
    for row in modules():
        found[row["debian_binary"]] = row["source_name"]
        found["core:" + row["identifier"]] = row["source_name"]
    del found["apache2 (static)"]
    return found


OURS = providers()
DIRECTIVES = grouped(
    ((OURS[provider], row) for row in rows("directives.tsv")
     for provider in row["binary_providers"].split(",") if provider in OURS),
    lambda pair: pair[0])


def name_of(row):
    return row["directive"].rstrip(">").lower()


def bits_of(row):
    return sum(CONSTANTS[name] for name in row["req_override_bits"].split("|"))


@pytest.mark.parametrize("source", DIRECTIVES)
def test_records(report, source):
    have = report.directives.get(source, {})
    wrong = []
    for _, row in DIRECTIVES[source]:
        want = (SHAPES[row["args_kind"]], bits_of(row))
        if have.get(name_of(row)) != want:
            wrong.append(f"{row['directive']}: {have.get(name_of(row))}, "
                         f"not {want}")
    assert not wrong


@pytest.mark.parametrize("source", DIRECTIVES)
def test_nothing_unknown(report, source):
    """Directives of our own belong to modules of our own; Debian leaves out a
    few that are in the manual."""
    known = {name_of(row) for _, row in DIRECTIVES[source]}
    known |= {name_of(row) for row in rows("directives.tsv")
              if not row["binary_providers"]}
    extra = set(report.directives.get(source, {})) - known
    assert not extra


@pytest.mark.parametrize("source", DIRECTIVES)
def test_listing(listing, source):
    wrong = []
    for _, row in DIRECTIVES[source]:
        _, place, *classes = listing.get((source, name_of(row)),
                                         ["", "not listed"])
        want = ["Allowed in *.conf " + text
                for text in PLACES[row["dash_L_context"]]]
        if place not in want:
            wrong.append(f"{row['directive']}: {place}, not {want}")
        names = " ".join(classes)
        allowed = [text for name, text in CLASSES.items()
                   if name in row["req_override_bits"].split("|")]
        if not all(text in names for text in allowed):
            wrong.append(f"{row['directive']}: {names!r} has not {allowed}")
    assert not wrong
