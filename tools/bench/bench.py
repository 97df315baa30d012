"""Generates the data, asks every engine for the same scores, and writes the report.

Called by `tools/bench/run`, which says what the flags mean.
"""
import argparse
import json
import os
import platform
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import report
from measure import HERE, Failed, Measured, ask, best, best_of_each, guarded, spawn, wrong

POLICIES = HERE / 'policies'
PEERS = HERE / 'peers'
ROWS = {'records': 20_000_000, 'units': 5_000_000}
UNITS_OF_RECORDS = 1000
SEED = 20231130
# What is too slow for the full size is measured at this share of it.
SMALL = 0.05
INTERPRETED = 0.01


class Bench:
    def __init__(self, flags):
        self.flags = flags
        self.out = Path(flags.out).resolve()
        self.programs = Path(flags.programs).resolve()
        self.measured = []
        self.scratch = self.out / 'scratch'
        self.scratch.mkdir(parents=True, exist_ok=True)

    def say(self, words):
        if not self.flags.quiet:
            print(f'bench: {words}', file=sys.stderr, flush=True)

    def rows(self, workload, share=1.0):
        return max(1000, int(ROWS[workload] * self.flags.scale * share))

    def data(self, workload, share=1.0):
        """The folder with so much data; written unless it is there."""
        rows = self.rows(workload, share)
        folder = self.out / 'data' / f'{workload}-{rows}-{self.flags.seed}'
        if not (folder / 'complete').exists():
            self.say(f'generating {rows:,} rows of {workload}')
            folder.mkdir(parents=True, exist_ok=True)
            units = [UNITS_OF_RECORDS] if workload == 'records' else []
            ask([self.programs / 'xize_bench_data', workload, folder, rows, *units, self.flags.seed])
            (folder / 'complete').touch()
        return folder

    def exact(self, workload, share=1.0):
        """The exact results, by the kernel written by hand."""
        folder = self.data(workload, share)
        if not (folder / 'exact').exists():
            ask([self.programs / 'xize_bench_limits', workload, 'csv', folder, 2, 1,
                 folder / 'exact'])
        return folder / 'exact'

    def keep(self, row):
        """Keeps a row, or adds it to that of an earlier round."""
        known = [other for other in self.measured if other.asks_as(row)]
        if known:
            known[0].add(row)
        else:
            self.measured.append(row)

    def measure(self, row, share, command, environment=None):
        """Asks a program that prints JSON and writes results, and keeps what it says in `row`."""
        row.rows = self.rows(row.workload, share)
        results = self.scratch / 'results'
        results.unlink(missing_ok=True)
        if row.engine == 'postgresql' and os.getuid() == 0:
            results.touch()
        self.say(f'{row.workload} {row.source} {row.engine} {row.form} {row.threads}')
        try:
            said = ask([*command, results], environment, self.flags.patience)
            row.runs, row.ms, row.mb = said['ms'], min(said['ms']), said['mb']
            wrong(row, self.exact(row.workload, share), results)
        except Failed as failure:
            row.skipped = str(failure)
        self.keep(row)

    def limits(self, workload):
        for source in ('memory', 'csv'):
            for threads in (1, 2):
                row = Measured(workload, source, 'limit', 'integers', threads)
                self.measure(row, 1.0, [self.programs / 'xize_bench_limits', workload, source,
                                        self.data(workload), threads, self.flags.times])

    def bandwidth(self):
        found = {}
        for threads in (1, 2):
            said = ask([self.programs / 'xize_bench_limits', 'bandwidth', threads, 5])
            found[threads] = said['bytes'] / min(said['ms']) / 1e6
        return found

    def peer(self, workload, source, engine, form, share=1.0):
        libraries = Path(self.flags.peers) / 'node_modules'
        environment = {
            'DUCKDB_LIBRARY': str(libraries / '@duckdb/node-bindings-linux-x64/libduckdb.so'),
            'CHDB_LIBRARY': str(libraries / '@chdb/lib-linux-x64-gnu/libchdb.so'),
            'POSTGRESQL_BIN': self.flags.postgresql}
        threads = 1 if engine == 'pandas' else 2
        row = Measured(workload, source, engine, form, threads, self.rows(workload, share))
        missing = self.missing(engine, environment)
        if missing:
            row.skipped = missing
            self.keep(row)
            return
        times = min(self.flags.times, 3)
        self.measure(row, share, [sys.executable, PEERS / f'{engine}_peer.py', workload, source, form,
                                  self.data(workload, share), threads, times], environment)

    def missing(self, engine, environment):
        """Why an engine cannot run here; empty if it can."""
        needed = {'duckdb': environment['DUCKDB_LIBRARY'], 'clickhouse': environment['CHDB_LIBRARY'],
                  'postgresql': f"{environment['POSTGRESQL_BIN']}/initdb"}
        if engine in self.flags.without:
            return 'left out by --without'
        if engine in needed and not Path(needed[engine]).exists():
            return f'{needed[engine]} is not there; `tools/bench/setup` installs it'
        return ''

    def peers(self, workload, is_first):
        for source in ('memory', 'csv'):
            for form in ('integers', 'decimal', 'double'):
                self.peer(workload, source, 'duckdb', form)
            for form in ('integers', 'double'):
                self.peer(workload, source, 'clickhouse', form)
        if is_first:
            for form in ('integers', 'decimal'):
                self.peer(workload, 'memory', 'postgresql', form, SMALL)
            self.peer(workload, 'memory', 'pandas', 'double', SMALL)

    def engines(self):
        """The engines of `xize score` that can be chosen; none if there is no program."""
        if not self.flags.xize:
            return []
        log = self.scratch / 'help'
        spawn([self.flags.xize, 'score', '--lang', 'en', '--help'], log)
        words = [line.split()[1] for line in log.read_text(encoding='utf-8').splitlines()
                 if line.strip().startswith('--engine ')]
        known = words[0].split('|') if words else ['interpreter']
        return [word for word in known if word not in ('auto', *self.flags.without)]

    def xize(self, workload, is_first):
        """Whole runs of `xize score` from CSV to a file; in memory by `xize_bench_engine`."""
        for engine in self.engines():
            if engine == 'interpreter' and not is_first:
                continue
            share = INTERPRETED if engine == 'interpreter' else 1.0
            self.score(workload, engine, share)
            inside = self.programs / 'xize_bench_engine'
            for source in ('memory', 'csv'):
                for threads in (1, 2) if engine != 'interpreter' else (1,):
                    row = Measured(workload, source, f'xize {engine}', 'exact', threads,
                                   self.rows(workload, share))
                    if not inside.exists():
                        row.skipped = 'xize_bench_engine is not built'
                        self.keep(row)
                        continue
                    self.measure(row, share, guarded(
                        [inside, POLICIES / f'{workload}.xize', source, engine,
                         self.data(workload, share), threads, self.flags.times], self.flags.patience))

    def score(self, workload, engine, share):
        row = Measured(workload, 'csv', f'xize score {engine}', 'exact', 2, self.rows(workload, share))
        sheet, results = self.scratch / 'sheet.csv', self.scratch / 'results'
        command = [self.flags.xize, 'score', POLICIES / f'{workload}.xize', '--data',
                   self.data(workload, share), '--format', 'csv', '-o', sheet]
        if len(self.engines()) > 1:
            command += ['--engine', engine]
        self.say(f'{workload} csv xize score {engine}')
        try:
            command = guarded(command, self.flags.patience)
            runs = [spawn(command, self.scratch / 'log') for _ in range(min(self.flags.times, 3))]
            row.runs = [took for took, _ in runs]
            row.ms, row.mb = min(row.runs), max(mb for _, mb in runs)
            ask([sys.executable, HERE / 'results.py', '--sheet', sheet, results])
            wrong(row, self.exact(workload, share), results)
        except Failed as failure:
            row.skipped = str(failure)
        self.keep(row)

    def latency(self):
        """Milliseconds of small runs of the whole program."""
        if not self.flags.xize:
            return {}
        folder = self.scratch / 'sixty'
        folder.mkdir(exist_ok=True)
        ask([self.programs / 'xize_bench_data', 'units', folder, 60, self.flags.seed])
        policy = POLICIES / 'units.xize'
        commands = {'start (`--version`)': ['--version'], 'check a policy of 16 items': ['check', policy],
                    'score 60 units': ['score', policy, '--data', folder, '--format', 'csv']}
        log = self.scratch / 'log'
        found = {}
        for name, words in commands.items():
            programs = {name: self.flags.xize}
            if self.flags.plain:
                programs[f'{name}, without JIT'] = self.flags.plain
            found |= zip(programs, best_of_each([[program, *words] for program in programs.values()],
                                                log, 20))
        inside = self.programs / 'xize_bench_engine'
        if 'jit' in self.engines() and inside.exists():
            # The first run in a process loads LLVM and compiles, later ones find the kernels.
            runs = [ask([inside, policy, 'csv', 'jit', self.data('units', INTERPRETED), 2, 5])['ms']
                    for _ in range(3)]
            found['JIT alone: compile 16 items'] = min(ms[0] - min(ms) for ms in runs)
        return found

    def growth(self):
        """Ten times the rows: how many times the time; by the fastest engine, from CSV.

        The sheet goes nowhere: how a disk takes it is not measured.
        """
        engine = [e for e in self.engines() if e != 'interpreter'][-1:]
        if not engine:
            return {}
        found = {}
        for workload in self.flags.only:
            took = []
            for share in (0.1, 1.0):
                command = [self.flags.xize, 'score', POLICIES / f'{workload}.xize', '--data',
                           self.data(workload, share), '--format', 'csv', '--engine', engine[0]]
                try:
                    took.append(best(guarded(command, self.flags.patience), os.devnull, 3))
                except Failed as failure:
                    self.say(f'{workload}: {failure}')
                    break
            if len(took) == 2:
                found[workload] = took[1] / took[0]
        return found

    def run(self):
        found = {'scale': self.flags.scale, 'seed': self.flags.seed, 'machine': machine(),
                 'bandwidth': self.bandwidth()}
        for workload in self.flags.only:
            for number in range(self.flags.rounds):
                self.limits(workload)
                self.xize(workload, number == 0)
                self.peers(workload, number == 0)
        found['latency'], found['growth'] = self.latency(), self.growth()
        found['measured'] = [asdict(row) for row in self.measured]
        (self.out / 'figures.json').write_text(json.dumps(found, ensure_ascii=False, indent=1),
                                               encoding='utf-8')
        report.write(self.out, found, self.measured)
        shutil.rmtree(self.scratch)
        self.say(f'the report is {self.out}/report.md')
        return 1 if any(self.is_failure(row) for row in self.measured) else 0

    def is_failure(self, row):
        """An exact engine that is not exact, or a program of ours that does not run."""
        ours = row.engine.startswith('xize score') or row.engine == 'limit'
        if row.skipped and ours or row.scores and row.form in ('exact', 'integers'):
            print(f'bench: {row.workload} {row.source} {row.engine} {row.form}: '
                  f'{row.skipped or f"{row.scores} scores are wrong"}', file=sys.stderr)
            return True
        return False


def machine():
    model = [line.split(':')[1].strip() for line in Path('/proc/cpuinfo').read_text().splitlines()
             if line.startswith('model name')]
    return f'{model[0] if model else platform.machine()}, {os.cpu_count()} cores, {platform.system()}'


def read_flags():
    flags = argparse.ArgumentParser(prog='tools/bench/run')
    flags.add_argument('--scale', type=float, default=1.0)
    flags.add_argument('--times', type=int, default=5)
    flags.add_argument('--rounds', type=int, default=2)
    flags.add_argument('--only', choices=list(ROWS), action='append')
    flags.add_argument('--without', action='append', default=[])
    flags.add_argument('--xize', default='')
    flags.add_argument('--plain', default='')
    flags.add_argument('--programs', required=True)
    flags.add_argument('--peers', required=True)
    flags.add_argument('--postgresql', default='/usr/lib/postgresql/15/bin')
    flags.add_argument('--out', required=True)
    flags.add_argument('--seed', type=int, default=SEED)
    flags.add_argument('--patience', type=int, default=1800)
    flags.add_argument('--quiet', action='store_true')
    found = flags.parse_args()
    found.only = found.only or list(ROWS)
    return found


if __name__ == '__main__':
    sys.exit(Bench(read_flags()).run())
