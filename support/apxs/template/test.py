#!/usr/bin/python3
"""Loads mod_%NAME%.so into a server of its own and asks it.

Run by `make check`; pytest finds the tests too.
"""
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
CONFIG = """
ServerRoot {root}
DefaultRuntimeDir {root}
PidFile {root}/pid
ErrorLog {root}/error_log
ServerName localhost
Listen 127.0.0.1:{port}
DocumentRoot {root}
LoadModule {mpm}_module {modules}/mod_{mpm}.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule %NAME%_module {root}/mod_%NAME%.so
<IfModule unixd_module>
    User nobody
    Group #{group}
</IfModule>

<Location "/hello">
    SetHandler %NAME%-handler
</Location>
<Location "/morning">
    SetHandler %NAME%-handler
    %CAMEL%Greeting "Good morning"
</Location>
"""


def ask_apxs(name):
    return subprocess.check_output(
        [os.environ.get("APXS", "%APXS%"), "-q", name], text=True).strip()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Test(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # outside of folders that the server's user may not enter
        cls.root = pathlib.Path(tempfile.mkdtemp())
        cls.root.chmod(0o755)
        shutil.copy(HERE / "mod_%NAME%.so", cls.root)
        modules = pathlib.Path(ask_apxs("LIBEXECDIR"))
        cls.port = free_port()
        config = cls.root / "server.conf"
        config.write_text(CONFIG.format(
            root=cls.root, port=cls.port, modules=modules, group=pwd.getpwnam("nobody").pw_gid,
            mpm=sorted(modules.glob("mod_mpm_*.so"))[0].stem[4:]))
        program = pathlib.Path(ask_apxs("SBINDIR")) / ask_apxs("TARGET")
        cls.server = subprocess.Popen(
            [program, "-f", config, "-DFOREGROUND"])
        cls.addClassCleanup(cls.tear_down)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", cls.port)).close()
                return
            except OSError:
                if cls.server.poll() is not None:
                    break
                time.sleep(0.05)
        log = cls.root / "error_log"
        raise RuntimeError("the server did not start:\n"
                           + (log.read_text() if log.exists() else ""))

    @classmethod
    def tear_down(cls):
        cls.server.terminate()
        cls.server.wait()
        shutil.rmtree(cls.root)

    def get(self, path, **kwargs):
        return urllib.request.urlopen(urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", **kwargs))

    def test_default_greeting(self):
        with self.get("/hello") as answer:
            self.assertEqual(answer.read(), b"Hello\n")
            self.assertEqual(answer.headers["Content-Type"],
                             "text/plain;charset=utf-8")

    def test_greeting_of_a_location(self):
        with self.get("/morning") as answer:
            self.assertEqual(answer.read(), b"Good morning\n")

    def test_only_get(self):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.get("/hello", data=b"x")
        self.assertEqual(caught.exception.code, 405)
        caught.exception.close()


if __name__ == "__main__":
    unittest.main()
