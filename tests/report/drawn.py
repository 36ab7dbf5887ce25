"""What stands on a picture, and whether it can be read."""

from collections.abc import Iterator
from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text


def title(figure: Figure) -> str:
    """The title on one line."""
    return figure.get_suptitle().replace("\n", " ")


def label(figure: Figure) -> str:
    """What those are told who do not see it."""
    return str(figure.get_label())


def texts(figure: Figure) -> Iterator[Text]:
    """Every text that is seen, where drawing puts it; no pixel is needed for that."""
    FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    yield from (
        text
        for text in figure.findobj(Text)
        if isinstance(text, Text) and text.get_visible() and text.get_text().strip()
    )


def assert_readable(figure: Figure) -> None:
    """No text covers another, and all are inside."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(figure)]
    assert boxes
    for words, box in boxes:
        inside = (
            box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1
        )
        assert inside, f"{words!r} leaves the page: {box}"
    for (one, box), (other, over) in combinations(boxes, 2):
        across = min(box.x1, over.x1) - max(box.x0, over.x0)
        down = min(box.y1, over.y1) - max(box.y0, over.y0)
        assert across <= 1 or down <= 1, f"{one!r} and {other!r} overlap"
