"""Booked slots: who comes, and who bears the loss of a no-show, with and without deposit and cover."""

from typing import ClassVar

import pandas as pd

from kit.analysis.outcome import Outcome, in_unit, outcome
from kit.economics.matching import outside_offer, showing_up
from kit.parameters.levers import Levers, lever
from kit.parameters.sourced import value


class Booking(Levers):
    """The terms of a booked slot: the promoter's deposit (yuan) and the part of a no-show's loss that is covered."""

    group: ClassVar[str] = "booking"

    deposit: float = lever(0.0, 20_000.0, "yuan", default=lambda: value("alliance.deposit"), step=100)
    cover: float = lever(0.0, 1.0, "share", default=lambda: value("alliance.no_show_cover"), step=0.01)


@outcome
def no_shows(booking: Booking, assume: Levers) -> Outcome:
    """Return who bears the average ``loss`` (yuan) of no-shows per booking: one row is (design, bearer).

    ``design`` in nothing, cover, deposit, both; ``bearer`` in chain (supply chain and leader: what is not made good),
    platform (its cover), promoter (its deposit, up to the loss).
    """
    earning = assume.session_sales * value("alliance.commission") * (1 - value("alliance.platform_cut"))
    outside = outside_offer(earning, assume.no_show_rate)
    designs = {"nothing": (0.0, 0.0), "cover": (0.0, booking.cover), "deposit": (booking.deposit, 0.0)}
    designs["both"] = (booking.deposit, booking.cover)
    finding = in_unit("yuan", earning=earning, loss=assume.no_show_loss, deposit=booking.deposit)
    finding |= in_unit("share", covered=booking.cover)
    rows = []
    for design, (deposit, cover) in designs.items():
        missing = 1 - showing_up(earning, deposit, outside)
        forfeit = min(deposit, assume.no_show_loss)
        top_up = max(0.0, cover * assume.no_show_loss - forfeit)
        borne = {"chain": assume.no_show_loss - forfeit - top_up, "platform": top_up, "promoter": forfeit}
        rows += [(design, bearer, missing * loss) for bearer, loss in borne.items()]
        finding[f"rate_{design}"] = (missing, "share")
        finding[f"platform_{design}"] = (missing * top_up, "yuan")
    return pd.DataFrame(rows, columns=["design", "bearer", "loss"]), finding
