"""Runs programs and says how long they took, and how much memory."""
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent


@dataclass
class Measured:
    """One engine on one workload; `skipped` says why there are no figures."""
    workload: str
    source: str            # memory, csv
    engine: str
    form: str = ''
    threads: int = 1
    rows: int = 0
    ms: float = 0.0        # the best of several runs
    runs: list = field(default_factory=list)
    mb: int | None = None  # peak of the process
    scores: int | None = None  # wrong ones; None: not compared
    grades: int | None = None
    points: float = 0.0    # the worst error
    units: int = 0
    skipped: str = ''

    def per_row(self):
        return self.ms * 1e6 / self.rows

    def asks_as(self, other):
        """The same engine is asked for the same."""
        return all(getattr(self, name) == getattr(other, name)
                   for name in ('workload', 'source', 'engine', 'form', 'threads', 'rows'))

    def add(self, later):
        """The runs of a later round; whatever went wrong in any round counts."""
        self.skipped = self.skipped or later.skipped
        if self.skipped:
            return
        self.runs += later.runs
        self.ms = min(self.runs)
        self.mb = max(self.mb, later.mb) if self.mb is not None and later.mb is not None else None
        if later.scores:
            self.scores, self.grades, self.points = later.scores, later.grades, later.points


class Failed(Exception):
    """A program ended with an error; its last line says why."""


def last_line(text):
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1][:200] if lines else 'no message'


def guarded(command, seconds):
    """The command, ended before it takes longer or three quarters of the machine's memory."""
    bytes_ = os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') * 3 // 4
    return ['timeout', str(seconds), 'prlimit', f'--as={bytes_}', *command]


def ended(status):
    """What the exit status of a guarded command says beside its messages."""
    return {124: 'not done in time: ', 127: 'not there: '}.get(status, f'ended with status {status}: ')


def ask(command, environment=None, seconds=3600):
    """The JSON that a program prints last."""
    try:
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                              check=False, timeout=seconds, env=os.environ | (environment or {}))
    except FileNotFoundError as error:
        raise Failed(f'{error.filename} is not there') from error
    except subprocess.TimeoutExpired as error:
        raise Failed(f'not done after {seconds} s') from error
    if done.returncode != 0:
        raise Failed(ended(done.returncode) + last_line(done.stderr))
    return json.loads(last_line(done.stdout)) if done.stdout.strip() else None


def spawn(command, log):
    """A whole process: milliseconds and peak MB. What it prints goes to the file `log`."""
    words = [str(word) for word in command]
    with open(log, 'w+b') as out:
        begin = time.perf_counter()
        pid = os.posix_spawnp(words[0], words, os.environ, file_actions=[
            (os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, out.fileno(), 2)])
        _, status, usage = os.wait4(pid, 0)
        took = (time.perf_counter() - begin) * 1000
    exit_status = os.waitstatus_to_exitcode(status)
    if exit_status != 0:
        raise Failed(ended(exit_status) + last_line(Path(log).read_text(encoding='utf-8', errors='replace')))
    return took, usage.ru_maxrss // 1024


def best(command, log, times):
    """The fastest of several runs of a process."""
    return best_of_each([command], log, times)[0]


def best_of_each(commands, log, times):
    """The same of several processes that take turns."""
    return [min(runs) for runs in zip(*([spawn(command, log)[0] for command in commands]
                                        for _ in range(times)))]


def wrong(measured, exact, results):
    """Compares in a process of its own, so that its memory is not taken for that of an engine."""
    difference = ask([sys.executable, HERE / 'results.py', exact, results])
    measured.units, measured.scores = difference['units'], difference['scores']
    measured.grades, measured.points = difference['grades'], difference['points']
