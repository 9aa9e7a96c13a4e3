"""Positions of nodes that hang together.

Attraction along links against a handful of random others per step (negative sampling, as in UMAP, arXiv:1802.03426)
finds the groups of a graph where springs give a ball of wool. Parts small enough for a table of all distances are then
evened out by stress majorization (Gansner, Koren, North 2004), which spaces single nodes better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Indices = NDArray[np.int64]

_SPREAD, _NEAR = 1.58, 0.9
"""Shape of the attraction: UMAP's a and b for a minimal distance of 0.05."""
_OTHERS = 5
_HUGE = 20_000
"""From here on fewer steps against fewer others: the picture is an overview then, and would take minutes."""
_DIMENSIONS = 8
_SMALL = 3
_EVENED = 160
"""Parts with at most so many nodes are evened out."""
_FAR = 1.2
"""Distance from the middle, where 1 holds nine nodes out of ten."""
_WIDEST = 1.75
"""Width to height of a part at most: screens are wider than high."""
_DECIMALS = 4
"""Places are rounded after each step: the last bits of a product differ from processor to processor, and steps make that much."""


def place_part(count: int, pairs: Indices, spacing: float, seed: int) -> Points:
    """One part, its longer side level, scaled so that neighbours stand about ``spacing`` apart."""
    import numpy as np

    if count <= _SMALL:
        return np.stack([np.arange(count) * 1.5 * spacing, np.arange(count) % 2 * spacing * 0.5], axis=1)
    points = _negative_sampling(count, pairs, seed)
    if count <= _EVENED:
        points = _evened(points, pairs)
    points -= points.mean(axis=0)
    _, _, axes = np.linalg.svd(points, full_matrices=False)
    # The sign of an axis is arbitrary in linear algebra; fixing it keeps pages the same on every machine.
    axes *= np.where(axes[np.arange(2), np.abs(axes).argmax(axis=1)] < 0, -1.0, 1.0)[:, None]
    points = np.round(points @ axes.T, _DECIMALS)
    width, height = np.maximum(np.quantile(np.abs(points), 0.9, axis=0), 1e-9)
    # As much room as a grid of this spacing takes, a little wider than high.
    room = spacing * np.sqrt(count) / 2 * 1.15
    stretch = float(np.clip(width / height, 1.15, _WIDEST))
    points = points / (width, height)
    # Stragglers come nearer, or a few of them would make everything else small.
    far = np.sqrt((points * points).sum(axis=1))
    points *= np.where(far > _FAR, (_FAR + 0.4 * (far - _FAR)) / np.maximum(far, _FAR), 1.0)[:, None]
    scaled: Points = points * (room * np.sqrt(stretch), room / np.sqrt(stretch))
    return np.round(scaled, _DECIMALS)


def _negative_sampling(count: int, pairs: Indices, seed: int) -> Points:
    import numpy as np

    random = np.random.RandomState(seed)
    i, j = np.r_[pairs[:, 0], pairs[:, 1]], np.r_[pairs[:, 1], pairs[:, 0]]
    degree = np.maximum(np.bincount(i, minlength=count), 1)
    steps = 400 if count < 500 else 200 if count < 5_000 else 120 if count < _HUGE else 70
    others = _OTHERS if count < _HUGE else 3
    points = _smooth_start(count, i, j, degree, random)

    def pull(towards: Any) -> Points:
        forces = np.clip(towards, -4, 4)
        return np.stack([np.bincount(i, forces[:, axis], count) for axis in (0, 1)], axis=1)

    for step in range(steps):
        gap = points[i] - points[j]
        square = (gap * gap).sum(axis=1) + 1e-12
        moves = pull((-2 * _SPREAD * _NEAR * square ** (_NEAR - 1) / (1 + _SPREAD * square**_NEAR))[:, None] * gap)
        for _ in range(others):
            gap = points[i] - points[random.randint(0, count, len(i))]
            square = (gap * gap).sum(axis=1)
            moves += (_OTHERS / others) * pull((2 * _NEAR / ((0.001 + square) * (1 + _SPREAD * square**_NEAR)))[:, None] * gap)
        moves = (1 - step / steps) * np.clip(0.5 * moves / np.sqrt(degree)[:, None], -4, 4)
        points = np.round(points + moves, _DECIMALS)
    return points


def _smooth_start(count: int, i: Indices, j: Indices, degree: Indices, random: Any) -> Points:
    """Random vectors, averaged over neighbours again and again: a cheap spectral embedding."""
    import numpy as np

    dimensions = min(_DIMENSIONS, count - 1)
    vectors = random.randn(count, dimensions)
    for _ in range(40):
        sums = np.stack([np.bincount(i, vectors[j, k], count) for k in range(dimensions)], axis=1)
        vectors = 0.5 * vectors + 0.5 * sums / degree[:, None]
        vectors -= vectors.mean(axis=0)
        # At right angles again, by way of their few products with each other: QR of so many rows takes far longer.
        products = vectors.T @ vectors
        products += np.eye(dimensions) * (1e-9 * np.trace(products) + 1e-300)
        vectors = vectors @ np.linalg.inv(np.linalg.cholesky(products)).T
    flat = vectors[:, :2]
    points: Points = flat / np.maximum(np.abs(flat).max(), 1e-12) * 10 + random.randn(count, 2) * 0.05
    return np.round(points, _DECIMALS)


def _evened(points: Points, pairs: Indices) -> Points:
    """Move nodes until their distances are, as far as a plane allows, the lengths of the shortest ways between them."""
    import numpy as np

    wanted = _ways(len(points), pairs)
    np.fill_diagonal(wanted, 1.0)
    weight = wanted**-2.0
    np.fill_diagonal(weight, 0.0)
    inverse = np.linalg.pinv(np.diag(weight.sum(axis=1)) - weight)
    points = np.round(points * (wanted.mean() / max(float(np.abs(points).mean()), 1e-9)), _DECIMALS)
    for _ in range(150):
        gap = points[:, None, :] - points[None, :, :]
        distance = np.maximum(np.sqrt((gap * gap).sum(axis=2)), 1e-9)
        pull = -weight * wanted / distance
        np.fill_diagonal(pull, 0.0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        points = np.round(inverse @ (pull @ points), _DECIMALS)
    return points


def _ways(count: int, pairs: Indices) -> Points:
    """Length of the shortest way between every two nodes; links of hubs are longer, so that their many neighbours have room."""
    import numpy as np

    linked = np.zeros((count, count), dtype=bool)
    linked[pairs[:, 0], pairs[:, 1]] = linked[pairs[:, 1], pairs[:, 0]] = True
    degree = linked.sum(axis=1)
    common = linked.astype(np.float64) @ linked.astype(np.float64)
    apart = np.sqrt(np.maximum(degree[:, None] + degree[None, :] - 2 * common, 1.0))
    ways: Points = np.where(linked, 1.0 + 0.35 * apart, np.inf)
    np.fill_diagonal(ways, 0.0)
    for middle in range(count):
        ways = np.minimum(ways, ways[:, middle, None] + ways[None, middle, :])
    return ways
