"""What every peer does: told a workload, where its data are and in what form to compute, it loads,
runs the query several times, prints one line of JSON with the milliseconds of each run and the peak
memory in MB, and writes its results for comparison.

    python3 PEER.py records|units memory|csv integers|decimal|double FOLDER THREADS TIMES [RESULTS]
"""
import json
import os
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

SQL = Path(__file__).parent.parent / 'sql'


@dataclass
class Task:
    workload: str
    source: str
    form: str
    folder: str
    threads: int
    times: int
    results: str

    def file(self, name):
        return str(Path(self.folder).resolve() / f'{name}.csv')


def task_of(words):
    workload, source, form, folder, threads, times = words[:6]
    return Task(workload, source, form, folder, int(threads), int(times),
                words[6] if len(words) > 6 else '')


@dataclass
class Dialect:
    """How an engine says what differs between engines. COUNT_IF and SUM_IF stand at the end of a
    line, with their name; HOLD keeps an engine from computing a subquery again for each use."""
    count_if: str
    sum_if: str
    hold: str = ''


def query(task, dialect):
    """The SQL that gives `name, hundredths, grade` for each unit."""
    form = 'integers' if task.form == 'integers' else 'fractions'
    parts = [f'{task.workload}_{form}.sql']
    if task.workload == 'records':
        parts.insert(0, 'records_measures.sql')
    text = ''.join((SQL / part).read_text(encoding='utf-8') for part in parts)
    text = re.sub(r'--.*', '', text)
    text = re.sub(r'COUNT_IF\((.*)\) AS', lambda m: dialect.count_if.format(m[1]) + ' AS', text)
    text = re.sub(r'SUM_IF\((\w+), (.*)\) AS',
                  lambda m: dialect.sum_if.format(m[1], m[2]) + ' AS', text)
    text = text.replace(' HOLD', dialect.hold)
    return re.sub(r'\b(DIV|WIDE|RATIO|ROUNDED|ITEM)\(', lambda m: f'bench_{m[1].lower()}(', text)


def digest(sql):
    """A few numbers that need every score, so that no time goes into handing rows out."""
    return f'SELECT grade, count(*), sum(hundredths) FROM ({sql}) AS scored GROUP BY grade'


def peak_mb():
    status = Path('/proc/self/status').read_text(encoding='ascii')
    return int(re.search(r'VmHWM:\s+(\d+)', status)[1]) // 1024


def measure(task, run, peak=peak_mb):
    """Runs and prints. An engine that is another process has no peak of its own here."""
    took = []
    for _ in range(task.times):
        begin = time.perf_counter()
        run()
        took.append(round((time.perf_counter() - begin) * 1000, 3))
    print(json.dumps({'ms': took, 'mb': peak()}), flush=True)


def main(run):
    """Ends at once: the threads of ClickHouse's library would keep the process for ever."""
    try:
        run(task_of(sys.argv[1:]))
    except Exception as error:  # any reason is a reason to say that a peer failed
        print(str(error) or repr(error), file=sys.stderr)
        os._exit(1)
    os._exit(0)
