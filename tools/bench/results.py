"""Results of an engine against the exact ones.

A file of results has a head and one line `name,hundredths,grade` for each unit, in any order.

    python3 results.py EXACT OTHER      what differs, as JSON
    python3 results.py --sheet SHEET FILE    the CSV of `xize score` as a file of results
"""
import csv
import json
import sys
from dataclasses import asdict, dataclass


@dataclass
class Difference:
    """How many units an engine scores or grades wrongly, and by how much at most."""
    units: int = 0
    scores: int = 0
    grades: int = 0
    points: float = 0.0


def from_sheet(sheet, path):
    """Writes the CSV that `xize score` prints as a file of results."""
    with open(sheet, encoding='utf-8', newline='') as rows, open(path, 'w', encoding='utf-8') as out:
        cells = csv.reader(rows)
        head = next(cells)
        name, total, grade = (head.index(column) for column in ('单位', '总分', '等次'))
        out.write('name,hundredths,grade\n')
        for row in cells:
            out.write(f'{row[name]},{hundredths(row[total])},{row[grade]}\n')


def hundredths(total):
    """`87.5` as `8750`; blank for a unit that is not scored."""
    whole, _, places = total.partition('.')
    if total == '不予评分':
        return ''
    if not whole.isdigit() or len(places) > 2:
        return total
    return str(int(whole + places.ljust(2, '0')))


def lines_by_name(path):
    with open(path, encoding='utf-8') as lines:
        next(lines)
        return sorted(line.rstrip('\r\n').replace('"', '') for line in lines)


def compare(exact, other):
    """The Difference of two files of results; a unit that one of them lacks is wrong."""
    left, right = lines_by_name(exact), lines_by_name(other)
    difference = Difference(units=len(left))
    if len(left) != len(right):
        difference.scores = difference.grades = max(len(left), len(right))
        return difference
    for expected, actual in zip(left, right):
        if expected == actual:
            continue
        _, score, grade = expected.split(',')
        _, other_score, other_grade = actual.split(',')
        difference.grades += grade != other_grade
        if score != other_score:
            difference.scores += 1
            if score and other_score:
                off = abs(int(score) - int(other_score)) / 100
                difference.points = max(difference.points, off)
    return difference


if __name__ == '__main__':
    if sys.argv[1] == '--sheet':
        from_sheet(*sys.argv[2:4])
    else:
        print(json.dumps(asdict(compare(*sys.argv[1:3]))))
