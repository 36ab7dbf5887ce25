"""Takes the picture of the app in a browser, with the fonts that are here: `python docs/pictures/app.py`."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.app.running import SCENARIOS, Started  # noqa: E402
from tests.browser import chromium, sized, until  # noqa: E402

PICTURE = Path(__file__).with_name("app.png")


def main() -> None:
    """Starts the app, and takes the picture of an answer."""
    app, browser = Started(str(SCENARIOS / "uneven-year.yaml")), chromium()
    sized(browser, 1280)
    size = {"width": 1440, "height": 1100, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
    browser.get(app.address)
    until(browser, "document.querySelector('#delay svg') && !document.querySelector('[aria-busy]')")
    with Image.open(BytesIO(browser.get_screenshot_as_png())) as taken:
        taken.convert("P", palette=Image.Palette.ADAPTIVE, colors=96).save(PICTURE, optimize=True)
    browser.quit()
    app.close()


if __name__ == "__main__":
    main()
