#!/usr/bin/python3
"""Cleat beside Debian's apache2 and nginx: CPU per request and requests/s.

usage: bench.py [--rounds N] [--seconds S] [--servers a,b] [--scenarios a,b]
                [--markdown]

Every server has the same files, two workers' worth of concurrency and an
access log in combined format.  Servers take turns within a round, because
these machines are noisy; the median over the rounds is shown.  CPU is user +
system time of all processes of the server, in microseconds per request, and
is the figure to compare: the load generator shares the machine.

CLEAT_PREFIX names the installed tree, as for the tests.
"""
import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from email.utils import formatdate

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import find_free_port, prefix  # noqa: E402
from harness.server import APACHE_MODULES  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")
SIZES = {"small": 612, "100k": 100 * 1024, "10m": 10 * 1024 * 1024}

HTTPD = """
ServerRoot {root}
DefaultRuntimeDir {root}
PidFile {root}/pid
LoadModule mpm_{mpm}_module {modules}/mod_mpm_{mpm}.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule mime_module {modules}/mod_mime.so
Listen 127.0.0.1:{port}
ServerName localhost
{user}
ErrorLog {root}/error_log
LogLevel warn
LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{{Referer}}i\\" \\"%{{User-Agent}}i\\"" combined
BufferedLogs On
CustomLog {root}/access_log combined
TypesConfig /etc/mime.types
DocumentRoot {docroot}
KeepAlive On
MaxKeepAliveRequests 0
EnableMMAP Off
EnableSendfile On
StartServers 64
MinSpareServers 64
MaxSpareServers 128
MaxRequestWorkers 128
<Directory />
    AllowOverride None
    Options FollowSymLinks
    Require all granted
</Directory>
"""

NGINX = """
daemon off;
worker_processes 2;
pid {root}/pid;
error_log {root}/error_log warn;
{user}
events {{ worker_connections 1024; multi_accept on; }}
http {{
    include /etc/nginx/mime.types;
    access_log {root}/access_log combined buffer=64k;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    open_file_cache max=1000 inactive=60s;
    client_body_temp_path {root}/body;
    proxy_temp_path {root}/proxy;
    fastcgi_temp_path {root}/fcgi;
    uwsgi_temp_path {root}/uwsgi;
    scgi_temp_path {root}/scgi;
    server {{
        listen 127.0.0.1:{port} reuseport backlog=511;
        root {docroot};
    }}
}}
"""


class Peer:
    """One server under measurement."""

    def __init__(self, name, root, docroot):
        self.name = name
        self.root = pathlib.Path(root) / name
        self.root.mkdir()
        self.root.chmod(0o777)
        self.port = find_free_port()
        kind, _, mpm = name.partition("-")
        as_root = os.geteuid() == 0
        values = {"root": self.root, "docroot": docroot, "port": self.port,
                  "mpm": mpm}
        config = self.root / "server.conf"
        if kind == "nginx":
            values["user"] = "user www-data;" if as_root else ""
            config.write_text(NGINX.format(**values))
            self.command = ["/usr/sbin/nginx", "-c", config, "-p", self.root,
                            "-e", self.root / "error_log"]
        else:
            values["user"] = ("User www-data\nGroup www-data" if as_root
                              else "")
            values["modules"] = (APACHE_MODULES if kind == "apache2"
                                 else prefix() / "lib/cleat/modules")
            config.write_text(HTTPD.format(**values))
            program = ("/usr/sbin/apache2" if kind == "apache2"
                       else prefix() / "sbin/cleat")
            self.command = [program, "-f", config, "-DFOREGROUND"]
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            list(map(str, self.command)), start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            probe = subprocess.run(
                ["curl", "-s", "-o", "/dev/null",
                 f"http://127.0.0.1:{self.port}/small.html"], check=False)
            if probe.returncode == 0:
                time.sleep(0.5)
                return
            time.sleep(0.05)
        raise SystemExit(f"{self.name} does not start; see {self.root}")

    def stop(self):
        self.process.terminate()
        self.process.wait(30)

    def cpu_seconds(self):
        """User and system time of all processes of the server's session."""
        total = 0
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid:
                total += int(fields[11]) + int(fields[12])
        return total / TICK


SCENARIOS = {
    # name: path, connections, extra wrk headers
    "small": ("/small.html", 64, []),
    "100k": ("/100k.bin", 32, []),
    "10m": ("/10m.bin", 8, []),
    "404": ("/nothing-here.html", 64, []),
    "304": ("/small.html", 64, ["If-Modified-Since: @now"]),
    "close": ("/small.html", 32, ["Connection: close"]),
}


def measure(peer, scenario, seconds):
    path, connections, headers = SCENARIOS[scenario]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    for header in headers:
        command += ["-H", header.replace("@now", formatdate(usegmt=True))]
    before = peer.cpu_seconds()
    output = subprocess.run(
        command + [f"http://127.0.0.1:{peer.port}{path}"],
        capture_output=True, text=True, check=True).stdout
    spent = peer.cpu_seconds() - before
    requests = int(re.search(r"(\d+) requests in", output).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))
    if requests == 0:
        raise SystemExit(f"{peer.name} answered nothing in {scenario}")
    return spent * 1e6 / requests, rate


def make_files(docroot):
    docroot.mkdir()
    (docroot / "small.html").write_bytes(os.urandom(306).hex().encode())
    for name in ("100k", "10m"):
        (docroot / f"{name}.bin").write_bytes(os.urandom(SIZES[name]))


def show(results, servers, scenarios, markdown):
    reference = "nginx" if "nginx" in servers else servers[-1]
    lines = [["scenario"] + [f"{s} µs (req/s)" for s in servers]
             + [f"{s} ÷ {reference}" for s in servers if s != reference]]
    for scenario in scenarios:
        cells = [scenario]
        cost = {}
        for server in servers:
            samples = results[scenario, server]
            cost[server] = statistics.median(c for c, _ in samples)
            rate = statistics.median(r for _, r in samples)
            cells.append(f"{cost[server]:.1f} ({rate:.0f})")
        cells += [f"{cost[s] / cost[reference]:.2f}" for s in servers
                  if s != reference]
        lines.append(cells)
    if markdown:
        print("| " + " | ".join(lines[0]) + " |")
        print("|" + " --- |" * len(lines[0]))
        for cells in lines[1:]:
            print("| " + " | ".join(cells) + " |")
        return
    for cells in lines:
        print("  ".join(f"{cell:>22}" for cell in cells))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--servers", default=None)
    parser.add_argument("--scenarios", default=",".join(SCENARIOS))
    parser.add_argument("--markdown", action="store_true")
    arguments = parser.parse_args()
    mpms = sorted(p.stem.removeprefix("mod_mpm_") for p in
                  (prefix() / "lib/cleat/modules").glob("mod_mpm_*.so"))
    servers = (arguments.servers or ",".join(
        [f"cleat-{m}" for m in mpms] + ["apache2-prefork", "nginx"])
               ).split(",")
    scenarios = arguments.scenarios.split(",")
    root = pathlib.Path(tempfile.mkdtemp(prefix="cleat-bench-"))
    root.chmod(0o755)
    make_files(root / "docs")
    peers = [Peer(name, root, root / "docs") for name in servers]
    results = {(c, s): [] for c in scenarios for s in servers}
    for peer in peers:
        peer.start()
    try:
        for number in range(arguments.rounds):
            for scenario in scenarios:
                for peer in peers:
                    results[scenario, peer.name].append(
                        measure(peer, scenario, arguments.seconds))
                print(f"round {number + 1}: {scenario}", file=sys.stderr)
    finally:
        for peer in peers:
            peer.stop()
    shutil.rmtree(root, ignore_errors=True)
    show(results, servers, scenarios, arguments.markdown)


if __name__ == "__main__":
    main()
