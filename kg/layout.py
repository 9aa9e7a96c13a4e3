"""Where nodes stand: connected ones near each other, groups apart, nothing on top of anything; numpy only.

Same input, same seed: same positions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.layout_part import place_part

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Indices = NDArray[np.int64]

_EXACT = 20_000
"""Of more nodes a few may touch: they are dots then."""
_ASPECT = 1.6
"""Screens are wider than high."""


def layout(
    count: int, links: list[tuple[int, int]], *, radii: list[float] | None = None, spacing: float = 60.0, seed: int = 1
) -> list[tuple[float, float]]:
    """Positions of nodes ``0 .. count-1`` in pixels, the middle of the picture at (0, 0).

    ``links`` are pairs of nodes; ``radii`` (pixels) keep nodes from covering each other; ``spacing`` is the usual distance
    of neighbours. Parts that do not hang together are laid out apart; nodes without links stand in rows below.

    >>> layout(1, [])
    [(0.0, 0.0)]
    """
    import numpy as np

    if count == 0:
        return []
    pairs = np.unique(np.sort(np.array(links or np.empty((0, 2)), dtype=np.int64), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    size = np.full(count, spacing / 4) if radii is None else np.asarray(radii, dtype=np.float64)
    boxes = []
    for members in _components(count, pairs):
        place = np.full(count, -1)
        place[members] = np.arange(len(members))
        inside = place[pairs[np.isin(pairs[:, 0], members)]]
        points = place_part(len(members), inside, spacing, seed)
        boxes.append((members, _without_overlap(points, size[members], spacing / 5)))
    points = _packed(count, boxes, size, spacing)
    return [(round(float(x), 1) + 0.0, round(float(y), 1) + 0.0) for x, y in points]


def _components(count: int, pairs: Indices) -> list[Indices]:
    """Nodes that hang together, biggest part first; nodes without links are no part."""
    import numpy as np

    root = np.arange(count)
    while len(pairs):
        low = np.minimum(root[pairs[:, 0]], root[pairs[:, 1]])
        before = root.copy()
        for side in (0, 1):
            np.minimum.at(root, root[pairs[:, side]], low)
            np.minimum.at(root, pairs[:, side], low)
        root = root[root]
        if (root == before).all():
            break
    linked = np.unique(pairs)
    parts = [linked[root[linked] == name] for name in np.unique(root[linked])]
    return sorted(parts, key=lambda part: (-len(part), int(part[0])))


def _without_overlap(points: Points, radii: Points, gap: float) -> Points:
    """Push apart what is closer than both radii and a gap, in small steps until nothing is."""
    import numpy as np

    points = points.copy()
    cell = 2 * float(radii.max()) + gap
    for _ in range(400 if len(points) <= _EXACT else 60):
        a, b = _close_pairs(points, cell)
        away = points[a] - points[b]
        distance = np.sqrt((away * away).sum(axis=1))
        least = radii[a] + radii[b] + gap
        tight = distance < least - 1e-6
        if not tight.any():
            break
        a, b, away, distance, least = a[tight], b[tight], away[tight], distance[tight], least[tight]
        # Two nodes in one place part along a direction of their own.
        same = distance < 1e-9
        away[same] = np.stack([np.cos(a[same] + 2.0 * b[same]), np.sin(a[same] + 2.0 * b[same])], axis=1)
        distance[same] = 1.0
        push = away / distance[:, None] * ((least - np.where(same, 0.0, distance)) * 0.55 + 0.01)[:, None]
        for axis in (0, 1):
            points[:, axis] += np.bincount(a, push[:, axis], len(points)) - np.bincount(b, push[:, axis], len(points))
    return points


def _close_pairs(points: Points, cell: float) -> tuple[Indices, Indices]:
    """Every pair in the same or neighbouring squares of a grid, each once."""
    import numpy as np

    grid = np.floor(points / cell).astype(np.int64)
    grid -= grid.min(axis=0) - 1
    rows = int(grid[:, 1].max()) + 3
    square = grid[:, 0] * rows + grid[:, 1]
    order = np.argsort(square, kind="stable")
    ordered = square[order]
    found = []
    for step in (0, 1, rows - 1, rows, rows + 1):
        low, high = np.searchsorted(ordered, ordered + step), np.searchsorted(ordered, ordered + step, side="right")
        if step == 0:
            low = np.arange(len(ordered)) + 1
        many = np.maximum(high - low, 0)
        first = np.repeat(np.arange(len(ordered)), many)
        second = np.repeat(low, many) + np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
        found.append((order[first], order[second]))
    return np.concatenate([a for a, _ in found]), np.concatenate([b for _, b in found])


def _packed(count: int, boxes: list[tuple[Indices, Points]], radii: Points, spacing: float) -> Points:
    """Parts in rows like words on a page, biggest first; nodes without links in rows of their own at the end."""
    import numpy as np

    points = np.zeros((count, 2))
    areas = [float(np.prod(np.ptp(part, axis=0) + 1.4 * spacing)) for _, part in boxes]
    widest = max((float(np.ptp(part[:, 0])) + 1.4 * spacing for _, part in boxes), default=0.0)
    alone = np.setdiff1d(np.arange(count), np.concatenate([members for members, _ in boxes]) if boxes else [])
    width = max(widest, float(np.sqrt((sum(areas) + len(alone) * spacing**2) * _ASPECT)))
    x = y = row = 0.0
    for members, part in boxes:
        low, extent = part.min(axis=0), np.ptp(part, axis=0) + 1.4 * spacing
        if x > 0 and x + extent[0] > width + 1e-6:
            x, y, row = 0.0, y + row, 0.0
        points[members] = part - low + 0.7 * spacing + (x, y)
        x, row = x + float(extent[0]), max(row, float(extent[1]))
    step = max(spacing, 2 * float(radii.max()) + spacing / 5)
    columns = max(1, int(width // step))
    top = y + row + (step / 2 if boxes else 0.0)
    across, down = np.arange(len(alone)) % columns, np.arange(len(alone)) // columns
    points[alone] = np.stack([across * step + step / 2, down * step + top], axis=1)
    centred: Points = points - (points.min(axis=0) + points.max(axis=0)) / 2
    return centred
