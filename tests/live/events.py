"""Events by the thousand: real, lost, late, forged; and the hook that sends them."""
import json
import multiprocessing
import random
import socket
import sqlite3
import threading
import time

import parts as p


def webhooks(figures, parts, folder, quick):
    """The panel's own webhooks with every fate, and a signed event that is replayed."""
    changes = 15 if quick else 100
    fates = ("usual", "twice", "late", "usual", "reordered", "forged", "usual", "wrong-token", "lost")
    port = p.free_port()
    panel = parts.add(p.Panel(folder, f"http://127.0.0.1:{port}/webhooks/virtfusion"))
    spoilt = parts.add(p.Panel(folder, f"http://127.0.0.1:{port}/webhooks/virtfusion", fates))
    shop = parts.add(p.SqliteShop(folder))
    shop.fill(folder, panel)
    daemon = parts.add(p.Daemon(folder, shop, panel, ["--event-window", "5s"], port))
    daemon.wait_until_it_looked()
    noise = Noise(spoilt)
    noise.start()
    random.seed(4)
    waits = []
    for _ in range(changes):
        wanted = panel.change_something()
        waits.append(p.until(lambda: shop.qty(1) == wanted, "the qty that the panel says", 60, 0.01))
        time.sleep(random.uniform(0, 0.5))
    noise.over = True
    noise.join()
    figures.most(f"change to qty, {changes} changes in a burst, window 5 s: p99", p.percentile(waits, 0.99), 10, " s")
    figures.note("the same: median", f"{p.percentile(waits, 0.5):.3f} s")
    isolated = []
    for _ in range(2 if quick else 5):
        time.sleep(6)  # the window is over
        wanted = panel.change_something()
        isolated.append(p.until(lambda: shop.qty(1) == wanted, "the qty that the panel says", 60, 0.01))
    figures.most("change to qty, alone: worst", max(isolated), 10, " s")
    figures.least("hints refused, forged or with a wrong token",
                  daemon.metric('vfstock_events_refused_total{reason="token"}'), 2)
    figures.equal("product 2, which no hint is about", shop.qty(2), 12)
    replay(figures, daemon)


class Noise(threading.Thread):
    """Another world's changes, told with every fate there is."""

    def __init__(self, panel):
        super().__init__(daemon=True)
        self.panel, self.over, self.changes = panel, False, 0

    def run(self):
        while not self.over or self.changes < 20:
            self.panel.change_something()
            self.changes += 1
            time.sleep(0.1)


def replay(figures, daemon):
    """What was good once is good no second time, and not for ever."""
    body = p.module_event("AfterModuleChangePackage")
    headers = p.signed_headers(body, "msg_replayed")
    answers = {daemon.tell("msg_replayed", body, headers) for _ in range(50)}
    figures.equal("a replayed event is answered", sorted(answers), [200])
    old = p.signed_headers(body, "msg_old", at=time.time() - 301)
    figures.equal("one of five minutes ago is answered", daemon.tell("msg_old", body, old), 401)
    with sqlite3.connect(f"file:{daemon.journal}?mode=ro", uri=True) as database:
        ids = database.execute("SELECT id, count(*) FROM event WHERE id IN ('msg_replayed', 'msg_old') GROUP BY id")
        figures.equal("kept of both", ids.fetchall(), [("msg_replayed", 1)])


def whole_answer(connection):
    """Head and body; empty where the connection was closed before."""
    answer = b""
    while data := connection.recv(65536):
        answer += data
        head, end, body = answer.partition(b"\r\n\r\n")
        if end and len(body) >= int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0]):
            return answer
    return b""


def forged_requests(port, rate, seconds, counts):
    """So many a second over kept connections; fresh, and signed with another secret. A process of its own."""
    body = p.module_event("AfterModuleTerminate")
    headers = p.signed_headers(body, "forged", key=b"not the shop's secret, but long")
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = (f"POST /webhooks/whmcs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
               f"{lines}\r\n{body}").encode()
    sent = refused = 0
    connection, began = None, time.monotonic()
    while (spent := time.monotonic() - began) < seconds:
        if sent >= spent * rate:
            time.sleep(0.0005)
            continue
        sent += 1
        try:
            connection = connection or socket.create_connection(("127.0.0.1", port), timeout=5)
            connection.sendall(request)
            answer = whole_answer(connection)
            refused += answer.startswith(b"HTTP/1.1 401")
            if not answer or b"Connection: close" in answer:
                connection = None
        except OSError:
            connection = None
    counts.put((sent, refused, time.monotonic() - began))


class Flood:
    """Four who forge at once."""

    def __init__(self, port, rate, seconds):
        self.counts = multiprocessing.Queue()
        self.senders = [multiprocessing.Process(target=forged_requests, args=(port, rate / 4, seconds, self.counts))
                        for _ in range(4)]
        for sender in self.senders:
            sender.start()

    def end(self):
        """How many a second were sent, and how many of these were refused."""
        told = [self.counts.get() for _ in self.senders]
        for sender in self.senders:
            sender.join()
        return sum(sent / took for sent, _, took in told), sum(refused / took for _, refused, took in told)


def flood(figures, parts, folder, quick):
    """Ten thousand forged requests a second."""
    seconds, rate = (3, 10_000) if quick else (10, 10_000)
    panel = parts.add(p.Panel(folder))
    shop = parts.add(p.SqliteShop(folder))
    shop.fill(folder, panel)
    daemon = parts.add(p.Daemon(folder, shop, panel, ["--event-window", "1s"]))
    daemon.wait_until_it_looked()
    before = daemon.panel_requests()
    used = daemon.processor_seconds()
    began = time.monotonic()
    sent, refused = Flood(daemon.port, rate, seconds).end()
    took = time.monotonic() - began
    used = daemon.processor_seconds() - used
    figures.least("forged requests sent a second", sent, 0.9 * rate)
    figures.note("refused a second", f"{refused:.0f}")
    figures.least("share of them that was refused", refused / sent, 0.99)
    figures.most("cores in use meanwhile", used / took, 1.0)
    figures.equal("panel reads meanwhile", daemon.panel_requests() - before, 0)
    another = Flood(daemon.port, rate, seconds)
    waits = []
    for number in range(3 if quick else 8):
        wanted = panel.change_something()
        began = time.monotonic()
        p.until(lambda: daemon.tell(f"msg_{number}", p.module_event("AfterModuleTerminate")) == 200, "an answer")
        p.until(lambda: shop.qty(1) == wanted, "the qty that the panel says")
        waits.append(time.monotonic() - began)
    figures.most("a real event to qty meanwhile: worst", max(waits), 10, " s")
    another.end()
    figures.equal("alive afterwards", daemon.status("/livez"), 200)


class Viewers(threading.Thread):
    """Signed cart views, as many a second as asked for."""

    def __init__(self, port, name, rate, seconds):
        super().__init__(daemon=True)
        self.http, self.name_of, self.rate, self.seconds = p.Http(port), name, rate, seconds
        self.good = self.bad = 0

    def run(self):
        began, number = time.monotonic(), 0
        while time.monotonic() - began < self.seconds:
            if number >= (time.monotonic() - began) * self.rate:
                time.sleep(0.001)
                continue
            number += 1
            body = json.dumps({"type": "ClientAreaPageCart", "data": {"product": 1 + number % 2}})
            status, _ = self.http.send("POST", "/webhooks/whmcs", body,
                                       p.signed_headers(body, f"view_{self.name_of}_{number}"))
            self.good, self.bad = self.good + (status == 200), self.bad + (status != 200)


def hook_times(hook, calls):
    return [hook.call("ClientAreaPageCart", {"pid": 1 + number % 2})[1] for number in range(calls)]


def carts(figures, parts, folder, quick):
    """Five hundred cart views a second, and what the hook adds to a page."""
    seconds, calls = (5, 40) if quick else (30, 300)
    panel = parts.add(p.Panel(folder))
    shop = parts.add(p.SqliteShop(folder))
    shop.fill(folder, panel)
    daemon = parts.add(p.Daemon(folder, shop, panel))
    hook = p.Hook(folder, daemon.port)
    daemon.wait_until_it_looked()
    before = daemon.panel_requests()
    viewers = [Viewers(daemon.port, number, 125, seconds) for number in range(4)]
    for each in viewers:
        each.start()
    for each in viewers:
        each.join()
    views = sum(each.good for each in viewers)
    figures.least("cart views taken a second", views / seconds, 475)
    figures.equal("not taken", sum(each.bad for each in viewers), 0)
    # Two products of two groups, each looked at once a minute, and what the cache holds is not asked.
    figures.most("panel reads meanwhile", daemon.panel_requests() - before, 8)
    times = hook_times(hook, calls)
    figures.most("added to a page by the hook: p99", p.percentile(times, 0.99), 5, " ms")
    figures.note("the same: median", f"{p.percentile(times, 0.5):.2f} ms")
    daemon.kill()
    times = hook_times(hook, calls)
    figures.most("the same with the daemon dead: p99", p.percentile(times, 0.99), 5, " ms")


def guard(figures, parts, folder, quick):
    """The checkout guard: a place that is full, its time, and that it fails open."""
    calls = 20 if quick else 200
    panel = parts.add(p.Panel(folder))
    shop = parts.add(p.SqliteShop(folder))
    shop.fill(folder, panel)
    daemon = parts.add(p.Daemon(folder, shop, panel, ["--event-window", "0s"]))
    hook = p.Hook(folder, daemon.port)
    daemon.wait_until_it_looked()
    for _ in range(7):
        panel.order(group=2)
    daemon.tell("msg_1", p.module_event("AfterModuleCreate"))
    p.until(lambda: shop.qty(1) == 24, "a London that is full")
    london = {"cart": {"products": [{"pid": 1, "qty": 1, "configoptions": {"77": 102}}]}}
    frankfurt = {"cart": {"products": [{"pid": 1, "qty": 1, "configoptions": {"77": 101}}]}}
    answers = [hook.call("ShoppingCartValidateCheckout", {}, london) for _ in range(calls)]
    figures.equal("orders to a full place that pass", sum(not told for told, _ in answers), 0)
    figures.most("the guard's time: p99", p.percentile([ms for _, ms in answers], 0.99), 200, " ms")
    figures.equal("orders elsewhere that are stopped",
                  sum(bool(hook.call("ShoppingCartValidateCheckout", {}, frankfurt)[0]) for _ in range(calls)), 0)
    daemon.process.send_signal(19)  # SIGSTOP: it takes the connection and says nothing
    answers = [hook.call("ShoppingCartValidateCheckout", {}, london) for _ in range(calls // 5)]
    figures.equal("orders stopped by a daemon that is silent", sum(bool(told) for told, _ in answers), 0)
    figures.most("the guard's time with it: worst", max(ms for _, ms in answers), 250, " ms")
    daemon.end()
    answers = [hook.call("ShoppingCartValidateCheckout", {}, london) for _ in range(calls // 5)]
    figures.equal("orders stopped by a daemon that is dead", sum(bool(told) for told, _ in answers), 0)
