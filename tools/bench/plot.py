"""Bars as SVG: one for each figure, on a logarithmic axis."""
import math
from dataclasses import dataclass
from xml.sax.saxutils import escape

ROW, LEFT, WIDTH, TOP = 22, 270, 860, 46
COLOURS = {'limit': '#8a8a8a', 'xize': '#c0392b', 'exact': '#2c7fb8', 'inexact': '#fdae61'}


@dataclass
class Bar:
    label: str
    value: float
    kind: str  # a key of COLOURS


def text(x, y, words, anchor='start', size=12):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">'
            f'{escape(words)}</text>')


def shown(value):
    return f'{value:,.0f}' if value >= 100 else f'{value:.1f}' if value >= 1 else f'{value:.2f}'


def bars(title, unit, rows):
    """The picture of `rows`, fastest first."""
    rows = sorted(rows, key=lambda bar: bar.value)
    low = math.floor(math.log10(rows[0].value) - 0.2)  # the shortest bar is to be seen
    high = max(low + 1, math.ceil(math.log10(rows[-1].value)))
    scale = (WIDTH - LEFT - 90) / (high - low)

    def x(value):
        return LEFT + (math.log10(value) - low) * scale
    bottom = TOP + ROW * len(rows)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{bottom + 30}" '
             f'font-family="sans-serif"><rect width="100%" height="100%" fill="white"/>',
             text(10, 20, title, size=15)]
    for power in range(low, high + 1):
        at = x(10.0 ** power)
        parts.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{TOP - 8}" y2="{bottom}" stroke="#ddd"/>')
        parts.append(text(at, bottom + 16, f'{10.0 ** power:g} {unit}', 'middle', 11))
    for place, bar in enumerate(rows):
        y = TOP + ROW * place
        parts.append(text(LEFT - 8, y + 12, bar.label, 'end'))
        parts.append(f'<rect x="{LEFT}" y="{y}" width="{max(1.0, x(bar.value) - LEFT):.1f}" '
                     f'height="{ROW - 6}" fill="{COLOURS[bar.kind]}"/>')
        parts.append(text(x(bar.value) + 6, y + 12, shown(bar.value), size=11))
    return '\n'.join(parts + ['</svg>', ''])
