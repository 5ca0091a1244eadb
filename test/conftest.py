"""Fixtures for integration and differential tests."""
import contextlib
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from harness import Server, default_kind  # noqa: E402


@contextlib.contextmanager
def servers_in(make_directory):
    """Yield serve(config, modules=[...], ...); stop what it started, and
    fail when an error log holds an error nobody announced."""
    started = []

    def serve(config="", modules=(), **kwargs):
        wait = kwargs.pop("wait", True)
        run = kwargs.pop("run", True)
        kwargs.setdefault("kind", default_kind())
        server = Server(make_directory(len(started)), config, modules,
                        **kwargs)
        started.append(server)
        return server.start(wait) if run else server

    try:
        yield serve
    finally:
        for server in started:
            server.stop()
    problems = []
    for server in started:
        if server.kind == "cleat" and server.process is not None:
            try:
                server.check_log()
            except AssertionError as error:
                problems.append(str(error))
    assert not problems, "\n".join(problems)


@pytest.fixture
def serve(tmp_path):
    """serve(config, modules=[...]) starts a server for one test."""
    with servers_in(lambda n: tmp_path / f"server{n}") as start:
        yield start


@pytest.fixture(scope="module")
def serve_module(tmp_path_factory):
    """The same for a whole file of tests: a table of requests, one server."""
    with servers_in(lambda n: tmp_path_factory.mktemp(f"server{n}")) as start:
        yield start
