#!/usr/bin/env python3
"""Measures the screens of the built program in a pseudo-terminal, beside less and VisiData.

  Tests/Benchmarks/Screens/measure.py [--customers N] [--store DIR] [--ladder PATH] [--json FILE]

Without --store a demo of N customers (1,000,000) is made first, with its offers. What is measured
for each key is the time from writing it to the last byte of the answer, before 40 ms of silence;
the limits are those of the program's own promise, and one that is missed makes the exit code 1.
Peers that are not installed are named and left out. Needs Python 3.9 and nothing else; Linux.
"""

import argparse
import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

COLUMNS, ROWS = 120, 40
QUIET = 0.04
SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_()][0-~]?)")


class Session:
    """A program on a pseudo-terminal."""

    def __init__(self, command, environment=None):
        self.started = time.perf_counter()
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", "LANG": "C.UTF-8", **(environment or {})})
            try:
                os.execvp(command[0], command)
            finally:
                os._exit(127)
        self.resize(COLUMNS, ROWS)
        self.text = b""

    def resize(self, columns, rows):
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        """Reads what comes within some seconds; None when the program is gone."""
        if not select.select([self.file], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self.file, 1 << 16)
        except OSError:
            return None
        if data:
            self.text = (self.text + SEQUENCE.sub(b" ", data))[-1 << 18 :]
        return data or None

    def press(self, keys, silence=3.0, until=None):
        """Writes keys; returns milliseconds to the last byte before a pause, and the bytes.

        With a pattern to wait for, pauses before it are waited out.
        """
        while self.read(0):
            pass
        self.text = b""
        begin = last = time.perf_counter()
        os.write(self.file, keys.encode())
        count = 0
        while True:
            isDone = count and (until is None or re.search(until.encode(), self.text))
            data = self.read(QUIET if isDone else silence)
            if not data:
                if until and not isDone:
                    return None, count
                return ((last - begin) * 1000 if count else None), count
            last, count = time.perf_counter(), count + len(data)

    def wait(self, pattern, seconds):
        """Waits until the output holds a pattern; returns the seconds since the start."""
        wanted, deadline = re.compile(pattern.encode()), time.perf_counter() + seconds
        while time.perf_counter() < deadline:
            if wanted.search(self.text):
                return time.perf_counter() - self.started
            if self.read(0.05) is None:
                break
        return None

    def memory(self):
        """The resident memory in MB."""
        try:
            with open(f"/proc/{self.pid}/statm") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
        except OSError:
            return None

    def end(self):
        """Ends the program; returns its status, or None where it had to be killed."""
        deadline = time.perf_counter() + 5
        while time.perf_counter() < deadline:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                os.close(self.file)
                return status
            if self.read(0.01) is None:
                time.sleep(0.01)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.file)
        return None


def summary(values):
    values = sorted(value for value in values if value is not None)
    if not values:
        return None
    at = lambda share: values[min(len(values) - 1, int(share * len(values)))]
    return {"median": round(at(0.5), 2), "p95": round(at(0.95), 2), "n": len(values)}


class Report:
    def __init__(self):
        self.lines, self.missed = [], []

    def add(self, program, what, values, limit=None, unit="ms"):
        figure = summary(values)
        entry = {"program": program, "what": what, "unit": unit, "figure": figure, "limit": limit}
        self.lines.append(entry)
        text = f"{figure['median']:10.1f} {figure['p95']:10.1f}" if figure else "   no answer"
        late = limit is not None and (figure is None or figure["p95"] > limit)
        if late:
            self.missed.append(f"{program}: {what}")
        bound = f"  ≤ {limit}" + (" MISSED" if late else "") if limit is not None else ""
        print(f"{program:10} {what:34} {text} {unit}{bound}", flush=True)


def keys(session, key, times, silence=3.0):
    pairs = [session.press(key, silence) for _ in range(times)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


FIGURES = "best customers|top 20|History missing"


def measure_first_screen(program, store, report):
    """The time to the tabs, and to the figures of the overview: as after a change, and unchanged.

    After a change nothing that was kept is true any more, so taking it away is the same."""
    name, environment = "ladder", {"XDG_STATE_HOME": tempfile.mkdtemp()}
    cache = os.path.join(store, "cache")
    for what, times, limit in [("changed", 1, None), ("unchanged", 5, 200)]:
        frames, figures, leaving = [], [], []
        for _ in range(times):
            if what == "changed" and os.path.isdir(cache):
                for kept in os.listdir(cache):
                    if kept.startswith("overview-"):
                        os.remove(os.path.join(cache, kept))
            session = Session([program, "--store", store], environment)
            frames.append(session.wait("Overview", 300))
            figures.append(session.wait(FIGURES, 600))
            if what == "changed":
                # What is shown next time is kept as soon as the keyboard rests.
                time.sleep(2)
            begin = time.perf_counter()
            os.write(session.file, b"q")
            session.end()
            leaving.append(time.perf_counter() - begin)
        for title, values, most in [
            ("first frame", frames, 200), ("first figures", figures, limit), ("leave", leaving, 200),
        ]:
            milliseconds = [value * 1000 if value else None for value in values]
            report.add(name, f"{title}, store {what}", milliseconds, most)


def measure_ladder(program, store, report, customers):
    measure_first_screen(program, store, report)
    session = Session([program, "--store", store], {"XDG_STATE_HOME": tempfile.mkdtemp()})
    name = "ladder"
    session.wait(FIGURES, 600)
    # The list of customers is there once the programme is open and its figures are computed.
    session.press("2")
    session.wait("1 of ", 600)
    session.press("1")
    time.sleep(2)
    report.add(name, "memory with figures", [session.memory()], 400, "MB")
    session.press("2")
    time.sleep(1)
    for what, key, times in [
        ("down", "\x1bOB", 100), ("page down", "\x1b[6~", 50), ("jump to the end", "G", 1),
        ("jump to the beginning", "g", 1),
    ]:
        times_of, sizes = keys(session, key, times)
        report.add(name, what, times_of, 5)
        if what == "down":
            report.add(name, "bytes of a down key", sizes, None, "B")
    report.add(name, "50 keys at once", [session.press("j" * 50)[0]], 5)
    session.press("/")
    for typed in ["a", "n", "n", "a"]:
        report.add(name, f"filter as you type: {typed}", [session.press(typed)[0]], 50)
    session.press("\x1b")
    session.press("/")
    last = f"\x1b[200~{customers}\x1b[201~"
    report.add(name, "find in the last row", [session.press(last)[0]], 50)
    session.press("\x1b")
    for column in ["name", "stage", "cohort", "days", "chance", "outlook", "value"]:
        report.add(name, f"sort by {column}", [session.press("s")[0]], 300)
        session.press("\x1bOC")
    report.add(name, "review, first listing", [session.press("6")[0]], 50)
    report.add(name, "next offer", keys(session, "j", 50)[0], 5)
    session.press("/")
    report.add(name, "filter offers: a", [session.press("a")[0]], 50)
    session.press("\x1b")
    quiet = time.perf_counter()
    count = 0
    while time.perf_counter() - quiet < 3:
        count += len(session.read(0.5) or b"")
    report.add(name, "bytes in 3 s at rest", [count], 0, "B")
    os.write(session.file, b"\x03")
    session.end()


def measure_less(table, report):
    if not shutil.which("less"):
        return print("less is not installed: left out")
    session = Session(["less", table])
    report.add("less", "first screen", [(session.wait(r"\w", 30) or 0) * 1000])
    report.add("less", "down", keys(session, "j", 100)[0])
    report.add("less", "page down", keys(session, " ", 50)[0])
    report.add("less", "jump to the end", [session.press("G", 30, "Last Row")[0]])
    session.press("g")
    report.add("less", "find in the last row", [session.press("/Last.Row\r", 60, "99999999")[0]])
    report.add("less", "memory", [session.memory()], None, "MB")
    session.press("q", 0.5)
    session.end()


def measure_visidata(table, report):
    vd = shutil.which("vd") or shutil.which("visidata")
    if not vd:
        return print("VisiData is not installed: left out")
    session = Session([vd, table], {"HOME": tempfile.mkdtemp()})
    report.add("visidata", "first screen", [(session.wait("email", 60) or 0) * 1000])
    time.sleep(30)
    report.add("visidata", "down", keys(session, "j", 50)[0])
    report.add("visidata", "page down", keys(session, "\x06", 30)[0])
    report.add("visidata", "sort by a text column", [session.press("[", 60, "sorting|sorted|rows")[0]])
    report.add("visidata", "memory", [session.memory()], None, "MB")
    session.press("gq", 0.5)
    session.end()


def torture(program, store, report):
    """What terminals do to programs; each must leave a program that lives, or a clean end."""
    environment = {"XDG_STATE_HOME": tempfile.mkdtemp()}

    def outcome(what, passed):
        report.lines.append({"program": "ladder", "what": what, "passed": bool(passed)})
        print(f"ladder     {what:34} {'passed' if passed else 'FAILED'}", flush=True)
        if not passed:
            report.missed.append(f"ladder: {what}")

    def begin():
        session = Session([program, "--store", store], environment)
        session.wait("Overview", 300)
        return session

    def is_alive(session):
        return os.waitpid(session.pid, os.WNOHANG)[0] == 0

    session = begin()
    for step in range(200):
        session.resize(1 + step * 7 % 200, 1 + step * 3 % 60)
        os.kill(session.pid, signal.SIGWINCH)
        session.read(0.002)
    session.resize(COLUMNS, ROWS)
    outcome("200 sizes, the smallest 1 x 1", is_alive(session) and session.press("2")[0])
    seed = 7
    for _ in range(1500):
        seed = seed * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        key = chr(33 + (seed >> 33) % 94)
        if key not in "qUu":
            os.write(session.file, key.encode())
            session.read(0.001)
    outcome("1,500 random keys", is_alive(session))
    os.write(session.file, b"\x03")
    outcome("Control-C ends it", session.end() is not None)
    for number in [signal.SIGTERM, signal.SIGHUP, signal.SIGSEGV]:
        session = begin()
        os.kill(session.pid, number)
        status = session.end()
        outcome(f"{signal.Signals(number).name} ends it", status is not None)
    session = begin()
    os.close(session.file)
    gone = False
    for _ in range(100):
        gone = gone or os.waitpid(session.pid, os.WNOHANG)[0] != 0
        if gone:
            break
        time.sleep(0.05)
    if not gone:
        os.kill(session.pid, signal.SIGKILL)
    outcome("a terminal that goes away ends it", gone)
    piped = subprocess.run(
        [program, "--store", store], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    clean = b"\x1b" not in piped.stdout + piped.stderr
    outcome("no escape byte to a pipe, exit 2", piped.returncode == 2 and clean)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--store", help="a store of as many customers, with offers")
    parser.add_argument("--ladder", default=".build/release/ladder")
    parser.add_argument("--json", help="where the figures go")
    parser.add_argument("--no-torture", action="store_true")
    options = parser.parse_args()
    if not os.access(options.ladder, os.X_OK):
        sys.exit(f"{options.ladder} is missing: swift build -c release --product ladder")
    with tempfile.TemporaryDirectory() as folder:
        store = options.store
        if not store:
            store = folder + "/store"
            make = [options.ladder, "demo", store, "--customers", str(options.customers)]
            subprocess.run(make + ["--no-open"], check=True)
        table = folder + "/people.csv"
        with open(table, "w") as file:
            file.write("id,name,email,amount\n")
            for row in range(options.customers):
                file.write(f"{row:08},Name {row * 7919 % 100003},n{row}@example.com,{row % 977}.50\n")
            file.write("99999999,Last Row,last@example.com,1.00\n")
        report = Report()
        load = os.getloadavg()[0]
        print(f"{os.cpu_count()} cores, load {load:.1f}; {COLUMNS} x {ROWS}; median and p95")
        measure_ladder(options.ladder, store, report, options.customers)
        measure_less(table, report)
        measure_visidata(table, report)
        if not options.no_torture:
            torture(options.ladder, store, report)
        if options.json:
            with open(options.json, "w") as file:
                json.dump({"load": load, "figures": report.lines}, file, indent=1)
    for line in report.missed:
        print("missed:", line)
    sys.exit(1 if report.missed else 0)


if __name__ == "__main__":
    main()
