"""Where labels go in a picture: beside their nodes, on nothing else; along links, where there is room.

Names matter more than anything, so distances grow until all of them find a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import atan2, ceil, cos, degrees, hypot, sin

Point = tuple[float, float]
_SCALES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.4, 2.8)
_GAP = 4.0
"""Pixels between a node and its label."""
_ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Places on a link at which its label may be centred."""
_CROSSED, _LATER = 3.0, 1.0
"""What a label pays for each link it covers, and for each better place that it did not take."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that text takes: corners with the smaller and the larger coordinates, in pixels."""

    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: Box) -> bool:
        """Whether the two have a point in common."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def near(self, point: Point, radius: float) -> bool:
        """Whether a circle reaches into it."""
        dx, dy = (max(low - at, at - high, 0.0) for low, at, high in ((self.x0, point[0], self.x1), (self.y0, point[1], self.y1)))
        return hypot(dx, dy) < radius

    def crossed(self, a: Point, b: Point) -> bool:
        """Whether a straight line between two points goes through it."""
        steps = ceil(hypot(b[0] - a[0], b[1] - a[1]) / 6.0) + 1
        low, high = sorted((a[0], b[0]))
        if high < self.x0 or low > self.x1:
            return False
        points = ((a[0] + (b[0] - a[0]) * i / steps, a[1] + (b[1] - a[1]) * i / steps) for i in range(steps + 1))
        return any(self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1 for x, y in points)


@dataclass(frozen=True, slots=True)
class Slanted:
    """A text along a link: its middle, the angle in degrees it is turned by, and circles that cover it."""

    at: Point
    angle: float
    circles: tuple[Point, ...]
    radius: float


@dataclass(slots=True)
class Placed:
    """Positions of nodes, and of the labels that found a place; labels by the number of their node or link."""

    points: list[Point]
    labels: dict[int, Box] = field(default_factory=dict)
    along: dict[int, Slanted] = field(default_factory=dict)


def place_labels(
    points: Sequence[Point], radii: Sequence[float], sizes: Sequence[Point], links: Sequence[tuple[int, int]]
) -> Placed:
    """Positions scaled up until every label (``sizes``: width and height) has a place; the most important nodes come first.

    >>> sorted(place_labels([(0, 0), (30, 0)], [8, 8], [(60, 14), (60, 14)], [(0, 1)]).labels)
    [0, 1]
    """
    best = Placed(list(points))
    for scale in _SCALES:
        placed = Placed([(x * scale, y * scale) for x, y in points])
        for node, size in enumerate(sizes):
            box = _beside(node, size, placed, radii, links)
            if box is not None:
                placed.labels[node] = box
        if len(placed.labels) > len(best.labels):
            best = placed
        if len(best.labels) == len(sizes):
            break
    return best


def place_along(placed: Placed, radii: Sequence[float], links: Sequence[tuple[int, int]], sizes: Sequence[Point]) -> None:
    """Give links the labels for which there is room, those of little room first; a link of width 0 wants none."""
    slack = [_length(placed, link) - radii[link[0]] - radii[link[1]] - size[0] for link, size in zip(links, sizes, strict=True)]
    for number in sorted(range(len(links)), key=lambda i: (slack[i], i)):
        if sizes[number][0] and slack[number] > 2 * _GAP + 8:
            found = _on_link(number, placed, radii, links, sizes[number])
            if found:
                placed.along[number] = found


def _beside(node: int, size: Point, placed: Placed, radii: Sequence[float], links: Sequence[tuple[int, int]]) -> Box | None:
    """The free place beside a node that covers fewest links."""
    found: tuple[float, int, Box] | None = None
    lines = [(placed.points[a], placed.points[b]) for a, b in links]
    for order, box in enumerate(_places(placed.points[node], radii[node], size)):
        if any(box.meets(other) for other in placed.labels.values()):
            continue
        if any(box.near(point, radii[i] + 2) for i, point in enumerate(placed.points) if i != node):
            continue
        cost = _LATER * order + _CROSSED * sum(box.crossed(a, b) for a, b in lines)
        if found is None or cost < found[0]:
            found = (cost, order, box)
    return found[2] if found else None


def _places(at: Point, radius: float, size: Point) -> Iterable[Box]:
    (x, y), (w, h) = at, size
    reach, corner = radius + _GAP, 0.72 * radius + _GAP
    for left, top in (
        (x + reach, y - h / 2), (x - w / 2, y + reach), (x - reach - w, y - h / 2), (x - w / 2, y - reach - h),
        (x + corner, y + corner - 2), (x + corner, y - corner - h + 2),
        (x - corner - w, y + corner - 2), (x - corner - w, y - corner - h + 2),
    ):  # fmt: skip
        yield Box(left, top, left + w, top + h)


def _on_link(
    number: int, placed: Placed, radii: Sequence[float], links: Sequence[tuple[int, int]], size: Point
) -> Slanted | None:
    a, b = (placed.points[end] for end in links[number])
    turn = atan2(b[1] - a[1], b[0] - a[0])
    upright = turn if cos(turn) >= 0 else turn - 3.141592653589793 if turn > 0 else turn + 3.141592653589793
    length, (w, h) = _length(placed, links[number]), size
    low, high = radii[links[number][0]] + w / 2 + _GAP + 6, length - radii[links[number][1]] - w / 2 - _GAP - 6
    count = max(1, ceil(w / h))
    for share in _ALONG:
        middle = share * length
        if not low <= middle <= high:
            continue
        steps = [middle - w / 2 + h / 2 + (w - h) * i / max(count - 1, 1) for i in range(count)] if w > h else [middle]
        circles = tuple((a[0] + step * cos(turn), a[1] + step * sin(turn)) for step in steps)
        if _free(circles, h / 2, number, placed, radii, links):
            at = (a[0] + middle * cos(turn), a[1] + middle * sin(turn))
            return Slanted(at, degrees(upright), circles, h / 2)
    return None


def _free(
    circles: tuple[Point, ...],
    radius: float,
    number: int,
    placed: Placed,
    radii: Sequence[float],
    links: Sequence[tuple[int, int]],
) -> bool:
    for circle in circles:
        if any(box.near(circle, radius + _GAP) for box in placed.labels.values()):
            return False
        if any(_apart(circle, point) < radius + radii[i] for i, point in enumerate(placed.points) if i not in links[number]):
            return False
        if any(
            _apart(circle, other) < radius + slant.radius + _GAP for slant in placed.along.values() for other in slant.circles
        ):
            return False
    return True


def _length(placed: Placed, link: tuple[int, int]) -> float:
    return _apart(placed.points[link[0]], placed.points[link[1]])


def _apart(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])
