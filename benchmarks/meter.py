"""CPU time and memory of processes, from Linux's /proc; and what the machine is."""

import os
import pathlib
import platform
import re
import subprocess
import threading
import time

TICK = os.sysconf("SC_CLK_TCK")


def _stat(path):
    """The fields after the command's name, which may hold blanks and brackets."""
    text = pathlib.Path(path, "stat").read_text()
    return text[text.rindex(")") + 2:].split()


def cpu(pid):
    """CPU seconds of a process and of its children that have ended."""
    fields = _stat("/proc/%d" % pid)
    return sum(map(int, fields[11:15])) / TICK


def peak_mib(pid):
    """The most memory a process was resident with since it began or since forget_peak, MiB."""
    status = pathlib.Path("/proc/%d/status" % pid).read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found.group(1)) / 1024 if found else 0.0


def forget_peak(pid):
    pathlib.Path("/proc/%d/clear_refs" % pid).write_text("5")


def children(pid):
    found = set()
    for task in pathlib.Path("/proc/%d/task" % pid).iterdir():
        try:
            found.update(map(int, (task / "children").read_text().split()))
        except OSError:
            pass  # the thread has ended meanwhile
    return found


def tree(pid):
    """A process and all below it, as far as they live."""
    found = [pid]
    for one in found:
        try:
            found.extend(children(one))
        except OSError:
            pass  # it has ended meanwhile
    return found


def tree_cpu(pid):
    """CPU seconds of a process and all below it, dead or alive."""
    total = 0.0
    for one in tree(pid):
        try:
            total += cpu(one)
        except OSError:
            pass  # its parent counts it now, or will
    return total


class Watch(threading.Thread):
    """Looks twice a second at trees of processes, and keeps what each had used when it was last seen."""

    def __init__(self, *roots):
        super().__init__(daemon=True)
        self.roots = roots
        self.peaks, self.words, self.threads, self.before = {}, {}, {}, {}
        self._over = threading.Event()
        self._look()
        self.before = {key: used for key, (_, used) in self.threads.items()}

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self.join()
        self._look()

    def run(self):
        while not self._over.wait(0.5):
            self._look()

    def _look(self):
        for root in self.roots:
            for pid in tree(root):
                try:
                    self._see(pid)
                except OSError:
                    pass  # it has ended meanwhile

    def _see(self, pid):
        words = pathlib.Path("/proc/%d/cmdline" % pid).read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        self.words.setdefault(pid, set()).add(words)
        self.peaks[pid] = max(self.peaks.get(pid, 0), peak_mib(pid))
        for task in pathlib.Path("/proc/%d/task" % pid).iterdir():
            fields = _stat(task)
            self.threads[pid, int(task.name)] = (task / "comm").read_text().strip(), sum(map(int, fields[11:13])) / TICK

    def used(self):
        """(pid, thread, its name, CPU seconds while it was watched), of every thread that was seen."""
        return [(pid, tid, name, used - self.before.get((pid, tid), 0)) for (pid, tid), (name, used) in self.threads.items()]


def seconds():
    return time.monotonic()


def load():
    return "%.2f %.2f %.2f" % os.getloadavg()


def _first(*command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.stdout.strip().splitlines()[0].strip("* ")
    except (OSError, IndexError):
        return "?"


def machine(postgres_programs, lifeboat, worker, before):
    """What was measured on what, as words by name."""
    info = pathlib.Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*:\s*(.*)", info)
    memory = re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())
    java = os.path.dirname(os.path.dirname(os.readlink("/proc/%d/exe" % worker)))
    release = re.search(r'JAVA_RUNTIME_VERSION="(.*)"', pathlib.Path(java, "release").read_text())
    return {
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "cpu": model.group(1) if model else platform.machine(),
        "cores": os.cpu_count(),
        "memory": "%.1f GiB" % (int(memory.group(1)) / 1024 / 1024),
        "kernel": platform.release(),
        "jdk": release.group(1) if release else "?",
        "postgresql": _first(str(postgres_programs / "postgres"), "--version"),
        "zstd": _first("zstd", "--version"),
        "age": _first("age", "--version"),
        "temporal": _first("temporal", "--version"),
        "lifeboat": _first(str(lifeboat), "version"),
        "load before": before,
    }


def table(head, rows):
    """Lines of a table; the first column to the left, numbers to the right."""
    cells = [[str(cell) for cell in row] for row in [head, *rows]]
    wide = [max(len(row[i]) for row in cells) for i in range(len(head))]
    return ["  ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, wide))).rstrip()
            for row in cells]
