"""Fixtures for integration and differential tests."""
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from harness import Server  # noqa: E402


@pytest.fixture
def serve(tmp_path):
    """serve(config, modules=[...]) starts a server; stopped at the end, and
    the test fails when its error log holds an error nobody announced."""
    started = []

    def start(config="", modules=(), **kwargs):
        wait = kwargs.pop("wait", True)
        run = kwargs.pop("run", True)
        server = Server(tmp_path / f"server{len(started)}", config, modules,
                        **kwargs)
        started.append(server)
        return server.start(wait) if run else server

    yield start
    problems = []
    for server in started:
        server.stop()
        if server.kind == "cleat" and server.process is not None:
            try:
                server.check_log()
            except AssertionError as error:
                problems.append(str(error))
    assert not problems, "\n".join(problems)
