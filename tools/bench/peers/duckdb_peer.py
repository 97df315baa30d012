"""DuckDB, through the C interface of the library in `@duckdb/node-bindings-linux-x64`."""
import ctypes
import os

import peer

# Of seven ways to say it, with FILTER, CASE and count_if among them, the fastest here.
DIALECT = peer.Dialect(count_if='sum(CAST({0} AS INTEGER))',
                       sum_if='sum(CAST({1} AS INTEGER) * {0})')
MACROS = {
    'integers': [
        'bench_div(a, b) AS a // b',
        'bench_wide(a) AS CAST(a AS BIGINT)',
        'bench_item(p, num, den, a) AS '
        '(2 * p * 10000 * least(greatest(num, 0), den) + den * a) // (2 * den * a)',
    ],
    'decimal': [
        'bench_ratio(a, b) AS CAST(a / b AS DECIMAL(18, 9))',
        'bench_rounded(x) AS round(CAST(x AS DECIMAL(18, 9)), 2)',
    ],
    'double': [
        'bench_ratio(a, b) AS a / b',
        'bench_rounded(x) AS floor(CAST(x AS DOUBLE) * 100 + 0.5) / 100',
    ],
}
CASES = """CREATE {kind} cases AS SELECT {unit} AS unit, day, {case} AS kind, legal_days,
  promised_days, used, materials, CAST(rating * 10 AS UTINYINT) AS rating, online = '是' AS online
  FROM read_csv('{file}', header = true, delim = ',', columns = {{'unit': 'VARCHAR', 'day': 'DATE',
  'kind': 'VARCHAR', 'legal_days': 'UTINYINT', 'promised_days': 'UTINYINT', 'used': 'UTINYINT',
  'materials': 'UTINYINT', 'rating': 'DECIMAL(3, 1)', 'online': 'VARCHAR'}})"""
UNITS = """CREATE {kind} units AS SELECT name, {grade} AS class, matters, at_once, online, legal,
  promised, cases, late, CAST(satisfied * 1000 AS INTEGER) AS satisfied, bad, complaints, errors,
  delay, news, {prize} AS prize, CAST(mark * 2 AS INTEGER) AS mark, connected = '是' AS connected,
  regulated = '是' AS regulated, leaked = '是' AS leaked
  FROM read_csv('{file}', header = true, delim = ',', columns = {{'name': 'VARCHAR',
  'class': 'VARCHAR', 'matters': 'INTEGER', 'at_once': 'INTEGER', 'online': 'INTEGER',
  'legal': 'INTEGER', 'promised': 'INTEGER', 'cases': 'INTEGER', 'late': 'INTEGER',
  'satisfied': 'DECIMAL(4, 3)', 'bad': 'INTEGER', 'complaints': 'INTEGER', 'errors': 'INTEGER',
  'delay': 'INTEGER', 'news': 'INTEGER', 'prize': 'VARCHAR', 'mark': 'DECIMAL(3, 1)',
  'connected': 'VARCHAR', 'regulated': 'VARCHAR', 'leaked': 'VARCHAR'}})"""


class Result(ctypes.Structure):
    """duckdb_result: counts and pointers that the library fills."""
    _fields_ = [('filled', ctypes.c_uint64 * 8)]


class Connection:
    def __init__(self, library, path=''):
        self.library = ctypes.CDLL(library)
        self.library.duckdb_result_error.restype = ctypes.c_char_p
        database = ctypes.c_void_p()
        self.handle = ctypes.c_void_p()
        if (self.library.duckdb_open(path.encode() or None, ctypes.byref(database)) or
                self.library.duckdb_connect(database, ctypes.byref(self.handle))):
            raise RuntimeError('duckdb: cannot open a database')

    def run(self, sql):
        result = Result()
        failed = self.library.duckdb_query(self.handle, sql.encode(), ctypes.byref(result))
        message = self.library.duckdb_result_error(ctypes.byref(result)) if failed else b''
        self.library.duckdb_destroy_result(ctypes.byref(result))
        if failed:
            raise RuntimeError('duckdb: ' + (message or b'').decode())


def load(connection, task):
    """Tables with dictionary codes where the data are in memory, views of the files else."""
    held = task.source == 'memory'
    kind = 'TABLE' if held else 'VIEW'
    if held:
        connection.run("CREATE TYPE unit AS ENUM (SELECT name FROM "
                       f"read_csv('{task.file('部门')}', header = true, columns = {{'name': 'VARCHAR'}}))"
                       if task.workload == 'records' else 'SELECT 1')
        connection.run("CREATE TYPE kind AS ENUM ('即办件', '承诺件', '上报件')")
        connection.run("CREATE TYPE class AS ENUM ('市直', '区直', '街镇')")
        connection.run("CREATE TYPE prize AS ENUM ('国家级', '省级', '市级', '无')")

    def coded(column):
        return f'CAST({column} AS {column})' if held else column
    if task.workload == 'records':
        connection.run(CASES.format(kind=kind, file=task.file('办件'), unit=coded('unit'),
                                    case=coded('kind')))
    else:
        connection.run(UNITS.format(kind=kind, file=task.file('单位表'), grade=coded('class'),
                                    prize=coded('prize')))


def run(task):
    connection = Connection(os.environ['DUCKDB_LIBRARY'])
    connection.run(f'SET threads = {task.threads}')
    connection.run("SET preserve_insertion_order = false")
    for macro in MACROS[task.form]:
        connection.run(f'CREATE MACRO {macro}')
    load(connection, task)
    sql = peer.query(task, DIALECT)
    peer.measure(task, lambda: connection.run(peer.digest(sql)))
    if task.results:
        connection.run(f"COPY ({sql}) TO '{task.results}' (HEADER, DELIMITER ',')")


peer.main(run)
