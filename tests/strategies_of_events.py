"""Random life events, as a file would have them."""

from datetime import date

from hypothesis import strategies as st

from simulator.conversion.life_events import AcpRefund, LifeEvent, Separation, Withdrawal


@st.composite
def events(draw: st.DrawFn, first: int, last: int) -> list[dict[str, object]]:
    """Up to four life events: one separation at most, withdrawals, refunds of years."""
    days = st.dates(date(first, 1, 1), date(last + 1, 6, 30)).map(str)
    drawn: list[dict[str, object]] = []
    amounts = st.one_of(
        st.just("all"),
        st.integers(1, 4_000_000).map(lambda cents: f"${cents // 100}.{cents % 100:02d}"),
    )
    for _ in range(draw(st.integers(0, 2))):
        drawn.append({"kind": "withdrawal", "date": draw(days), "amount": draw(amounts)})
    if draw(st.integers(0, 2)) == 0:
        payout = draw(st.sampled_from(["split", "roth-ira", "cash", "stay"]))
        drawn.append({"kind": "separation", "date": draw(days), "payout": payout})
    if draw(st.integers(0, 2)) == 0:
        year = draw(st.integers(first, last))
        paid = st.dates(date(year + 1, 1, 1), date(max(year + 1, last + 1), 6, 30)).map(str)
        share = draw(st.sampled_from(["1%", "15%", "50%", "100%"]))
        drawn.append({"kind": "acp-refund", "date": draw(paid), "year": year, "amount": share})
    return draw(st.permutations(drawn))


def read(event: dict[str, object]) -> LifeEvent:
    """An event of a document."""
    kinds = {"separation": Separation, "withdrawal": Withdrawal, "acp-refund": AcpRefund}
    return kinds[str(event["kind"])].model_validate(event)  # type: ignore[return-value]
