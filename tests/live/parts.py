"""The real parts that a live shop consists of, each started on loopback in a folder that is gone afterwards.

Nothing here belongs to the machine: every port is a free one, every file lies below the folder.
"""
import base64
import contextlib
import hashlib
import hmac
import http.client
import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = ROOT / "build" / "release" / "sim" / "vfstock"
FLEET = ROOT / "scenarios" / "fleets" / "small-shop.json"
HOOK_STAGE = ROOT / "tests" / "integration" / "serve" / "hook_stage.php"
WHMCS_TABLES = ROOT / "tests" / "integration" / "store" / "whmcs.sql"
README = ROOT / "engine" / "live" / "README.md"

HOOK_SECRET = "whsec_" + base64.b64encode(b"thirty-two bytes, all of them so").decode()
PANEL_TOKEN = "panel-token-5d1c77e0a9"
OPERATOR_TOKEN = "operator-token-b03f6a1c"
VIRTFUSION_TOKEN = "virtfusion-token-77aa01"
DATABASE_PASSWORD = "database-password-19c4"
WHMCS_IDENTIFIER = "whmcs-identifier-e41b90"
WHMCS_SECRET = "whmcs-secret-c8d2f3"
SECRETS = (HOOK_SECRET, PANEL_TOKEN, OPERATOR_TOKEN, VIRTFUSION_TOKEN, DATABASE_PASSWORD, WHMCS_IDENTIFIER,
           WHMCS_SECRET)


class Hang(Exception):
    """Something that must come did not."""


def until(holds, what, seconds=60.0, pause=0.02):
    """Looks again until it holds; how long that took, in seconds."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise Hang(f"it did not come to this in {seconds:.0f} s: {what}")
        time.sleep(pause)
    return time.monotonic() - began


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def percentile(values, share):
    """The nearest rank: of a hundred values the 99th for 0.99."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, -(-int(share * 1000) * len(ranked) // 1000) - 1))]


def signed_headers(body, message_id, key=None, at=None):
    at = str(int(time.time() if at is None else at))
    key = base64.b64decode(HOOK_SECRET[len("whsec_"):]) if key is None else key
    mac = hmac.new(key, f"{message_id}.{at}.{body}".encode(), hashlib.sha256).digest()
    return {"Content-Type": "application/json", "webhook-id": message_id, "webhook-timestamp": at,
            "webhook-signature": "v1," + base64.b64encode(mac).decode()}


def module_event(kind, service=12, product=1):
    return json.dumps({"type": kind,
                       "data": {"module": "VirtFusionDirect", "service": service, "product": product}})


class Http:
    """One kept connection, made anew where it was closed."""

    def __init__(self, port, timeout=30):
        self.port, self.timeout, self.connection = port, timeout, None

    def send(self, method, path, body=None, headers=None):
        """Status and text; (0, "") where nothing came."""
        for fresh in (False, True):
            if self.connection is None:
                fresh = True
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            try:
                self.connection.request(method, path, body, headers or {})
                answer = self.connection.getresponse()
                text = answer.read().decode(errors="replace")
                if answer.will_close:
                    self.close()
                return answer.status, text
            except (OSError, http.client.HTTPException):
                self.close()
                if fresh:
                    return 0, ""
        return 0, ""

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None


class Panel:
    """`vfstock panel`, and its world as one who orders servers there changes it."""

    def __init__(self, folder, webhook=None, fates=()):
        words = [PROGRAM, "panel", "--json", FLEET]
        if webhook:
            token = folder / "webhook-token"
            write_secret(token, VIRTFUSION_TOKEN)
            words += ["--webhook", webhook, "--webhook-token-file", token]
        for fate in fates:
            words += ["--webhook-fate", fate]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        told = json.loads(self.process.stdout.readline())
        self.url = told["base_url"]
        self.api, self.control = Http(told["port"]), Http(told["control_port"])
        self.servers = []

    def order(self, group=2):
        """One server of package 1 more: a place of product 1 less (London has 7)."""
        body = {"packageId": 1, "userId": 1, "hypervisorId": group, "ipv4": 1}
        text = self._ask("POST", "/api/v1/servers", json.dumps(body))
        self.servers.append(json.loads(text)["data"]["id"])

    def delete(self):
        self._ask("DELETE", f"/api/v1/servers/{self.servers.pop(0)}?delay=0")

    def change_something(self):
        """Another qty of product 1 from now on; which."""
        if len(self.servers) > 5:
            self.delete()
        else:
            self.order()
        return self.places()

    def places(self):
        return 31 - len(self.servers)

    def requests(self):
        """How many requests it has seen, by everybody."""
        found = json.loads(self.control.send("GET", "/requests")[1])
        found = found["requests"] if isinstance(found, dict) else found
        return found

    def _ask(self, method, path, body=None):
        headers = {"Authorization": "Bearer " + PANEL_TOKEN, "Content-Type": "application/json"}
        status, text = self.api.send(method, path, body, headers)
        if status not in (200, 201, 202, 204):
            raise Hang(f"the panel refused {method} {path}: {status} {text[:200]}")
        return text

    def end(self):
        self.process.terminate()
        self.process.wait()


def write_secret(file, text):
    file.write_text(text + "\n")
    file.chmod(0o600)


class SqliteShop:
    def __init__(self, folder):
        self.file = folder / "shop.db"
        self.address = f"sqlite:{self.file}"
        self.options = []

    def fill(self, folder, panel):
        sync_once(self, panel, folder / "journal.db", ["--trial", FLEET])

    def rows(self, sql):
        # Whoever reads first after a kill in mid-write rolls that back, and must be able to.
        with contextlib.closing(sqlite3.connect(self.file, timeout=30)) as database:
            return database.execute(sql).fetchall()

    def change(self, sql):
        database = sqlite3.connect(self.file, timeout=30)
        with database:
            database.executescript(sql)
        database.close()

    def qty(self, product=1):
        return self.rows(f"SELECT qty FROM tblproducts WHERE id = {product}")[0][0]

    def end(self):
        pass


class MariadbShop:
    """A server of the test's own. `data`: where its tables lie, elsewhere than in the folder."""

    def __init__(self, folder, data=None, more=()):
        self.folder, self.data = folder, data or folder / "database"
        self.socket, self.port, self.more = folder / "s", free_port(), list(more)
        self.process = None
        self.password = folder / "shop-password"
        write_secret(self.password, DATABASE_PASSWORD)
        self.address = f"mysql://vfstock@localhost/whmcs?socket={self.socket}"
        self.options = ["--shop-password-file", self.password]
        self.root = ["--user=root"] if os.geteuid() == 0 else []
        subprocess.run(["mariadb-install-db", "--no-defaults", f"--datadir={self.data}", "--skip-test-db",
                        "--auth-root-authentication-method=normal", *self.root],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.start()

    def start(self):
        server = shutil.which("mariadbd") or "/usr/sbin/mariadbd"
        with open(self.folder / "database.log", "ab") as log:
            self.process = subprocess.Popen(
                [server, "--no-defaults", f"--datadir={self.data}", f"--socket={self.socket}",
                 f"--pid-file={self.folder}/pid", f"--port={self.port}", "--bind-address=127.0.0.1",
                 "--innodb-buffer-pool-size=16M", "--innodb-log-file-size=8M", "--sql-mode=", *self.root,
                 *self.more], stdout=log, stderr=log)
        until(lambda: self.ask("SELECT 1", "mysql", check=False) == "1", "a database server")

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait()

    def fill(self, folder, panel):
        self.ask("CREATE DATABASE whmcs", "mysql")
        self.ask(f"CREATE USER 'vfstock'@'localhost' IDENTIFIED BY '{DATABASE_PASSWORD}'", "mysql")
        self.ask(WHMCS_TABLES.read_text())
        for line in README.read_text().splitlines():
            if line.startswith("GRANT "):
                self.ask(line)
        sync_once(self, panel, folder / "journal.db")

    def ask(self, sql, database="whmcs", check=True):
        ran = subprocess.run(["mariadb", "--no-defaults", "--user=root", f"--socket={self.socket}", "-N", "-B",
                              database], input=sql, capture_output=True, text=True)
        if check and ran.returncode != 0:
            raise Hang(f"{sql[:80]}: {ran.stderr}")
        return ran.stdout.strip()

    def session(self):
        """A client that stays: what is written to its stdin is run."""
        return subprocess.Popen(["mariadb", "--no-defaults", "--user=root", f"--socket={self.socket}", "-N",
                                 "-B", "--unbuffered", "whmcs"], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)

    def qty(self, product=1):
        return int(self.ask(f"SELECT qty FROM tblproducts WHERE id = {product}"))

    def end(self):
        if self.process.poll() is None:
            self.stop()


def sync_once(shop, panel, journal, more=()):
    """A first sync, so that the daemon finds a memory, and no window running."""
    words = [PROGRAM, "sync", "--shop", shop.address, "--panel", panel.url, "--journal", journal, *shop.options,
             *more]
    ran = subprocess.run(words, env={"VFSTOCK_TOKEN": PANEL_TOKEN}, capture_output=True, text=True)
    if ran.returncode != 0:
        raise Hang("the first sync failed: " + ran.stderr)
    with sqlite3.connect(journal) as database:
        database.execute("UPDATE state SET remembered = json_set(remembered, '$.windows', json('{}'))")


class Daemon:
    """`vfstock serve`. All its secrets come from files."""

    def __init__(self, folder, shop, panel, more=(), port=0, environment=None, stderr=None, journal="journal.db"):
        for name, secret in (("hook", HOOK_SECRET), ("operator", OPERATOR_TOKEN), ("token", PANEL_TOKEN),
                             ("virtfusion", VIRTFUSION_TOKEN)):
            write_secret(folder / name, secret)
        self.folder, self.port, self.journal = folder, port or free_port(), folder / journal
        self.words = [PROGRAM, "serve", "--listen", f"127.0.0.1:{self.port}", "--shop", shop.address, "--panel",
                      panel.url, "--journal", self.journal, "--token-file", folder / "token",
                      "--hook-secret-file", folder / "hook", "--operator-token-file", folder / "operator",
                      "--virtfusion-token-file", folder / "virtfusion", *shop.options, *more]
        self.environment, self.stderr, self.process = environment or {}, stderr, None
        self.log_file = folder / f"log-{self.port}"
        self.http = Http(self.port)
        self.start()

    def start(self):
        log = self.stderr or open(self.log_file, "ab")
        self.process = subprocess.Popen(self.words, stdout=subprocess.PIPE, stderr=log, env=self.environment)
        if self.stderr is None:
            log.close()
        if not self.process.stdout.readline():
            raise Hang("the daemon does not listen: " + self.log_file.read_text())

    def get(self, path):
        return self.http.send("GET", path)[1]

    def status(self, path):
        return self.http.send("GET", path)[0]

    def metric(self, name):
        """By its name and labels as they are written; 0 where it is not there."""
        found = [line for line in self.get("/metrics").splitlines() if line.startswith(name + " ")]
        return float(found[0].rsplit(" ", 1)[1]) if found else 0.0

    def panel_requests(self):
        return sum(float(line.rsplit(" ", 1)[1]) for line in self.get("/metrics").splitlines()
                   if line.startswith("vfstock_panel_requests_total"))

    def is_writer(self):
        return self.metric("vfstock_writer") == 1

    def wait_until_it_looked(self):
        until(lambda: self.status("/readyz") == 200
              and self.metric("vfstock_sweep_duration_seconds_count") >= 1, "the look at the start")

    def tell(self, message_id, body, headers=None, connection=None):
        """Status of the answer."""
        made = headers or signed_headers(body, message_id)
        return (connection or self.http).send("POST", "/webhooks/whmcs", body, made)[0]

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self, how=signal.SIGKILL):
        self.process.send_signal(how)
        self.process.wait()
        self.process.stdout.close()
        self.http.close()

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.kill(signal.SIGKILL)


class Whmcs:
    """WHMCS's api.php as far as AcceptOrder goes: sets a pending order Active, and counts."""

    def __init__(self, folder, shop):
        accepted, calls, lock = {}, {}, threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                order = int(form["orderid"][0])
                with lock:
                    calls[order] = calls.get(order, 0) + 1
                    pending = shop.rows(f"SELECT status FROM tblorders WHERE id = {order}") == [("Pending",)]
                    if pending:
                        shop.change(f"UPDATE tblorders SET status = 'Active' WHERE id = {order}")
                        accepted[order] = accepted.get(order, 0) + 1
                words = {"result": "success"} if pending else {
                    "result": "error", "message": "Order ID not found or Status not Pending"}
                body = json.dumps(words).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:  # who asked was killed
                    self.close_connection = True

            def log_message(self, *words):
                pass

        self.accepted, self.calls = accepted, calls
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        credentials = folder / "whmcs-credentials"
        write_secret(credentials, WHMCS_IDENTIFIER + "\n" + WHMCS_SECRET)
        self.options = ["--whmcs-api", f"http://127.0.0.1:{self.server.server_address[1]}/includes",
                        "--whmcs-credentials-file", credentials]

    def end(self):
        self.server.shutdown()


class Hook:
    """The real hook file under php-cli, each call in a process of its own, as a web server's would be."""

    def __init__(self, folder, port):
        self.whmcs = folder / "whmcs"
        (self.whmcs / "includes" / "hooks").mkdir(parents=True)
        secret = folder / "hook-of-the-shop"
        write_secret(secret, HOOK_SECRET)
        subprocess.run([PROGRAM, "hook", "install", "--whmcs", self.whmcs, "--url", f"http://127.0.0.1:{port}",
                        "--hook-secret-file", secret], check=True, capture_output=True)

    def call(self, name, variables, session=None):
        """What it returned, and the milliseconds that it took."""
        ran = subprocess.run(["php", HOOK_STAGE, self.whmcs / "includes" / "hooks" / "vfstock.php", name,
                              json.dumps(variables), json.dumps(session or {})],
                             capture_output=True, text=True)
        if ran.returncode != 0:
            raise Hang(f"the hook failed: {ran.stdout}{ran.stderr}")
        told = json.loads(ran.stdout)
        return told["returned"], told["ms"]
