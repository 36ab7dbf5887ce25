"""A picture as a file: png, svg or pdf, with its words in it, and the same bytes each time."""

from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from simulator.files.whole import write
from simulator.refusal import Refused
from simulator.report.pictures.endings import IMAGES
from simulator.report.pictures.style import styled

METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None},
    "pdf": {"CreationDate": None},
}
"""What is left out of each kind of file, so that the same picture is the same bytes."""


class UnknownImage(Refused):
    """A picture was asked for in a format that there is none of."""

    def __init__(self, suffix: str):
        super().__init__(f"'{suffix}' is not an image format; write one of {', '.join(IMAGES)}")


def image(figure: Figure, suffix: str, letters: str = "path") -> bytes:
    """A picture as the bytes of a file with a suffix: .png, .svg, .pdf.

    Args:
        figure: The picture.
        suffix: What kind of file.
        letters: Of an svg: "path" for their outlines, "none" for text that the reader's own font draws.

    Raises:
        UnknownImage: Another suffix.
    """
    form = suffix.lower().removeprefix(".")
    if form not in METADATA:
        raise UnknownImage(suffix)
    title = {"Title": " ".join(figure.get_suptitle().split())}
    about = {"Subject" if form == "pdf" else "Description": str(figure.get_label())}
    out = BytesIO()
    with styled(svg__fonttype=letters):
        figure.savefig(out, format=form, metadata=METADATA[form] | title | about)
    return out.getvalue()


def save(figure: Figure, file: Path) -> None:
    """Writes a picture in the format of the file's suffix.

    Raises:
        UnknownImage: A suffix other than .png, .svg, .pdf.
        OSError: It cannot be written.
    """
    write(file, image(figure, file.suffix))
