"""A Brownian bridge over the sessions: the end first, then midpoints, so that the first draws matter most.

Which draw belongs to which session is fixed by the number of sessions alone. So only the sessions that are
asked for, and those they hang on, need be computed, and a path is the same whatever is asked of it.

Source: Glasserman (2003), Monte Carlo Methods in Financial Engineering, section 3.1.
"""

from collections.abc import Iterable
from functools import cache
from math import sqrt
from typing import NamedTuple


class Node(NamedTuple):
    """One step of the bridge: a session between two that are known.

    W there is `from_left` x W(left) + `from_right` x W(right) + `spread` x a normal draw.

    Attributes:
        place: The session, counted from the first, which is 0.
        left: The known session before it.
        right: The known session after it; for the end, itself.
        from_left: Weight of W(left).
        from_right: Weight of W(right).
        spread: Standard deviation of what is new.
        draw: The place of its draw on the path.
    """

    place: int
    left: int
    right: int
    from_left: float
    from_right: float
    spread: float
    draw: int


@cache
def bridge(steps: int) -> dict[int, Node]:
    """The nodes over `steps` sessions after the first, by place, in the order of their draws."""
    if steps < 1:
        return {}
    nodes = {steps: Node(steps, 0, steps, 1.0, 0.0, sqrt(steps), 0)}
    gaps = [(0, steps)]
    for left, right in gaps:  # grows while it is read: breadth first
        place = (left + right) // 2
        if place > left:
            width = right - left
            before, after = place - left, right - place
            spread = sqrt(before * after / width)
            node = Node(place, left, right, after / width, before / width, spread, len(nodes))
            nodes[place] = node
            gaps += [(left, place), (place, right)]
    return nodes


@cache
def reach(steps: int) -> float:
    """How far from 0 the motion can be at any of the sessions, where no draw is farther than 1."""
    farthest = {0: 0.0}
    for node in bridge(steps).values():
        left, right = farthest[node.left], farthest.get(node.right, 0.0)
        farthest[node.place] = node.from_left * left + node.from_right * right + node.spread
    return max(farthest.values())


def needed(steps: int, places: Iterable[int]) -> list[Node]:
    """The nodes that some sessions hang on, each after those that it needs itself."""
    nodes = bridge(steps)
    found: dict[int, Node] = {}
    waiting = [place for place in places if 0 < place <= steps]
    while waiting:
        place = waiting.pop()
        if place not in found and place != 0:
            node = nodes[place]
            found[place] = node
            waiting += [node.left] if node.right == place else [node.left, node.right]
    return sorted(found.values(), key=lambda node: node.draw)
