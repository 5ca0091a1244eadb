#!/usr/bin/python3
"""Run the steps of build/check and add up what they report.

usage: run-checks.py [STEP ...]     all steps without arguments

Each step prints its own output into _build/check/STEP.log; failures are
shown.  The last line sums up: N passed, N failed, N skipped.
"""
import os
import pathlib
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = TOP / "_build"
ASAN = TOP / "_build-asan"
CLANG = TOP / "_build-clang"
LOGS = BUILD / "check"
UNPRIVILEGED_INST = pathlib.Path("/var/tmp")


class Sum:
    """What a step found."""

    def __init__(self, passed=0, failed=0, skipped=0):
        self.passed, self.failed, self.skipped = passed, failed, skipped

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped


def install_prefix(build):
    """Children of a root server are unprivileged: the tree they read must not
    be inside a home directory only root may enter."""
    return UNPRIVILEGED_INST / f"cleat-check-{os.getuid()}" / build.name


def run(name, command, env=None, cwd=TOP, timeout=1500):
    """Run a command into the step's log; returns (status, text)."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{name}.log"
    with open(path, "w", encoding="utf-8") as log:
        log.write("$ " + " ".join(map(str, command)) + "\n")
        log.flush()
        try:
            status = subprocess.run(
                list(map(str, command)), cwd=cwd, stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, timeout=timeout, check=False,
                env=dict(os.environ, **(env or {}))).returncode
        except subprocess.TimeoutExpired:
            log.write(f"\nstopped after {timeout} s\n")
            status = 124
    return status, path.read_text(encoding="utf-8", errors="replace")


def show(text, lines=60):
    print("\n".join("    " + line for line in text.splitlines()[-lines:]))


def command_step(name, command, **kwargs):
    """A step that passes or fails as a whole."""
    status, text = run(name, command, **kwargs)
    if status:
        show(text)
    return Sum(passed=int(status == 0), failed=int(status != 0))


def build_step(name, directory, *options):
    env = {"PREFIX": str(install_prefix(directory))}
    return command_step(name, [TOP / "build/build", directory, *options],
                        env=env)


def unit_programs(directory):
    text = (TOP / "test/unit/tests.am").read_text()
    names = re.findall(r"^    (\S+?)(?: \\)?$", text, re.M)
    return [directory / name for name in names]


def run_units(name, directory):
    """Each cmocka program; every test function counts."""
    status, text = run(name + "-build", [
        "make", "-C", directory, f"-j{os.cpu_count()}", "unit-programs"])
    if status:
        show(text)
        return Sum(failed=1)
    total = Sum()
    for program in unit_programs(directory):
        step = f"{name}-{program.name}"
        status, text = run(step, [program], timeout=120, env={
            "ASAN_OPTIONS": "detect_leaks=0"}, cwd=directory)
        passed = re.findall(r"\[  PASSED  \] (\d+) test", text)
        failed = re.findall(r"\[  FAILED  \] (\d+) test", text)
        found = Sum(sum(map(int, passed)), sum(map(int, failed)))
        if status and not found.failed:
            found.failed = 1
        if not passed and not failed:
            found.failed = 1
        if found.failed:
            print(f"  {program.name} failed:")
            show(text)
        total.add(found)
    return total


def place_for_tests(name):
    """A directory of our own: pytest's default is closed to the server's
    children, and shared with other runs."""
    place = UNPRIVILEGED_INST / f"cleat-check-{os.getuid()}" / "tests"
    place.mkdir(parents=True, exist_ok=True)
    return place / name


def run_pytest(name, directory, prefix, *arguments):
    report = LOGS / f"{name}.xml"
    report.unlink(missing_ok=True)
    status, text = run(name, [
        "/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider",
        f"--basetemp={place_for_tests(name)}",
        f"--junitxml={report}", *arguments, directory],
        env={"CLEAT_PREFIX": str(prefix), "CLEAT_TOP": str(TOP),
             "PYTHONDONTWRITEBYTECODE": "1",
             "ASAN_OPTIONS": "detect_leaks=0:abort_on_error=0",
             "UBSAN_OPTIONS": "print_stacktrace=1"})
    if not report.exists():
        show(text)
        return Sum(failed=1)
    suite = xml.parse(report).getroot().find("testsuite")
    count = {key: int(suite.get(key)) for key in
             ("tests", "failures", "errors", "skipped")}
    bad = count["failures"] + count["errors"]
    if status and not bad:
        bad = 1
    if bad:
        show(text, 150)
    return Sum(count["tests"] - count["failures"] - count["errors"]
               - count["skipped"], bad, count["skipped"])


def step_layers():
    """Rooms include only the rooms below them."""
    return command_step("layers", [TOP / "build/check-layers.py"])


def step_lognos():
    """Every log number is used once."""
    return command_step("lognos", [TOP / "build/check-lognos.py"])


def step_build():
    """gcc, -Wall -Wextra -Werror."""
    return build_step("build", BUILD, "--enable-werror")


def step_unit():
    """cmocka programs."""
    return run_units("unit", BUILD)


def step_abi():
    """Sizes, offsets, constants, exported symbols."""
    return run_pytest("abi", TOP / "test/abi", install_prefix(BUILD))


def step_integration():
    """The installed program, over sockets."""
    return run_pytest("integration", TOP / "test/integration",
                      install_prefix(BUILD))


def step_differential():
    """The same requests to Debian's apache2 and to Cleat."""
    return run_pytest("differential", TOP / "test/differential",
                      install_prefix(BUILD))


def step_clang():
    """clang, -Wall -Wextra -Werror: compiles."""
    return build_step("clang", CLANG, "--enable-werror", "CC=clang")


def step_asan():
    """The same suite under AddressSanitizer and UBSan."""
    total = build_step("asan-build", ASAN, "--enable-sanitizers",
                       "CFLAGS=-O1 -g")
    if total.failed:
        return total
    total.add(run_units("asan-unit", ASAN))
    total.add(run_pytest("asan-integration", TOP / "test/integration",
                         install_prefix(ASAN), "-m", "not slow"))
    return total


STEPS = {name[5:]: function for name, function in list(globals().items())
         if name.startswith("step_")}


def main():
    wanted = sys.argv[1:] or list(STEPS)
    if "--help" in wanted or not set(wanted) <= set(STEPS):
        print(__doc__)
        for name, function in STEPS.items():
            print(f"  {name:14} {function.__doc__}")
        return 2
    total = Sum()
    for name in wanted:
        print(f"== {name}: {STEPS[name].__doc__}", flush=True)
        began = time.monotonic()
        found = STEPS[name]()
        print(f"   {found.passed} passed, {found.failed} failed, "
              f"{found.skipped} skipped  ({time.monotonic() - began:.0f} s)",
              flush=True)
        total.add(found)
        if name == "build" and found.failed:
            break
    print(f"{total.passed} passed, {total.failed} failed, "
          f"{total.skipped} skipped")
    return 1 if total.failed or total.skipped else 0


if __name__ == "__main__":
    sys.exit(main())
