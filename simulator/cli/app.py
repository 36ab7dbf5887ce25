"""`mbdr app`."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli.command import Between, Command, More, Name
from simulator.cli.terminal import remark
from simulator.notation.letters import visible
from simulator.refusal import Refused


@click.command(cls=Command)
@click.argument("scenario", metavar="[SCENARIO]", required=False, type=Name(path_type=Path))
@click.option(
    "--port",
    type=Between(0, 65_535),
    help="The port; 0 for any that is free.",
    cls=More,
)
@click.option("--open/--no-open", "opens", default=True, help="Open the browser, or not.")
@click.option(
    "--folder",
    type=Name(path_type=Path),
    metavar="DIR",
    help="List the scenarios of a folder, and save there.",
)
@click.option(
    "--static",
    "site_folder",
    type=Name(path_type=Path),
    metavar="DIR",
    help="Write the app as a site that needs no server (extra static), and end.",
)
@click.option(
    "--wheels",
    type=Name(path_type=Path),
    metavar="DIR",
    help="Of the site: a Pyodide distribution, whose numpy answers many paths.",
)
def app(
    scenario: Path | None,
    port: int | None,
    opens: bool,
    folder: Path | None,
    site_folder: Path | None,
    wheels: Path | None,
) -> None:
    """The same answers in a browser (extra app).

    With sliders; nothing leaves this machine.

    \b
    Examples:
      mbdr app
      mbdr app scenarios/emily.yaml --no-open
      mbdr app --static site
    """
    if site_folder is not None:
        _write_site(site_folder, wheels)
        return
    from simulator.app.server.serving import demand_libraries, listening, serve
    from simulator.app.start import opened
    from simulator.files.opened import is_folder

    demand_libraries()
    if folder is not None and not is_folder(folder):
        raise Refused(f"{visible(str(folder))}: there is no such folder", "folder")
    first = opened(scenario) if scenario is not None else None

    def ready(address: str) -> None:
        import webbrowser

        remark(f"the app is at {address} (Ctrl-C ends it)")
        if opens:
            webbrowser.open(address)

    serve(listening(port), folder.resolve() if folder else None, first, ready)


def _write_site(folder: Path, wheels: Path | None) -> None:
    from simulator.app.static.site import site

    written = site(folder, wheels)
    remark(f"wrote {visible(str(folder))}: {len(written)} files for any web host")
