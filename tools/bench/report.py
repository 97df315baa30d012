"""The report: Markdown, with a picture for each workload and source."""
from dataclasses import dataclass

import plot

TITLES = {'records': 'Records: cases of 9 columns in 1,000 units, 15 measures, 10 items',
          'units': 'Units: 20 columns, 16 items, a veto, redistribution, grades'}
SOURCES = {'memory': 'from memory', 'csv': 'from CSV'}


@dataclass
class Aim:
    """A ratio between two figures of this run, and what it should be."""
    words: str
    ratio: float | None
    bound: float
    at_most: bool
    why: str = ''

    def line(self):
        sign = '≤' if self.at_most else '≥'
        if self.ratio is None:
            return f'| {self.words} | {sign} {self.bound:g} | – | not measured: {self.why} |'
        held = self.ratio <= self.bound if self.at_most else self.ratio >= self.bound
        return f'| {self.words} | {sign} {self.bound:g} | {self.ratio:.2f} | {"yes" if held else "**no**"} |'


def pick(measured, workload, source, engine, threads=2):
    """The fastest row of an engine that was wrong nowhere; None if there is none."""
    rows = [row for row in measured if not row.skipped and row.scores == 0 and row.threads == threads
            and (row.workload, row.source, row.engine) == (workload, source, engine)]
    return min(rows, key=lambda row: row.per_row(), default=None)


def fastest_engine(measured):
    """Which of our engines the aims speak of."""
    names = {row.engine for row in measured if not row.skipped}
    return next((name for name in ('xize jit', 'xize vector') if name in names), 'xize jit')


def ratio(words, above, below, bound):
    """`bound` is (number, whether at most)."""
    missing = [name for name, row in (('the first', above), ('the second', below)) if row is None]
    if missing:
        return Aim(words, None, *bound, f'{" and ".join(missing)} figure is missing')
    return Aim(words, above.per_row() / below.per_row(), *bound)


def aims(measured, found):
    ours = fastest_engine(measured)
    listed = []
    for workload in dict.fromkeys(row.workload for row in measured):
        for source in SOURCES:
            mine = pick(measured, workload, source, ours)
            place = f'{workload} {SOURCES[source]}'
            limit = pick(measured, workload, source, 'limit')
            listed.append(ratio(f'{place}: {ours} / by hand', mine, limit, (2, True)))
            bounds = {'clickhouse': 3, 'duckdb': 6 if workload == 'records' else 20}
            for peer, bound in bounds.items():
                listed.append(ratio(f'{place}: {peer} exact / {ours}',
                                    pick(measured, workload, source, peer), mine,
                                    (bound if source == 'memory' else 8, False)))
        one = pick(measured, workload, 'memory', ours, 1)
        listed.append(ratio(f'{workload} from memory: {ours}, 1 thread / 2 threads', one,
                            pick(measured, workload, 'memory', ours), (1.6, False)))
        if workload in found['growth']:
            listed.append(Aim(f'{workload}: ten times the rows, times the time',
                              found['growth'][workload], 11, True))
    return listed + [peak(measured), cold(found)]


def peak(measured):
    words = 'records from CSV: peak MB of `xize score`'
    rows = [row.mb for row in measured if row.workload == 'records' and not row.skipped
            and row.engine.startswith('xize score') and 'interpreter' not in row.engine]
    return Aim(words, max(rows), 300, True) if rows else Aim(words, None, 300, True, 'no such engine')


def cold(found):
    words = 'score 60 units, cold: with JIT / without'
    with_jit = found['latency'].get('score 60 units')
    without = found['latency'].get('score 60 units, without JIT')
    if not with_jit or not without:
        return Aim(words, None, 1.05, True, 'no program without JIT was given (`--plain`)')
    return Aim(words, with_jit / without, 1.05, True)


def name(row):
    threads = 'thread' if row.threads == 1 else 'threads'
    return f'{row.engine} {row.form}, {row.threads} {threads}'


def kind(row):
    if row.engine == 'limit':
        return 'limit'
    if row.engine.startswith('xize'):
        return 'xize'
    return 'inexact' if row.scores else 'exact'


def table(rows, limit):
    lines = ['| engine | form | threads | rows | best ms | ns/row | × by hand | peak MB | wrong scores | '
             'wrong grades | off by |', '| --- | --- ' + '| ---: ' * 9 + '|']
    for row in sorted(rows, key=lambda row: row.per_row()):
        times = f'{row.per_row() / limit.per_row():.1f}' if limit else '–'
        lines.append(f'| {row.engine} | {row.form} | {row.threads} | {row.rows:,} | {row.ms:,.1f} | '
                     f'{row.per_row():.1f} | {times} | {row.mb or "–"} | {row.scores:,} of {row.units:,} | '
                     f'{row.grades:,} | {row.points:g} |')
    return lines


def section(out, workload, source, measured):
    rows = [row for row in measured
            if row.workload == workload and row.source == source and not row.skipped]
    if not rows:
        return []
    picture = f'{workload}-{source}.svg'
    drawn = [plot.Bar(name(row), row.per_row(), kind(row)) for row in rows]
    title = f'{workload}, {SOURCES[source]}: ns for each row'
    (out / picture).write_text(plot.bars(title, 'ns', drawn), encoding='utf-8')
    limit = pick(measured, workload, source, 'limit')
    return [f'### {SOURCES[source][0].upper()}{SOURCES[source][1:]}', '', f'![{title}]({picture})', '',
            *table(rows, limit), '']


def write(out, found, measured):
    lines = ['# Bench', '', f'{found["machine"]}. Scale {found["scale"]:g}, seed {found["seed"]}. '
             'Times are the best of several runs; “× by hand” compares with the kernel written by hand at '
             '2 threads, for each row, since slow engines get fewer rows. A score is wrong if it is not '
             'the exact one, digit by digit. Grey: the limit; red: xize; blue: exact peers; yellow: inexact.',
             '', '## Aims', '', '| ratio | aim | here | held |', '| --- | ---: | ---: | --- |',
             *(aim.line() for aim in aims(measured, found)), '']
    for workload in dict.fromkeys(row.workload for row in measured):
        lines += [f'## {TITLES[workload]}', '']
        for source in SOURCES:
            lines += section(out, workload, source, measured)
    lines += ['## Memory bandwidth', '', *(f'- {threads} thread(s): {rate:.1f} GB/s read'
                                           for threads, rate in found['bandwidth'].items()), '']
    if found['latency']:
        lines += ['## Small runs', '', '| the whole process, unless another thing is named | best ms |', '| --- | ---: |',
                  *(f'| {words} | {took:.1f} |' for words, took in found['latency'].items()), '']
    skipped = dict.fromkeys(f'- {row.engine} {row.form} ({row.workload}, {SOURCES[row.source]}): {row.skipped}'
                            for row in measured if row.skipped)
    if skipped:
        lines += ['## Skipped', '', *skipped, '']
    (out / 'report.md').write_text('\n'.join(lines), encoding='utf-8')
