"""ClickHouse, through the C interface of the library in `@chdb/lib-linux-x64-gnu`."""
import ctypes
import os

import peer

DIALECT = peer.Dialect(count_if='countIf({0})', sum_if='sumIf({0}, {1})')
FUNCTIONS = {
    'integers': [
        'bench_div AS (a, b) -> intDiv(a, b)',
        'bench_wide AS (a) -> toInt64(a)',
        'bench_item AS (p, num, den, a) -> intDiv(2 * p * 10000 * '
        'least(greatest(toInt64(num), 0), toInt64(den)) + toInt64(den) * a, 2 * toInt64(den) * a)',
    ],
    'double': [
        'bench_ratio AS (a, b) -> a / b',
        'bench_rounded AS (x) -> floor(x * 100 + 0.5) / 100',
    ],
}
CASES_FILE = ('unit String, day Date, kind String, legal_days UInt8, promised_days UInt8, used UInt8, '
              'materials UInt8, rating Nullable(Decimal32(1)), online String')
CASES = ("SELECT {unit} AS unit, day, {kind} AS kind, legal_days, promised_days, used, materials, "
         "CAST(rating * 10, 'Nullable(UInt8)') AS rating, online = '是' AS online "
         "FROM file('{file}', 'CSV', '" + CASES_FILE + "')")
UNITS_FILE = ('name String, class String, matters UInt16, at_once UInt16, online UInt16, '
              'legal UInt16, promised UInt16, cases UInt16, late UInt16, '
              'satisfied Nullable(Decimal32(3)), bad UInt8, complaints UInt8, errors UInt8, '
              'delay UInt8, news UInt8, prize String, mark Decimal32(1), connected String, '
              'regulated String, leaked String')
UNITS = ("SELECT name, {class_} AS class, matters, at_once, online, legal, promised, cases, late, "
         "CAST(satisfied * 1000, 'Nullable(UInt16)') AS satisfied, bad, complaints, errors, delay, "
         "news, {prize} AS prize, CAST(mark * 2, 'UInt8') AS mark, connected = '是' AS connected, "
         "regulated = '是' AS regulated, leaked = '是' AS leaked "
         "FROM file('{file}', 'CSV', '" + UNITS_FILE + "')")


class Connection:
    def __init__(self, library):
        self.library = ctypes.CDLL(library)
        for name in ('chdb_connect', 'chdb_query', 'chdb_result_error'):
            getattr(self.library, name).restype = ctypes.c_void_p
        words = (ctypes.c_char_p * 1)(b'clickhouse')
        self.handle = ctypes.c_void_p.from_address(self.library.chdb_connect(1, words))

    def run(self, sql):
        result = ctypes.c_void_p(self.library.chdb_query(self.handle, sql.encode(), b'CSV'))
        error = self.library.chdb_result_error(result)
        message = ctypes.string_at(error).decode() if error else ''
        self.library.chdb_destroy_query_result(result)
        if message:
            raise RuntimeError('clickhouse: ' + message)


def load(connection, task):
    """Memory tables with dictionary codes where the data are in memory, views of the files else."""
    held = task.source == 'memory'

    def coded(column):
        return f"CAST({column}, 'LowCardinality(String)')" if held else column
    if task.workload == 'records':
        rows = CASES.format(unit=coded('unit'), kind=coded('kind'), file=task.file('办件'))
    else:
        rows = UNITS.format(class_=coded('class'), prize=coded('prize'), file=task.file('单位表'))
    name = 'cases' if task.workload == 'records' else 'units'
    kind = 'TABLE' if held else 'VIEW'
    engine = 'ENGINE = Memory' if held else ''
    connection.run(f'CREATE {kind} {name} {engine} AS {rows}')


def run(task):
    connection = Connection(os.environ['CHDB_LIBRARY'])
    connection.run(f'SET max_threads = {task.threads}')
    connection.run('SET input_format_csv_skip_first_lines = 1')
    for function in FUNCTIONS[task.form]:
        connection.run(f'CREATE FUNCTION {function}')
    load(connection, task)
    sql = peer.query(task, DIALECT)
    peer.measure(task, lambda: connection.run(peer.digest(sql)))
    if task.results:
        connection.run(f"{sql} INTO OUTFILE '{task.results}' TRUNCATE FORMAT CSVWithNames")


peer.main(run)
