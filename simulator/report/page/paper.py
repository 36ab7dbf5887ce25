"""The page on paper: a PDF in the page's own print layout."""

import re

from simulator.refusal import Refused
from simulator.report.palette import LIGHT, variables

PAPER = (
    "a PDF needs the library weasyprint and Debian's libpango: pip install 'mbdr-simulator[pdf]'"
)

SVG = re.compile(r"<svg [^>]*?class=\"(\w+)\"[^>]*?aria-label=\"([^\"]*)\"[^>]*>.*?</svg>", re.S)
COLOR = re.compile(r"var\(--([\w-]+)\)")
ON_PAPER = variables(LIGHT)

SHEET = """
@page {{ size: {size}; }}
* {{ overflow-wrap: break-word !important; }}
tbody th {{ max-width: 14rem; }}
"""
"""Beside the page's own style: to try each letter of a word as a line's end takes the library minutes."""

TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")
LETTER = r"(?:&#?\w+;|[^\s&])"
LONG = re.compile(rf"{LETTER}{{64,79}}?(?=[\w&])|{LETTER}{{80}}")
"""As much of a word as stays in one piece; an accent stays with its letter, a SHA-256 whole."""


class NoPaper(Refused):
    """The extra that makes a PDF is not installed, or the system's library that it draws with."""

    argument = "pdf"


def demand_paper() -> None:
    """Raises `NoPaper` where the extra `pdf`, or what it needs of the system, is not installed."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        raise NoPaper(PAPER) from error


def paper(html: str, size: str = "letter") -> bytes:
    """A page as a PDF, tagged for those who have it read aloud.

    Args:
        html: What `page` gives.
        size: The sheet, as style sheets name it: `letter`, `A4`, `legal landscape`.

    Raises:
        NoPaper: The extra `pdf` is not installed.
    """
    demand_paper()
    from weasyprint import CSS, HTML, URLFetcher

    alone = URLFetcher(allowed_protocols=["data"], fail_on_errors=True)
    sheet = CSS(string=SHEET.format(size=size))
    document = HTML(string=breakable(on_paper(html)), url_fetcher=alone)
    return bytes(document.write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1"))


def on_paper(html: str) -> str:
    """A page with the pictures that are printed."""
    return SVG.sub(_drawn, html)


def _drawn(picture: re.Match[str]) -> str:
    """A picture for the library: the wide one alone, in the colours of paper, its words as its title."""
    if picture[1] == "narrow":
        return ""
    begin, end, rest = COLOR.sub(lambda color: ON_PAPER[color[1]], picture[0]).partition(">")
    return f"{begin}{end}<title>{picture[2]}</title>{rest}"


def breakable(html: str) -> str:
    """The page with places to break within words that no line can hold."""
    head, end, body = html.partition("</head>")
    return head + end + TEXT.sub(lambda text: LONG.sub(r"\g<0><wbr>", text[0]), body)
