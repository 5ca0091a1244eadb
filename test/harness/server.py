"""Start Cleat, or Debian's apache2 beside it, with the same configuration."""
import os
import pathlib
import re
import shutil
import socket
import subprocess
import time
from signal import SIGKILL, SIGTERM

APACHE_MODULES = pathlib.Path("/usr/lib/apache2/modules")
STATIC = {"so", "unixd", "log_config", "logio", "version", "watchdog",
          "core", "http"}


def prefix():
    """Where the Cleat under test is installed (CLEAT_PREFIX)."""
    path = os.environ.get("CLEAT_PREFIX")
    if not path:
        raise RuntimeError("set CLEAT_PREFIX to an installed tree; "
                           "build/check does it for you")
    return pathlib.Path(path)


def default_kind():
    """What a test starts when it does not say; CLEAT_REFERENCE=1 asks
    Debian's apache2, to see which expectations are our own opinion."""
    return "apache" if os.environ.get("CLEAT_REFERENCE") else "cleat"


def find_free_port():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One server in its own directory.

    config    directives; {port} {root} {docroot} {modules} are filled in
    modules   names without mod_ and _module; static ones are left out
    kind      "cleat" or "apache"
    announced what may appear in the error log at error or above: AH numbers,
              or patterns for a line that has none
    """

    def __init__(self, directory, config="", modules=(), kind="cleat",
                 mpm="prefork", mpm_config=None, port=None, defines=(),
                 loglevel="info", env=None, preamble=True):
        self.root = pathlib.Path(directory)
        self.kind = kind
        self.mpm = mpm
        self.port = port or find_free_port()
        self.announced = set()
        self.process = None
        self.env = dict(os.environ, **(env or {}))
        self.defines = list(defines)
        self.docroot = self.root / "htdocs"
        self.docroot.mkdir(parents=True, exist_ok=True)
        self.error_log = self.root / "error_log"
        self.access_log = self.root / "access_log"
        for path in [self.root, *self.root.parents][:4]:
            if path != pathlib.Path("/tmp") and path.exists():
                try:
                    path.chmod(path.stat().st_mode | 0o055)
                except PermissionError:
                    break
        self.config_file = self.root / "server.conf"
        text = self._preamble(modules, loglevel, mpm_config) if preamble else ""
        self.config_file.write_text(text + self.fill(config))

    # -- configuration
    @property
    def program(self):
        if self.kind == "apache":
            return "/usr/sbin/apache2"
        return str(prefix() / "sbin/cleat")

    @property
    def module_dir(self):
        if self.kind == "apache":
            return APACHE_MODULES
        return prefix() / "lib/cleat/modules"

    def fill(self, text):
        for name, value in (("port", self.port), ("root", self.root),
                            ("docroot", self.docroot),
                            ("modules", self.module_dir)):
            text = text.replace("{%s}" % name, str(value))
        return text

    def load_lines(self, modules):
        lines = []
        for name in modules:
            if name in STATIC:
                continue
            lines.append(f"LoadModule {name}_module "
                         f"{self.module_dir}/mod_{name}.so")
        return lines

    def _preamble(self, modules, loglevel, mpm_config):
        names = [f"mpm_{self.mpm}"] + [
            m for m in modules if not m.startswith("mpm_")]
        if mpm_config is None:
            mpm_config = ("StartServers 2\nMinSpareServers 1\n"
                          "MaxSpareServers 8\n" if self.mpm == "prefork"
                          else "")
        lines = [f"ServerRoot {self.root}", f"DefaultRuntimeDir {self.root}",
                 f"PidFile {self.root}/pid",
                 *self.load_lines(names),
                 f"Listen 127.0.0.1:{self.port}", "ServerName localhost",
                 f"ErrorLog {self.error_log}", f"LogLevel {loglevel}",
                 mpm_config]
        if os.geteuid() == 0:
            lines += ["User www-data", "Group www-data"]
        lines += [f"DocumentRoot {self.docroot}", ""]
        return "\n".join(lines)

    # -- life
    def command(self, *args):
        command = [self.program, "-d", str(self.root),
                   "-f", str(self.config_file)]
        for name in self.defines:
            command += ["-D", name]
        return command + list(args)

    def run(self, *args, **kwargs):
        """Run the program with this configuration; returns the result."""
        return subprocess.run(self.command(*args), env=self.env, text=True,
                              capture_output=True, timeout=60, **kwargs)

    def start(self, wait=True):
        self.output = open(self.root / "output", "ab")
        self.process = subprocess.Popen(
            self.command("-DFOREGROUND"), env=self.env, stdin=subprocess.DEVNULL,
            stdout=self.output, stderr=self.output, start_new_session=True)
        if wait:
            self.wait_ready()
        return self

    def wait_ready(self, seconds=20):
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if self.process.poll() is not None:
                raise RuntimeError(
                    f"{self.kind} ended with {self.process.returncode}:\n"
                    + (self.root / "output").read_text(errors="replace")
                    + self.log())
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError(f"{self.kind} does not answer on {self.port}:\n"
                           + self.log())

    def signal(self, number):
        os.kill(self.process.pid, number)

    def stop(self, number=SIGTERM, seconds=20):
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.signal(number)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, SIGKILL)
                self.process.wait()
                raise
        self.output.close()
        return self.process.returncode

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, value, traceback):
        self.stop()
        if kind is None and self.kind == "cleat":
            self.check_log()

    # -- processes and logs
    def children(self):
        task = pathlib.Path(f"/proc/{self.process.pid}/task")
        pids = []
        for thread in task.iterdir():
            pids += (thread / "children").read_text().split()
        return [int(pid) for pid in pids]

    def log(self):
        return (self.error_log.read_text(errors="replace")
                if self.error_log.exists() else "")

    def wait_log(self, pattern, seconds=10):
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            found = re.search(pattern, self.log())
            if found:
                return found
            time.sleep(0.02)
        raise AssertionError(f"{pattern!r} is not in the error log:\n"
                             + self.log())

    def check_log(self):
        """No line at error or above that the test did not announce."""
        unexpected = []
        for line in self.log().splitlines():
            if not re.search(r"\] \[\w*:(error|crit|alert|emerg)\]", line):
                continue
            if not any(re.search(known, line) for known in self.announced):
                unexpected.append(line)
        assert not unexpected, "unannounced errors:\n" + "\n".join(unexpected)
        output = (self.root / "output").read_text(errors="replace")
        assert "runtime error" not in output and "Sanitizer" not in output, \
            output

    # -- content
    def put(self, name, content, mode=0o644):
        path = self.docroot / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content)
        path.chmod(mode)
        return path

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)
