"""A picture as a part of a page: its drawing alone, in the page's colours and with the page's letters.

The drawing library writes a file of its own; here what a page needs of it is kept. Colours become the page's
variables, so that the same drawing is light, dark or on paper; coordinates lose the digits that nobody sees.
"""

import re
from itertools import count
from xml.etree import ElementTree

from matplotlib.figure import Figure

from simulator.report.page.client_words import to_client
from simulator.report.palette import LIGHT, variables
from simulator.report.pictures import image

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"

NUMBER = re.compile(r"-?\d+\.\d+")
UNSEEN = {"title", "metadata", "style"}
"""What a drawing says of itself: the page says it."""

OWN_FONT = re.compile(r"font-family: [^;]*(; )?")
REFERENCE = re.compile(r"url\(#([\w-]+)\)|^#([\w-]+)$")


COLORS = {color: f"var(--{name})" for name, color in variables(LIGHT).items()}
ANY_COLOR = re.compile("|".join(COLORS))


def inline(figure: Figure, name: str, kind: str) -> str:
    """A picture as an element of a page.

    Args:
        figure: A picture in the light colours.
        name: Of the picture on its page: no other's names are the same.
        kind: Its class on the page.
    """
    drawing = ElementTree.fromstring(image(figure, ".svg", letters="none"))
    named = _names(drawing, name)
    for element in drawing.iter():
        _slimmed(element, named)
    _seen(drawing)
    words = {"class": kind, "role": "img", "aria-label": str(figure.get_label())}
    drawing.attrib = {"viewBox": drawing.attrib["viewBox"], **words}
    markup = ElementTree.tostring(drawing, encoding="unicode", short_empty_elements=False)
    return re.sub(r">\s+<", "><", markup.replace("xmlns:ns0=", "xmlns=").replace("ns0:", ""))


def _names(drawing: ElementTree.Element, name: str) -> dict[str, str]:
    """What is referred to within the drawing, with a name that is its own on the page."""
    numbers = count(1)
    wanted: dict[str, str] = {}
    for element in drawing.iter():
        for value in element.attrib.values():
            for match in REFERENCE.finditer(value):
                wanted.setdefault(match[1] or match[2], f"{name}-{next(numbers)}")
    return wanted


def _slimmed(element: ElementTree.Element, named: dict[str, str]) -> None:
    """An element with what a page needs of it."""
    kept: dict[str, str] = {}
    for key, value in element.attrib.items():
        if key == "id":
            if value in named:
                kept["id"] = named[value]
        elif key == "transform" and value.startswith("rotate(-0"):
            continue
        elif key == "style":
            style = OWN_FONT.sub("", value).replace("; ", ";").replace(": ", ":")
            kept[key] = ANY_COLOR.sub(lambda color: COLORS[color[0]], style)
        else:
            within = REFERENCE.sub(lambda match: _renamed(match, named), value)
            short = NUMBER.sub(_rounded, within) if key != "id" else within
            kept[key.removeprefix(XLINK)] = " ".join(short.split())
    element.attrib = kept
    element.tail = None
    element.text = to_client(element.text) if element.text and element.text.strip() else None


def _renamed(match: re.Match[str], named: dict[str, str]) -> str:
    return f"url(#{named[match[1]]})" if match[1] else f"#{named[match[2]]}"


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0").replace("-0.0", "0")


def _seen(element: ElementTree.Element) -> list[ElementTree.Element]:
    """What is seen of an element: itself, or in place of a group what is in it."""
    below = [seen for child in element for seen in _seen(child)]
    element[:] = below
    tag, style = element.tag.removeprefix(SVG), element.attrib.get("style", "")
    if tag in UNSEEN or (tag == "path" and "fill:none" in style and "stroke" not in style):
        return []
    if tag == "text" and not element.text:
        return []
    if tag in ("g", "defs") and not (below and element.attrib):
        return below if tag == "g" else [element] * bool(below)
    return [element]
