"""Each hook registration of the modules we have: order, predecessors and
successors as in the stock module."""
import pytest

from installed import grouped, modules, rows

# What a module does while the server sets up is its own business: it may need
# no such hook, or more of them.  Where both have one, the place is the same;
# the core, which is many rooms, may have more places.
SETTING_UP = {"pre_config", "check_config", "test_config", "post_config",
              "open_logs", "pre_mpm", "child_init", "expr_lookup",
              "optional_fn_retrieve", "proxy_create_req"}
SOURCES = {row["source_name"] for row in modules()}
STOCK = grouped((row for row in rows("hook-order.tsv")
                 if row["registered_name"] in SOURCES),
                lambda row: row["registered_name"])


def stock_rows(source):
    """Names of modules that are for other systems do not count."""
    return sorted((row["hook"], row["order"],
                   row["predecessors"].replace("mpm_winnt.c,", "")
                   .replace("mpm_winnt.c", ""),
                   row["successors"]) for row in STOCK[source])


def hook_name(getter):
    """ap_hook_get_handler is "handler", dav_hook_get_x is "dav_x"."""
    space, _, name = getter.partition("_hook_get_")
    return name if space == "ap" else f"{space}_{name}"


def our_rows(report, source):
    return sorted((hook_name(getter), *rest)
                  for getter, *rest in report.hooks.get(source, []))


@pytest.mark.parametrize("source", STOCK)
def test_registrations(report, source):
    have, want = our_rows(report, source), stock_rows(source)
    stock_hooks = {row[0] for row in want}
    missing = [row for row in want
               if row not in have and row[0] not in SETTING_UP]
    extra = [row for row in have if row not in want
             and (row[0] not in SETTING_UP
                  or (row[0] in stock_hooks and source != "core.c"))]
    assert not missing, f"missing: {missing}; there is: {have}"
    assert not extra, f"not as in the stock module: {extra}"


def test_modules_without_hooks_in_the_table_have_none(report):
    """But those the table cannot know: our own."""
    own = {"cleat_core.c", "mod_abi_report.c"}
    assert set(report.hooks) - own - set(STOCK) == set()
