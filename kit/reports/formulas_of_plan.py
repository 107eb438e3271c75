"""The plan's closed forms as a spreadsheet's formulas over named cells: the numbers that a merchant changes, live."""

from kit.programmes.fan_xing import credit_venue
from kit.reports.shop_plan import ShopPlan
from kit.shop.plan import granted

NEWTON = 40  # steps to the break-even discount: from the right of a convex function they cannot miss

_SHOP = ("daily_sales", "price", "margin", "return_rate", "days")
_OFFER = ("discount", "deals", "deal_price", "commission", "leader_fee", "promoted", "anyway")
_PLAN = ("fan_xing.credit", "fan_xing.fee", "fan_xing.cap", "festival.lift")


def inputs(plan: ShopPlan) -> list[tuple[str, str, float, str]]:
    """Return the cells that can be changed: name of the cell, lever (its label's key), value, unit."""
    cells = [(f"s_{name}", f"shop.{name}", getattr(plan.shop, name)) for name in _SHOP]
    cells += [(f"o_{name}", f"offer.{name}", getattr(plan.offer, name)) for name in _OFFER]
    cells += [(f"p_{name.partition('.')[2]}", name, plan.policy[name]) for name in _PLAN]
    cells += [(f"a_{name}", f"assume.{name}", getattr(plan.assume, name)) for name in _read_by_formulas(plan)]
    known = {**plan.shop.levers(), **plan.offer.levers(), **plan.policy.levers(), **plan.assume.levers()}
    return [(cell, key, amount, known[key].unit) for cell, key, amount in cells]


def _read_by_formulas(plan: ShopPlan) -> list[str]:
    written = " ".join(formula for _, formula, _ in results())
    return [name for name in plan.table.attrs["rests_on"] if f"a_{name}" in written]


def constants(plan: ShopPlan) -> list[tuple[str, float]]:
    """Return what the formulas take as it is: whether the shop is in the plan, its hours, the price of exposure."""
    fan_xing, _, inside, hours = granted(plan.policy, plan.shop, plan.assume)
    festival = plan.policy.programme("festival")
    return [
        ("c_in_plan", float(inside)),
        ("c_hours", hours),
        ("c_price_ratio", credit_venue(fan_xing, plan.assume).price_ratio),
        ("c_festival_days", float((festival.end - festival.start).days + 1)),
    ]


def results() -> list[tuple[str, str, str]]:
    """Return the formulas in the order in which they are reckoned: name of the cell, formula, unit ("": a step)."""
    fee, total = "a_standard_fee", "(r_settled+r_added)"
    h, lost, days = "a_need_hazard", "a_leak", "c_festival_days"
    steps = [
        ("r_settled", "s_daily_sales*(1-s_return_rate)*s_days", "yuan"),
        ("r_keep", "s_margin-s_return_rate/(1-s_return_rate)*a_return_cost/s_price", "share"),
        ("r_left", f"r_keep-{fee}", "share"),
        ("r_before", "r_settled*r_left", "yuan"),
        (
            "r_won",
            "c_in_plan*p_credit*a_views_per_yuan/c_price_ratio*a_entry_rate*a_viewer_conversion*(1-s_return_rate)*s_price",
            "yuan",
        ),
        ("r_added", "r_won+r_settled*a_coaching_lift*(1-2^(-c_hours/a_coaching_half))", "yuan"),
        (
            "r_fee",
            f"IF(c_in_plan=1,p_fee*MIN({total},p_cap)+{fee}*MAX({total}-p_cap,0),{fee}*{total})",
            "yuan",
        ),
        ("r_fee_whole", f"IF(c_in_plan=1,IF({total}<=p_cap,p_fee,{fee}),{fee})*{total}", "yuan"),
        ("r_fan_xing", f"{fee}*r_settled+r_added*r_keep-r_fee", "yuan"),
        ("r_fan_xing_whole", f"{fee}*r_settled+r_added*r_keep-r_fee_whole", "yuan"),
        (
            "r_coupon",
            f"r_settled*EXP(a_price_elasticity*o_discount)*(r_left-o_discount*(1-{fee}))-r_before",
            "yuan",
        ),
        ("r_deal_cost", f"s_price*(1-s_margin)-o_deal_price*(1-{fee})", "yuan"),
        ("r_gain", "s_price*r_left*(1-s_return_rate)", "yuan"),
        (
            "r_newcomer",
            "o_deals*((1-a_sybil_share)*r_gain*a_retention/(1+a_monthly_discount-a_retention)-r_deal_cost)",
            "yuan",
        ),
        ("r_lifted", f"MIN({h}*EXP(p_lift),1-{lost})", "share"),
        ("r_level", f"({h}+{lost})/(r_lifted+{lost})", "share"),
        ("r_gone", f"1-(1-r_lifted-{lost})^{days}", "share"),
        ("r_gross", f"(r_lifted*({days}*r_level+(1-r_level)*r_gone/(r_lifted+{lost}))-{h}*{days})/{h}", "days"),
        (
            "r_net",
            f"r_gross-(1-r_level)*r_gone*(1-(1-{h}-{lost})^(MAX(s_days,{days})-{days}))/({h}+{lost})",
            "days",
        ),
        (
            "r_festival",
            f"((1-a_impulse_share)*r_net+a_impulse_share*{days}*(EXP(p_lift)-1))*r_before/s_days",
            "yuan",
        ),
        ("r_commission_even", "MAX(r_keep-o_leader_fee-o_anyway*r_left,0)", "share"),
        ("r_alliance", "r_settled*o_promoted*(r_keep-o_leader_fee-o_anyway*r_left-o_commission)", "yuan"),
        ("r_again", "IF(r_gain>0,MAX(r_deal_cost/((1-a_sybil_share)*r_gain),0),-1)", "orders"),
        ("r_discount_best", f"MAX(r_left/(1-{fee})-1/a_price_elasticity,0)", "share"),
        ("r_d0", f"MAX(r_left/(1-{fee}),0.000001)", ""),
    ]
    fall = f"(1-{fee})"
    for n in range(NEWTON):
        back = f"EXP(-a_price_elasticity*r_d{n})"
        step = f"({fall}*r_d{n}-r_left*(1-{back}))/({fall}-r_left*a_price_elasticity*{back})"
        steps.append((f"r_d{n + 1}", f"IF(r_discount_best>0,r_d{n}-{step},0)", ""))
    return [*steps, ("r_discount_even", f"r_d{NEWTON}", "share")]
