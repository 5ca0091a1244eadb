"""Turns the GROUPS of a test module into one case per comparison."""
import pathlib
from dataclasses import replace

import pytest

from . import intended, normal
from .pair import Pair

running = {}                    # the one pair that runs: {group: Pair}
refused = {}                    # groups a server does not start with
asked = []                      # names of the comparisons made
collected = []


def pytest_generate_tests(metafunc):
    if "comparison" not in metafunc.fixturenames:
        return
    pairs, names = [], []
    for group in metafunc.module.GROUPS:
        for number, one in enumerate(group.cases):
            one = replace(one, group=group.name)
            pairs.append((group, one))
            names.append(f"{group.name}-{number}-{one.name}")
    collected.extend(names)
    metafunc.parametrize("comparison", pairs, ids=names)


def stop_running():
    for pair in list(running.values()):
        running.clear()
        pair.stop()


def pair_of(group):
    missing = group.missing()
    if missing:
        pytest.skip("not built yet: " + ", ".join(missing))
    if group.name in refused:
        pytest.fail("does not start: " + refused[group.name], False)
    if group.name not in running:
        stop_running()
        try:
            running[group.name] = Pair(group).start()
        except RuntimeError as error:
            refused[group.name] = str(error)
            raise
    return running[group.name]


def settle(one, answers):
    """Both answers in plain form, intended differences taken out."""
    theirs, ours = (normal.plain(answer, kind)
                    for answer, kind in zip(answers, normal.KINDS))
    used = []
    for rule in intended.RULES:
        if theirs == ours:
            break
        if rule(one, theirs, ours):
            used.append(rule)
    return theirs, ours, used


@pytest.fixture
def compare():
    """compare(group, case): ask both servers, fail when they differ."""
    def check(group, one):
        pair = pair_of(group)
        answers = pair.ask(one)
        theirs, ours, used = settle(one, answers)
        if theirs != ours and group.retry:      # the clock may have ticked
            theirs, ours, used = settle(one, pair.ask(one))
        asked.append(one.name)
        for rule in used:
            rule.used += 1
        assert ours == theirs, difference(theirs, ours)
    return check


@pytest.fixture
def pair_for():
    """pair_for(group): the running pair, for tests that look at more than
    answers."""
    def find(group):
        asked.append(group.name)
        return pair_of(group)
    return find


def lines_of(side):
    for response in side["responses"]:
        yield (f"{response['version']} {response['status']} "
               f"{response['reason']}")
        for name, value in response["fields"]:
            yield f"{name}: {value}"
        yield ""
        yield from response["body"].splitlines()
        yield f"trailers {response['trailers']} interim {response['interim']}"
    yield f"closed {side['closed']} rest {side['rest']!r}"


def difference(theirs, ours):
    import difflib
    return "cleat differs from apache2:\n" + "\n".join(
        list(difflib.unified_diff(list(lines_of(theirs)),
                                  list(lines_of(ours)),
                                  "apache2", "cleat", "", "", 2, ""))[:60])


def is_full_run(session):
    """Every file of the folder ran, every case of them was compared."""
    here = pathlib.Path(__file__).parent
    modules = {item.path.name for item in session.items}
    return (modules >= {path.name for path in here.glob("test_*.py")}
            and len(asked) >= len(collected) and not session.testsfailed)


@pytest.fixture(scope="session", autouse=True)
def every_rule_is_needed(request):
    """Stop the last pair; a rule that never applied fails a full run."""
    yield
    stop_running()
    print(f"\n{len(asked)} comparisons")
    if not is_full_run(request.session):
        return
    idle = [rule.__name__ for rule in intended.RULES if not rule.used]
    assert not idle, f"intended differences that never applied: {idle}"
