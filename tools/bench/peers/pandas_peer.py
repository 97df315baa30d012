"""pandas, in doubles, on one thread: columns of numpy, as one writes it first."""
import numpy as np
import pandas as pd

import peer

CASES = {'unit': 'category', 'day': 'str', 'kind': 'category', 'legal_days': 'int16',
         'promised_days': 'int16', 'used': 'int16', 'materials': 'int16', 'rating': 'float64',
         'online': 'category'}
UNITS = {'name': 'str', 'class': 'category', 'matters': 'int32', 'at_once': 'int32',
         'online': 'int32', 'legal': 'int32', 'promised': 'int32', 'cases': 'int32',
         'late': 'int32', 'satisfied': 'float64', 'bad': 'int32', 'complaints': 'int32',
         'errors': 'int32', 'delay': 'int32', 'news': 'int32', 'prize': 'category',
         'mark': 'float64', 'connected': 'category', 'regulated': 'category', 'leaked': 'category'}


def read(task):
    records = task.workload == 'records'
    columns = CASES if records else UNITS
    rows = pd.read_csv(task.file('办件' if records else '单位表'), header=0, names=list(columns),
                       dtype=columns, keep_default_na=False, na_values={'rating': [''],
                                                                        'satisfied': ['']})
    if records:
        rows['day'] = pd.to_datetime(rows['day'])
    for column in ('online',) if records else ('connected', 'regulated', 'leaked'):
        rows[column] = rows[column] == '是'
    return rows


def rounded(x):
    return np.floor(x * 100 + 0.5) / 100


def measures(cases):
    with_promise = cases['kind'] == '承诺件'
    columns = pd.DataFrame({
        'unit': cases['unit'], 'n': 1, 'at_once': cases['kind'] == '即办件', 'promised': with_promise,
        'online': cases['online'], 'late': cases['used'] > cases['promised_days'],
        'unlawful': cases['used'] > cases['legal_days'], 'many_materials': cases['materials'] > 6,
        'rated': cases['rating'].notna(), 'bad': cases['rating'] < 6,
        'year_end': cases['day'] >= '2023-10-01',
        'legal_sum': cases['legal_days'].where(with_promise, 0),
        'promised_sum': cases['promised_days'].where(with_promise, 0),
        'used_sum': cases['used'].where(with_promise, 0), 'material_sum': cases['materials'],
        'rating_sum': cases['rating']})
    return columns.groupby('unit', observed=True).sum().reset_index()


def score_records(cases):
    m = measures(cases)
    n, legal, promised, rated = m['n'], m['legal_sum'], m['promised_sum'], m['rated']
    factor = 100 / (50 + 15 * (legal != 0) + 10 * (promised != 0) + 25 * (rated != 0))
    at_once, cut = m['at_once'] / n, 1 - promised / legal
    whole = (np.select([at_once < 0.3, at_once < 0.33, at_once < 0.36], [0, 4, 7], 10) +
             np.select([legal == 0, cut < 0.1, cut < 0.2, cut < 0.3], [0, 0, 5, 10], 15) +
             5 - 2 * (m['year_end'] / n > 0.3) - (m['promised'] < m['at_once']) -
             (m['many_materials'] / n > 0.5))
    online = m['online'] / n
    items = [
        np.where(promised == 0, 0, 10 * ((1 - m['used_sum'] / promised) / 0.4).clip(0, 1)),
        10 * (1 - m['late'] / n / 0.2).clip(lower=0),
        np.where(online < 0.2, 0, 15 * (online / 0.9).clip(upper=1)),
        10 * ((8 - m['material_sum'] / n) / 6).clip(0, 1),
        np.where(rated == 0, 0, m['rating_sum'] / rated * 1.5),
        np.where(rated == 0, 0, 10 - (m['bad'] / rated * 100 * 0.2).clip(upper=10))]
    penalty = 2 * (m['unlawful'] > 0.05 * n) + 3 * (m['unlawful'] > 0.1 * n)
    total = whole * factor + sum(rounded(item * factor) for item in items) - penalty
    return m['unit'], rounded(total.clip(lower=0)), (85, 75, 60)


def score_units(u):
    street = u['class'] == '街镇'
    matters, complaints, online = u['matters'], u['complaints'], u['online'] / u['matters']
    at_once, cut, satisfied = u['at_once'] / matters, 1 - u['promised'] / u['legal'], u['satisfied']
    factor = 10 / (10 - (u['legal'] == 0) - (u['cases'] == 0) - satisfied.isna())
    points = (
        np.select([at_once < 0.05, at_once < 0.07, at_once < 0.1], [0, 2, 4], 5) +
        np.where(online < 0.2, 0, 10 * (online / 0.9).clip(upper=1)) +
        np.select([u['legal'] == 0, cut < 0.1, cut < 0.3, cut < 0.5], [0, 0, 3, 6], 10) +
        (5 - 0.5 * u['errors']).clip(lower=0) +
        2 * u['regulated'] + 2 * u['connected'] + (u['delay'] == 0) +
        np.where(u['cases'] == 0, 0, 10 * (1 - u['late'] / u['cases'])) +
        np.interp(satisfied.fillna(0), [0.6, 0.8, 0.95], [0, 6, 10]) +
        10 - (0.2 * u['bad'] * np.where(street, 0.5, 1)).clip(upper=6) - 4 * (complaints > 20) +
        np.select([complaints > 50, complaints > 30], [0, 1], 5 - complaints // 10) +
        u['mark'] + (5 - np.ceil(u['delay'] / 5)).clip(lower=0) + 4 +
        (0.1 * u['news']).clip(upper=6) + 5 * (matters / np.where(street, 1000, 2000)).clip(upper=1))
    prize = np.select([u['prize'] == p for p in ('国家级', '省级', '市级')], [4, 2.5, 1], 0)
    fresh = (1.5 * (u['online'] == matters) + 1.0 * (u['news'] > 100)).clip(upper=2)
    silent = np.where(u['connected'], 0, np.where(u['errors'] > 20, 10, 5))
    beside = (prize + fresh).clip(upper=5) - ((0.05 * complaints).clip(upper=6) + silent).clip(upper=10)
    total = np.where(u['leaked'], 0, (points * factor + beside).clip(lower=0))
    return u['name'], rounded(total), (90, 80, 60)


def run(task):
    score = score_records if task.workload == 'records' else score_units
    rows = read(task) if task.source == 'memory' else None
    peer.measure(task, lambda: score(read(task) if rows is None else rows))
    if task.results:
        name, total, (best, good, fair) = score(read(task) if rows is None else rows)
        grade = np.select([total >= best, total >= good, total >= fair], ['优秀', '良好', '合格'], '不合格')
        table = pd.DataFrame({'name': name, 'hundredths': np.rint(total * 100).astype(int),
                              'grade': grade})
        table.to_csv(task.results, index=False)


peer.main(run)
