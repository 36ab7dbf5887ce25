"""The page on paper: a PDF in the page's own print layout."""

PAPER = (
    "a PDF needs the library weasyprint and Debian's libpango: pip install 'mbdr-simulator[pdf]'"
)


class NoPaper(ImportError):
    """The extra that makes a PDF is not installed, or the system's library that it draws with."""


def paper(html: str) -> bytes:
    """A page as a PDF.

    Args:
        html: What `page` gives.

    Raises:
        NoPaper: The extra `pdf` is not installed.
    """
    try:
        from weasyprint import HTML, URLFetcher
    except (ImportError, OSError) as error:
        raise NoPaper(PAPER) from error
    alone = URLFetcher(allowed_protocols=["data"], fail_on_errors=True)
    return bytes(HTML(string=html, url_fetcher=alone).write_pdf())
