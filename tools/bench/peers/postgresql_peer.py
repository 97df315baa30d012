"""PostgreSQL, a server of its own in a folder of its own, which ends with the measurement.

`POSTGRESQL_BIN` is where `initdb` and `pg_ctl` are. The server does not run as root: started by root, it
runs as `postgres`.
"""
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import peer

DIALECT = peer.Dialect(count_if='count(*) FILTER (WHERE {0})',
                       sum_if='coalesce(sum({0}) FILTER (WHERE {1}), 0)', hold=' OFFSET 0')
FUNCTION = 'CREATE FUNCTION {0} LANGUAGE sql IMMUTABLE AS $$ SELECT {1} $$'
FUNCTIONS = {
    'integers': [
        ('bench_div(a bigint, b bigint) RETURNS bigint', 'a / b'),
        ('bench_wide(a bigint) RETURNS bigint', 'a'),
        ('bench_item(p int, num bigint, den bigint, a int) RETURNS bigint',
         '(2 * p * 10000 * least(greatest(num, 0), den) + den * a) / (2 * den * a)'),
    ],
    'decimal': [
        ('bench_ratio(a numeric, b numeric) RETURNS numeric', 'a / b'),
        ('bench_rounded(x numeric) RETURNS numeric', 'round(x, 2)'),
    ],
}
CASES_FILE = ('unit text, day date, kind text, legal_days smallint, promised_days smallint, '
              'used smallint, materials smallint, rating numeric, online boolean')
CASES = ('SELECT unit, day, kind, legal_days, promised_days, used, materials, '
         '(rating * 10)::smallint AS rating, online FROM file')
UNITS_FILE = ('name text, class text, matters int, at_once int, online int, legal int, '
              'promised int, cases int, late int, satisfied numeric, bad int, complaints int, '
              'errors int, delay int, news int, prize text, mark numeric, connected boolean, '
              'regulated boolean, leaked boolean')
UNITS = ('SELECT name, class, matters, at_once, online, legal, promised, cases, late, '
         '(satisfied * 1000)::int AS satisfied, bad, complaints, errors, delay, news, prize, '
         '(mark * 2)::int AS mark, connected, regulated, leaked FROM file')


class Server:
    """Answers on a socket in its folder only."""

    def __init__(self, threads):
        self.folder = Path(tempfile.mkdtemp(prefix='xize-bench-postgresql-'))
        self.bin = Path(os.environ['POSTGRESQL_BIN'])
        self.user = None
        if os.getuid() == 0:
            self.user = 'postgres'
            owner = pwd.getpwnam(self.user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.call('initdb', '-D', self.folder / 'data', '-A', 'trust', '-E', 'UTF8', '--locale=C')
        options = (f"-c listen_addresses='' -k {self.folder} -c shared_buffers=1GB -c work_mem=256MB "
                   f'-c max_parallel_workers_per_gather={threads - 1} -c fsync=off -c jit=on '
                   '-c wal_level=minimal -c max_wal_senders=0')
        self.call('pg_ctl', '-D', self.folder / 'data', '-w', '-o', options, '-l',
                  self.folder / 'log', 'start')

    def call(self, program, *words):
        subprocess.run([self.bin / program, *words], check=True, user=self.user, cwd=self.folder,
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def run(self, sql, **streams):
        subprocess.run(['psql', '-h', self.folder, '-d', 'postgres', '-q', '-v', 'ON_ERROR_STOP=1',
                        '-c', sql], check=True, user=self.user, cwd=self.folder,
                       stderr=subprocess.PIPE, **({'stdout': subprocess.DEVNULL} | streams))

    def stop(self):
        subprocess.run([self.bin / 'pg_ctl', '-D', self.folder / 'data', '-m', 'immediate', 'stop'],
                       check=False, user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL)
        shutil.rmtree(self.folder, ignore_errors=True)


def load(server, task):
    records = task.workload == 'records'
    columns, rows, path = ((CASES_FILE, CASES, task.file('办件')) if records
                           else (UNITS_FILE, UNITS, task.file('单位表')))
    server.run(f'CREATE UNLOGGED TABLE file ({columns})')
    # 是 and 否 are no booleans there.
    translated = subprocess.Popen(['sed', 's/是/t/g; s/否/f/g', path], stdout=subprocess.PIPE)
    server.run("COPY file FROM STDIN WITH (FORMAT csv, HEADER true)", stdin=translated.stdout)
    translated.wait()
    name = 'cases' if records else 'units'
    server.run(f'CREATE UNLOGGED TABLE {name} AS {rows}')
    server.run('DROP TABLE file')
    server.run(f'ANALYZE {name}')


def run(task):
    server = Server(task.threads)
    try:
        for head, body in FUNCTIONS[task.form]:
            server.run(FUNCTION.format(head, body))
        load(server, task)
        sql = peer.query(task, DIALECT)
        peer.measure(task, lambda: server.run(peer.digest(sql)), lambda: None)
        if task.results:
            with open(task.results, 'wb') as out:
                server.run(f'COPY ({sql}) TO STDOUT WITH (FORMAT csv, HEADER true)', stdout=out)
    except subprocess.CalledProcessError as error:
        raise RuntimeError('postgresql: ' + error.stderr.decode().strip()) from error
    finally:
        server.stop()


peer.main(run)
