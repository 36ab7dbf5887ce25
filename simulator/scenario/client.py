"""Whom a page is made for, by whom and when: what is written on it beside the answer."""

from pydantic import Field

from simulator.notation.fields import DayOrNone, Specification, Text


class Client(Specification):
    """Whom the page is made for, by whom and when; no figure depends on it."""

    name: Text = Field(
        "",
        description="On the page's head, and as the recipient of its Forms 1099-R.",
        examples=["Emily Baker"],
    )
    prepared_by: Text = Field("", description="Who made it.", examples=["A. Adviser"])
    date: DayOrNone = Field(None, description="The day on which it was made.")
    note: Text = Field("", description="What you say to the client, below the answer.")
