"""The daemon as a process: killed, stalled, and searched for secrets."""
import os
import random
import signal
import socket
import sqlite3
import subprocess
import threading
import time

import parts as p

EVENT_WINDOW = 2.0
EVENT_CAUSES = ("AfterModuleCreate", "AfterModuleTerminate", "AfterModuleChangePackage", "trailing")


class Sender(threading.Thread):
    """Tells a daemon that may be gone at any moment of services that were created, each of an order of its own."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.http, self.told, self.acknowledged, self.over = p.Http(port, 5), 0, {}, False

    def run(self):
        while not self.over:
            service = self.told + 1
            message_id = f"msg_{service}"
            body = p.module_event("AfterModuleCreate", service, 1)
            status, _ = self.http.send("POST", "/webhooks/whmcs", body, p.signed_headers(body, message_id))
            if status == 200:
                self.acknowledged[message_id] = service
                self.told = service
            time.sleep(random.uniform(0.002, 0.03))


def order_book(orders):
    """So many orders that wait, each of one service, whose server stands."""
    return "".join(
        f"INSERT INTO tblorders (id, date, status) VALUES ({i}, '2026-11-30', 'Pending');"
        f"INSERT INTO tblhosting (id, orderid, packageid, domainstatus) VALUES ({i}, {i}, 1, 'Active');"
        for i in range(1, orders + 1))


def event_ids(journal, where="1"):
    with sqlite3.connect(f"file:{journal}?mode=ro", uri=True, timeout=30) as database:
        return {row[0] for row in database.execute(f"SELECT id FROM event WHERE {where}")}


def smallest_gap(journal):
    """Between two sweeps that events led to, in seconds."""
    marks = ",".join("?" * len(EVENT_CAUSES))
    with sqlite3.connect(f"file:{journal}?mode=ro", uri=True) as database:
        began = [row[0] / 1000 for row in database.execute(
            f"SELECT began FROM refresh WHERE cause IN ({marks}) ORDER BY began", EVENT_CAUSES)]
    return min((later - earlier for earlier, later in zip(began, began[1:])), default=0.0), len(began)


def kill(figures, parts, folder, quick):
    """kill -9 at random moments of a daemon that is told of orders while the panel changes."""
    rounds = 20 if quick else 200
    random.seed(20261201)
    panel = parts.add(p.Panel(folder))
    shop = parts.add(p.SqliteShop(folder))
    shop.fill(folder, panel)
    shop.change(order_book(rounds * 60))
    whmcs = parts.add(p.Whmcs(folder, shop))
    daemon = parts.add(p.Daemon(folder, shop, panel, ["--event-window", f"{EVENT_WINDOW:.0f}s", *whmcs.options]))
    sender = Sender(daemon.port)
    sender.start()
    truths, wrong = {31}, []
    for number in range(rounds):
        truths.add(panel.change_something())
        time.sleep(random.uniform(0.0, 0.5))
        daemon.kill()
        if shop.qty(1) not in truths or shop.qty(2) != 12:
            wrong.append((number, shop.qty(1), shop.qty(2)))
        lost = set(sender.acknowledged) - event_ids(daemon.journal)
        if lost:
            figures.equal(f"acknowledged and lost after round {number}", len(lost), 0)
        daemon.start()
    sender.over = True
    sender.join()
    daemon.tell("msg_last", p.module_event("AfterModuleChangePackage"))
    p.until(lambda: daemon.metric("vfstock_event_queue_depth") == 0, "an empty queue", 120)
    p.until(lambda: shop.qty(1) == panel.places(), "the qty that the panel says", 60)
    figures.equal("moments of kill -9", rounds, rounds)
    figures.least("events acknowledged", len(sender.acknowledged), rounds)
    figures.equal("of these not on disk", len(set(sender.acknowledged) - event_ids(daemon.journal)), 0)
    figures.equal("of these never handled", len(event_ids(daemon.journal, "handled IS NULL")), 0)
    figures.equal("moments with a qty that the panel never meant", len(wrong), 0)
    waiting = [order for order in sender.acknowledged.values() if whmcs.accepted.get(order, 0) == 0]
    twice = [order for order, times in whmcs.accepted.items() if times > 1]
    figures.equal("acknowledged orders that were never accepted", len(waiting), 0)
    figures.equal("orders accepted twice", len(twice), 0)
    figures.note("asked for again, after a kill in mid-request", sum(n > 1 for n in whmcs.calls.values()))
    gap, sweeps = smallest_gap(daemon.journal)
    figures.note("sweeps that events led to", sweeps)
    figures.least("shortest time between two of them", gap, EVENT_WINDOW - 0.1, " s")
    figures.equal("qty in the end", shop.qty(1), panel.places())


class SystemdSocket:
    """systemd's end of the notify socket: when the watchdog was last fed."""

    def __init__(self, folder):
        self.path, self.fed, self.over = str(folder / "notify"), 0.0, False
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.settimeout(0.5)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while not self.over:
            try:
                if b"WATCHDOG=1" in self.socket.recv(4096):
                    self.fed = time.monotonic()
            except TimeoutError:
                continue

    def end(self):
        self.over = True


def watchdog_seconds():
    unit = (p.ROOT / "engine" / "live" / "packaging" / "vfstock.service").read_text()
    return int(next(line for line in unit.splitlines() if line.startswith("WatchdogSec=")).split("=")[1])


def stall(figures, parts, folder, quick):
    """A port that blocks: nobody reads the log any more, and the loop waits for ever in the middle of a line."""
    del quick  # the limit is in real seconds
    panel = parts.add(p.Panel(folder))
    shop = parts.add(p.SqliteShop(folder))
    shop.fill(folder, panel)
    systemd = parts.add(SystemdSocket(folder))
    watchdog = watchdog_seconds()
    reader, writer = os.pipe()
    daemon = parts.add(p.Daemon(folder, shop, panel, ["--event-window", "1h", "--log-level", "debug"], stderr=writer,
                                environment={"NOTIFY_SOCKET": systemd.path,
                                             "WATCHDOG_USEC": str(watchdog * 1_000_000)}))
    p.until(lambda: systemd.fed > 0, "a watchdog that is fed")
    handled, same_since, number = -1.0, time.monotonic(), 0
    while time.monotonic() - same_since < 2:  # until no further event is handled
        number += 1
        daemon.tell(f"msg_{number}", p.module_event("AfterModuleChangePackage"))
        depth = daemon.metric("vfstock_event_queue_depth")
        if number - depth != handled:
            handled, same_since = number - depth, time.monotonic()
        if number > 20_000:
            raise p.Hang("the log never fills the pipe")
    stalled = same_since
    p.until(lambda: daemon.status("/livez") != 200, "/livez that notices", 180, 0.2)
    noticed = time.monotonic() - stalled
    figures.note("lines until the pipe was full", int(handled))
    figures.most("until /livez says 503", noticed, 60, " s")
    figures.equal("/livez", daemon.status("/livez"), 503)
    fed = systemd.fed
    p.until(lambda: time.monotonic() - fed >= min(3, watchdog / 2), "a moment")
    figures.equal("fed after that", systemd.fed == fed, True)
    figures.most(f"until systemd ends it (WatchdogSec={watchdog})", systemd.fed - stalled + watchdog, 60, " s")
    os.set_blocking(reader, False)
    p.until(lambda: drained(reader) and daemon.status("/livez") == 200, "a loop that goes on once the log is read")
    figures.equal("once the log is read again, /livez", daemon.status("/livez"), 200)


def drained(reader):
    try:
        while os.read(reader, 65536):
            pass
    except BlockingIOError:
        pass
    return True


def secrets(figures, parts, folder, quick):
    """Everything that the daemon says or leaves, searched for everything that it must keep to itself."""
    del quick
    panel = parts.add(p.Panel(folder))
    shop = parts.add(p.MariadbShop(folder))
    shop.fill(folder, panel)
    sqlite = p.SqliteShop(folder)  # WHMCS's side needs no orders here
    sqlite.fill(folder, panel)
    whmcs = parts.add(p.Whmcs(folder, sqlite))
    daemon = parts.add(p.Daemon(folder, shop, panel, ["--event-window", "0s", "--log-level", "debug", *whmcs.options]))
    shop.ask("INSERT INTO tblorders (id, date, status) VALUES (5, '2026-11-30', 'Pending');"
             "INSERT INTO tblhosting (id, orderid, packageid, domainstatus) VALUES (12, 5, 1, 'Active');")
    daemon.wait_until_it_looked()
    daemon.tell("msg_1", p.module_event("AfterModuleCreate"))
    daemon.tell("msg_2", p.module_event("AfterModuleCreate"),
                p.signed_headers("x", "msg_2", p.OPERATOR_TOKEN.encode()))
    operator = {"Authorization": "Bearer " + p.OPERATOR_TOKEN}
    daemon.http.send("POST", "/v1/recalculate", "{}", operator)
    for token in (p.VIRTFUSION_TOKEN, p.OPERATOR_TOKEN):
        daemon.http.send("POST", "/webhooks/virtfusion", "{}", {"Authorization": "Bearer " + token})
    p.until(lambda: daemon.metric("vfstock_event_queue_depth") == 0, "an empty queue")
    daemon.process.send_signal(signal.SIGHUP)
    p.until(lambda: b"config.reloaded" in daemon.log_file.read_bytes(), "a reload")
    said = {path: daemon.get(path).encode() for path in (
        "/", "/metrics", "/v1/status", "/v1/products", "/v1/products/1", "/v1/decisions", "/v1/plan", "/v1/schema",
        "/livez", "/readyz", "/nowhere")}
    said["log"] = daemon.log_file.read_bytes()
    for name in ("cmdline", "environ", "comm", "status", "maps"):
        with open(f"/proc/{daemon.process.pid}/{name}", "rb") as file:
            said["/proc " + name] = file.read()
    for descriptor in os.listdir(f"/proc/{daemon.process.pid}/fd"):
        said["/proc fd"] = said.get("/proc fd", b"") + os.readlink(
            f"/proc/{daemon.process.pid}/fd/{descriptor}").encode()
    daemon.kill(signal.SIGTERM)
    for file in folder.glob("journal.db*"):
        said[file.name] = file.read_bytes()
    figures.equal("AcceptOrder was asked for", whmcs.calls.get(5, 0), 1)
    figures.equal("events refused in the log", said["log"].count(b"event.refused") >= 2, True)
    figures.least("bytes searched", sum(len(text) for text in said.values()), 20_000)
    found = [f"{place}: {secret}" for place, text in said.items() for secret in p.SECRETS if secret.encode() in text]
    figures.equal(f"secrets in {len(said)} places", len(found), 0)
    for place in found:
        figures.failed("found " + place)


def sweeps(figures, parts, folder, quick):
    """The engine for years, in virtual time: integration_endurance says what it does."""
    del parts, folder
    wanted = 2_000 if quick else 100_000
    program = p.ROOT / "build" / "release" / "tests" / "integration" / "endurance" / "integration_endurance"
    ran = subprocess.run([program, str(wanted)], capture_output=True, text=True)
    told = dict(word.split("=") for word in ran.stdout.split())
    figures.least("sweeps of 300 products on 1,000 hypervisors", int(told["sweeps"]), wanted)
    figures.note("writes of these", told["written"])
    early, late = int(told["bytes_once_all_was_met"]), int(told["bytes_in_the_end"])
    figures.note("bytes allocated after 300 of them", early)
    figures.most("bytes allocated in the end", late, early * 1.01)
    figures.equal("exit status", ran.returncode, 0)
