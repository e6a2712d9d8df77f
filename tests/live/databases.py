"""MariaDB in trouble, and two daemons on it."""
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time

import parts as p


def standby(figures, parts, folder, quick):
    """A writer that is stopped for two minutes, as a paused machine is."""
    pause = 75 if quick else 120
    panel = parts.add(p.Panel(folder))
    shop = parts.add(p.MariadbShop(folder))
    shop.fill(folder, panel)
    shutil.copy(folder / "journal.db", folder / "second.db")
    first = parts.add(p.Daemon(folder, shop, panel, ["--event-window", "0s"]))
    p.until(first.is_writer, "a writer")
    second = parts.add(p.Daemon(folder, shop, panel, ["--event-window", "0s"], journal="second.db"))
    p.until(lambda: "standby" in second.get("/v1/status"), "a standby")
    figures.equal("the standby is ready", second.status("/readyz"), 200)
    stopped = time.monotonic()
    first.process.send_signal(signal.SIGSTOP)
    held = shop.ask("SELECT IS_USED_LOCK('vfstock.whmcs')")
    freed = p.until(lambda: shop.ask("SELECT IS_USED_LOCK('vfstock.whmcs')") != held, "a lock that is freed", 120)
    took = p.until(second.is_writer, "the standby as the writer", 60)
    figures.note("until the server ends the stopped writer's session", f"{freed:.1f} s")
    figures.most("from there until the standby writes", took, 30, " s")
    wanted = panel.change_something()
    second.tell("msg_1", p.module_event("AfterModuleCreate"))
    p.until(lambda: shop.qty(1) == wanted, "what the new writer reads")
    time.sleep(max(0, pause - (time.monotonic() - stopped)))
    holder = shop.ask("SELECT IS_USED_LOCK('vfstock.whmcs')")
    shop.ask("UPDATE tblproducts SET qty = 3 WHERE id = 1")  # what only a second writer would change now
    first.process.send_signal(signal.SIGCONT)
    first.tell("msg_2", p.module_event("AfterModuleCreate"))
    p.until(lambda: not first.is_writer() and "standby" in first.get("/v1/status"), "the first one out of the way", 90)
    figures.equal("the lock has changed hands again", shop.ask("SELECT IS_USED_LOCK('vfstock.whmcs')") != holder, False)
    figures.equal("writes of the one that came back", shop.qty(1) != 3, False)
    figures.equal("says so in its log", b"writer.lost" in first.log_file.read_bytes(), True)


class CutsTheReply(threading.Thread):
    """A way to the server that breaks once, when the client has sent COMMIT and not yet heard of it."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.server, self.armed, self.cut = port, False, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def run(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.server))
            except OSError:  # as the client would have found it without us
                client.close()
                continue
            for ends in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source, target, to_server):
        try:
            while data := source.recv(65536):
                target.sendall(data)
                if to_server and self.armed and b"COMMIT" in data.upper():
                    self.armed, self.cut = False, self.cut + 1
                    break
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def end(self):
        self.listener.close()


class Trouble:
    """One daemon on one server, asked after each trouble whether it came right by itself."""

    def __init__(self, figures, panel, shop, daemon):
        self.figures, self.panel, self.shop, self.daemon, self.number = figures, panel, shop, daemon, 0

    def event(self):
        self.number += 1
        return self.daemon.tell(f"msg_{self.number}", p.module_event("AfterModuleTerminate"))

    def told(self, what, holds, seconds=120):
        took = p.until(holds, f"{what}: metrics that say so", seconds, 0.1)
        self.figures.note(f"{what}: until metrics say so", f"{took:.1f} s")
        self.figures.equal(f"{what}: /livez meanwhile", self.daemon.status("/livez"), 200)

    def recovered(self, what, wanted):
        took = p.until(lambda: self.shop.qty(1) == wanted and self.daemon.is_writer(), f"{what}: recovery", 120, 0.1)
        # The engine tries again after one minute.
        self.figures.most(f"{what}: from its end to the right qty", took, 75, " s")
        p.until(lambda: self.daemon.metric("vfstock_event_queue_depth") == 0, f"{what}: an empty queue")
        p.until(lambda: self.daemon.metric("vfstock_consecutive_failures") == 0, f"{what}: no failure any more", 90)

    def failing(self):
        return self.daemon.metric("vfstock_consecutive_failures") >= 1 or not self.daemon.is_writer()


def stopped_and_restarted(trouble):
    trouble.shop.stop()
    wanted = trouble.panel.change_something()
    trouble.figures.equal("stopped: an event meanwhile is answered", trouble.event(), 200)
    trouble.told("stopped", lambda: not trouble.daemon.is_writer())
    trouble.shop.start()
    trouble.recovered("stopped", wanted)


def killed(trouble):
    trouble.shop.stop(signal.SIGKILL)
    wanted = trouble.panel.change_something()
    trouble.event()
    trouble.shop.start()
    trouble.recovered("killed and restarted", wanted)


def locked(trouble):
    session = trouble.shop.session()
    session.stdin.write("FLUSH TABLES WITH READ LOCK; SELECT 'held';\n")
    session.stdin.flush()
    session.stdout.readline()
    wanted = trouble.panel.change_something()
    trouble.event()
    trouble.told("locked", trouble.failing)
    session.stdin.close()
    session.wait()
    trouble.recovered("locked", wanted)


def read_only(trouble):
    trouble.shop.ask("SET GLOBAL read_only = 1")
    wanted = trouble.panel.change_something()
    trouble.event()
    trouble.told("read-only", trouble.failing)
    trouble.shop.ask("SET GLOBAL read_only = 0")
    trouble.recovered("read-only", wanted)


def fill(file, piece):
    try:
        while file.write(piece):
            pass
    except OSError:
        pass


def full(trouble):
    """Nothing can be put down any more where the tables and the log of changes lie."""
    filler = trouble.shop.data / "filler"
    with open(filler, "wb", buffering=0) as file:
        fill(file, b"\0" * 65536)
        fill(file, b"\0" * 4096)
    was = {trouble.shop.qty(1)}
    for _ in range(100):  # the last page of the log takes a few more
        wanted = trouble.panel.change_something()
        was.add(wanted)
        trouble.event()
        p.until(lambda: trouble.failing() or trouble.shop.qty(1) == wanted, "full: a write or its failure", 120)
        if trouble.failing():
            break
    trouble.told("full", trouble.failing)
    filler.unlink()
    trouble.recovered("full", wanted)
    trouble.figures.equal("full: the qty was always one that was meant", trouble.shop.qty(1) in was, True)


def cut(trouble, way):
    for _ in range(5):
        way.armed = True
        wanted = trouble.panel.change_something()
        trouble.event()
        p.until(lambda: not way.armed, "a connection that is cut in mid-commit", 60)
        trouble.recovered("cut in mid-commit", wanted)
    trouble.figures.equal("connections cut in mid-commit", way.cut, 5)


class Tmpfs:
    """A disk of so many megabytes, for this process and its children alone (run made the namespace)."""

    def __init__(self, folder, megabytes):
        folder.mkdir()
        self.folder = folder
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "vfstock-live", folder], check=True)

    def end(self):
        subprocess.run(["umount", "--lazy", self.folder], check=True)


def database(figures, parts, folder, quick):
    """Stopped, killed, locked, read-only, full, and cut in mid-commit."""
    panel = parts.add(p.Panel(folder))
    disk = parts.add(Tmpfs(folder / "disk", 256))
    shop = parts.add(p.MariadbShop(folder, disk.folder / "database",
                                   ["--log-bin", "--server-id=1", "--sync-binlog=1", "--binlog-format=ROW"]))
    shop.fill(folder, panel)
    way = parts.add(CutsTheReply(shop.port))
    way.start()
    shop.address = f"mysql://vfstock@127.0.0.1:{way.port}/whmcs"
    sync_of_its_own = folder / "journal.db"
    sync_of_its_own.unlink()
    p.sync_once(shop, panel, sync_of_its_own)
    daemon = parts.add(p.Daemon(folder, shop, panel, ["--event-window", "0s"]))
    daemon.wait_until_it_looked()
    trouble = Trouble(figures, panel, shop, daemon)
    stopped_and_restarted(trouble)
    killed(trouble)
    cut(trouble, way)
    read_only(trouble)
    if not quick:
        locked(trouble)
        full(trouble)
    figures.equal("unfinished writes in the journal", unfinished(daemon.journal), 0)


def unfinished(journal):
    with sqlite3.connect(f"file:{journal}?mode=ro", uri=True) as database:
        return database.execute("SELECT count(*) FROM intent").fetchone()[0]
