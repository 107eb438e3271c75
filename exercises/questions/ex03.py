"""Questions on Fan Xing (lesson 03)."""

import random

from kit.course.exercises.question import Mistake, Question
from kit.course.exercises.question_types import Choice, Code, Number, Predict, Relation, Tune, same_result
from kit.course.exercises.variants import Variant
from kit.course.lessons import Words
from kit.economics.fees import Scale, fee_total
from kit.outcomes.newcomers import credit_market, savings
from kit.parameters.sourced import assumptions, value
from kit.policies.policy import policy

RATES = {"fee": "fan_xing.fee", "cap": "fan_xing.cap", "standard": "standard_fee"}


def fee(sales: float, reading: str = "marginal") -> float:
    return fee_total(sales, Scale(value("fan_xing.fee"), value("fan_xing.cap"), value("standard_fee"), reading))


past_cap = Question(
    id="ex03.fee_past_cap",
    title=Words(en="1. The fee past the cap", zh="1. 卖过上限，交多少技术服务费"),
    prompt=Words(
        en="Your shop is in the plan and has settled {sales} so far. The fee is {fee} up to {cap} and {standard} beyond, "
        "on each part of the sales (marginal reading). How much technical fee have you paid in all? Write the unit too.",
        zh="你的店在计划里，到现在为止结算了{sales}。{cap}以内按{fee}收技术服务费，超出的部分按{standard}收（分段计费）。"
        "一共交了多少技术服务费？请连单位一起写。",
    ),
    kind=Number("yuan", tolerance=0, within=0.5),
    variants={"sales": Variant(105_000, 198_000, 100, "yuan")},
    facts=RATES,
    right=(
        lambda own: fee(own["sales"]),
        # The standard fee on everything, less what the plan saves up to the cap.
        lambda own: (
            value("standard_fee") * own["sales"]
            - (value("standard_fee") - value("fan_xing.fee")) * value("fan_xing.cap")
        ),
    ),
    mistakes=(
        Mistake(
            "whole_base",
            lambda own: fee(own["sales"], "whole"),
            Words(
                en="That is the standard fee on everything: the whole-base reading. On the marginal reading the sales "
                "below the cap keep the reduced fee.",
                zh="这是全部销售额都按标准费率收，也就是全额计费。分段计费时，上限以内的部分仍按优惠费率收。",
            ),
        ),
        Mistake(
            "cap_forgotten",
            lambda own: value("fan_xing.fee") * own["sales"],
            Words(
                en="That is the reduced fee on everything. It holds up to the cap alone; what lies beyond pays the "
                "standard fee.",
                zh="这是全部按优惠费率收。优惠只到上限为止，超出的部分要按标准费率交。",
            ),
        ),
        Mistake(
            "saved",
            lambda own: value("standard_fee") * own["sales"] - fee(own["sales"]),
            Words(
                en="That is what the plan saves you. The question is what you pay.",
                zh="这是计划帮你省下的钱。题目问的是交了多少。",
            ),
        ),
    ),
    hints=(
        Words(en="Cut the sales in two at the cap.", zh="在上限处把销售额切成两段。"),
        Words(en="The first part pays {fee}, the rest pays {standard}.", zh="第一段按{fee}交，剩下的按{standard}交。"),
    ),
    solution=Words(
        en="{fee} of {cap}, and {standard} of what lies beyond: {answer} in all.",
        zh="{cap}乘{fee}，加上超出部分乘{standard}，一共{answer}。",
    ),
)

BY_DAY = """
def fees_by_day(sales, fee, cap, standard):
    fees, so_far = [], 0.0
    for today in sales:
        below = max(0.0, min(today, cap - so_far))
        fees.append(fee * below + standard * (today - below))
        so_far += today
    return fees
"""
BY_TOTAL = """
def fees_by_day(sales, fee, cap, standard):
    after = np.cumsum(sales)
    owed = fee * np.minimum(after, cap) + standard * np.maximum(after - cap, 0)
    return pd.Series(np.diff(np.append(0, owed)))
"""
EACH_DAY_ALONE = """
def fees_by_day(sales, fee, cap, standard):
    return [fee * min(today, cap) + standard * max(today - cap, 0) for today in sales]
"""
DAY_OF_THE_CAP = """
def fees_by_day(sales, fee, cap, standard):
    fees, so_far = [], 0
    for today in sales:
        so_far += today
        fees.append((fee if so_far <= cap else standard) * today)
    return fees
"""


def days(draw: random.Random) -> list:
    """Some weeks of a shop: most pass the cap on a day in the middle, one never does."""
    cases = []
    for n in range(6):
        sales = [round(draw.uniform(500, 9_000), 2) for _ in range(draw.randint(4, 9))]
        part = 1.5 if n == 5 else draw.uniform(0.3, 0.8)
        low = draw.randint(0, 20) / 1000
        cases.append([sales, low, float(round(part * sum(sales))), low + draw.randint(10, 60) / 1000])
    return cases


by_day = Question(
    id="ex03.fees_by_day",
    title=Words(en="2. The fee, day by day (code)", zh="2. 每天交多少技术服务费（写代码）"),
    prompt=Words(
        en="Write a function fees_by_day(sales, fee, cap, standard). It takes the settled sales of each day (a list, "
        "yuan) and returns the technical fee of each day (marginal reading): fee up to the cap of all sales so far, "
        "standard beyond. The days must add up to the fee of the total. Plain Python, math, numpy and pandas are there "
        "when it is graded; the kit is not.",
        zh="写一个函数 fees_by_day(sales, fee, cap, standard)。sales 是每天的结算销售额（列表，单位元），"
        "返回每天的技术服务费（分段计费）：累计销售额到上限为止按 fee 收，超出的按 standard 收。"
        "各天相加，要等于按总额算出的技术服务费。评分时可以用 Python 自带的功能、math、numpy 和 pandas，不能用 kit。",
    ),
    kind=Code(
        "fees_by_day",
        starter="def fees_by_day(sales, fee, cap, standard):\n    return None\n",
        cases=days,
        tolerance=0.006,
        relations=(
            Relation(
                "order_of_days",
                lambda sales, *rates: [sales[::-1], *rates],
                lambda one, turned, within: same_result(sum(one), sum(turned), len(one) * within),
                Words(
                    en="The same days turned round add up to another fee. On the marginal reading only the total counts.",
                    zh="同样几天倒过来排，加起来的技术服务费就变了。分段计费只看总额。",
                ),
            ),
            Relation(
                "scale_of_sales",
                lambda sales, fee, cap, standard: [[2 * today for today in sales], fee, 2 * cap, standard],
                lambda one, double, within: same_result([2 * fee for fee in one], double, 2 * within),
                Words(
                    en="Twice the sales under twice the cap do not give twice the fees.",
                    zh="销售额和上限都翻一倍，技术服务费却没有翻一倍。",
                ),
            ),
        ),
    ),
    right=(lambda own: BY_DAY, lambda own: BY_TOTAL),
    mistakes=(
        Mistake(
            "each_day_alone",
            lambda own: EACH_DAY_ALONE,
            Words(
                en="Each day starts with a fresh cap. The cap counts the sales of all days so far.",
                zh="你让每天都从零开始算上限。上限看的是到当天为止的累计销售额。",
            ),
        ),
        Mistake(
            "day_of_the_cap",
            lambda own: DAY_OF_THE_CAP,
            Words(
                en="The day that passes the cap pays the standard fee on all of its sales. Only what lies beyond the cap "
                "does.",
                zh="卖过上限的那天，你让全天的销售额都按标准费率交了。只有超出上限的部分才按标准费率交。",
            ),
        ),
    ),
    hints=(
        Words(en="Keep the sum of the sales so far.", zh="用一个变量记住到目前为止的累计销售额。"),
        Words(
            en="A day's fee is the fee on the sum after it, less the fee on the sum before it.",
            zh="当天的技术服务费，等于当天之后的累计额应交的，减去当天之前的累计额应交的。",
        ),
    ),
    solution=Words(
        en="Split each day's sales at what is left below the cap. Another way: the fee on the sum after, less before.",
        zh="把每天的销售额在上限剩余处切开。另一种写法：累计额应交的费用，后一天减前一天。",
    ),
)


def crowd():
    levers = ["assume.newcomers_per_day", "assume.supply_fixity"]
    return (policy("fan_xing"), assumptions()), levers, credit_market


def bought(newcomers: float, name: str = "views_full") -> float:
    assume = assumptions().but({"assume.newcomers_per_day": newcomers})
    return credit_market(policy("fan_xing"), assume).attrs["finding"][name][0]


crowded = Question(
    id="ex03.crowded",
    title=Words(en="3. More newcomers, the same market", zh="3. 新商家多了，流量没多"),
    prompt=Words(
        en="{newcomers} enter a day, more than assumed, each with its free credit, and the market is full. What will one "
        "newcomer's credit buy? Commit to a guess first; then find it with the panel: how many impressions does one "
        "credit buy in a full market?",
        zh="每天有{newcomers}入驻，比假设的多，家家都拿到免费粉条，而流量是饱和的。一家的粉条能买到多少？"
        "先定下你的猜测，再用面板查出来：流量饱和时，一家的粉条买到多少次曝光？",
    ),
    kind=Predict(
        guesses={
            "less": Words(en="Far less: everyone shares", zh="少很多：大家分嘛"),
            "little": Words(en="Hardly less", zh="几乎不少"),
            "same": Words(en="Exactly as much: credit is credit", zh="一点不少：粉条就是粉条"),
        },
        number=Number("impressions", tolerance=0, within=0.55),
        panel=crowd,
    ),
    variants={"newcomers": Variant(1_200, 4_000, 10, "merchants")},
    right=(
        lambda own: {"guess": "little", "found": bought(own["newcomers"])},
        # By hand: in a full market the impressions are fixed, so a yuan buys B / (B + K) of what it bought.
        lambda own: {"guess": "less", "found": by_hand(own["newcomers"])},
    ),
    mistakes=(
        Mistake(
            "idle",
            lambda own: {"guess": "same", "found": bought(own["newcomers"], "views_idle")},
            Words(
                en="That is the idle market, where there is exposure to spare. Look at the full one.",
                zh="这是流量富余时的数，那时还有多余的曝光。要看的是流量饱和时。",
            ),
        ),
        Mistake(
            "not_moved",
            lambda own: {"guess": "same", "found": bought(assumptions().newcomers_per_day)},
            Words(
                en="That is the full market with as many newcomers as assumed. Set the newcomers of the question first.",
                zh="这是流量饱和、但新商家数还没改的结果。请先把每天入驻的商家数改成题目里的。",
            ),
        ),
    ),
    hints=(
        Words(
            en="Type the number of newcomers into the field next to its slider.",
            zh="在滑块旁边的数字框里填上入驻商家数。",
        ),
        Words(
            en="The line is called “One credit buys, full market”.",
            zh="看“一家的粉条买到（流量饱和）”那一行。",
        ),
    ),
    solution=Words(
        en="{answer}. All credits together are small compared with the cash budgets, so crowding costs each newcomer little. "
        "The loss falls on those who pay cash.",
        zh="{answer}。粉条加在一起，和现金投放比起来很小，所以互相挤也挤不掉多少。真正少掉曝光的，是花现金的商家。",
    ),
)


def by_hand(newcomers: float) -> float:
    finding = credit_market(policy("fan_xing"), assumptions()).attrs["finding"]
    cash, credits = finding["budget"][0], newcomers * value("fan_xing.credit")
    return finding["views_idle"][0] * cash / (cash + credits)


who_pays = Question(
    id="ex03.who_pays",
    title=Words(en="4. Who pays?", zh="4. 谁买单？"),
    prompt=Words(
        en="In a full market, as computed in the lesson: who bears the cost of the free credit?",
        zh="按这一课的算法，流量饱和时，免费粉条由谁买单？",
    ),
    kind=Choice(
        {
            "platform": Words(en="The platform: it pays the credit out in cash", zh="平台：粉条都是它掏的现金"),
            "nobody": Words(en="Nobody: unsold exposure is given away", zh="没有人：送的是卖不掉的曝光"),
            "others": Words(
                en="Merchants who pay cash: they get less exposure for the same money",
                zh="花现金投放的商家：花一样的钱，曝光少了",
            ),
            "buyers": Words(en="Buyers: prices rise by the credit", zh="买家：价格涨了一个粉条的钱"),
        }
    ),
    right=(
        lambda own: "others",
        # By the model: exposure of cash advertisers falls while their budgets stay.
        lambda own: (
            "others" if credit_market(policy("fan_xing"), assumptions()).attrs["finding"]["lost_full"][0] else ""
        ),
    ),
    mistakes=(
        Mistake(
            "credit_for_cash",
            lambda own: "platform",
            Words(
                en="A credit is exposure, not cash: the platform's cash budgets stay as they were.",
                zh="粉条是曝光，不是现金：平台收到的现金投放一分没少。",
            ),
        ),
        Mistake(
            "idle_market",
            lambda own: "nobody",
            Words(
                en="So it is in an idle market. In a full one there is nothing unsold to give away.",
                zh="流量富余时是这样。流量饱和时，没有卖不掉的曝光可送。",
            ),
        ),
        Mistake(
            "prices",
            lambda own: "buyers",
            Words(
                en="The lesson's auction moves exposure, not the prices of goods.",
                zh="这一课里变的是曝光怎么分，商品价格没有动。",
            ),
        ),
    ),
    hints=(
        Words(en="What newcomers get must come from somewhere.", zh="新商家多拿的曝光，总得有个来处。"),
        Words(
            en="Look at the bars of cash advertisers in the panel of the lesson.",
            zh="看这一课面板里现金投放商家的那几条。",
        ),
    ),
    solution=Words(
        en="Merchants who pay cash. Their budgets stay, their exposure falls.",
        zh="花现金投放的商家：钱照花，曝光少了。",
    ),
)


def scales():
    return (policy("fan_xing"), assumptions()), ["fan_xing.cap", "fan_xing.fee"], savings


def announced(name: str) -> float:
    return savings(policy("fan_xing"), assumptions()).attrs["finding"][name][0]


def typical_keeps(found: dict) -> bool:
    return found["by_median"] >= 0.99 * announced("by_median")


def large_half(found: dict) -> bool:
    return abs(found["by_large"] / announced("by_large") - 0.5) <= 0.02


half = Question(
    id="ex03.half_for_the_large",
    title=Words(en="5. Tune: half for the large", zh="5. 调政策：大店减半"),
    prompt=Words(
        en="Move the cap and the reduced fee until the median newcomer saves at least as much as under the plan as "
        "announced, and the large shop in the table saves half (within 2% of what it saved).",
        zh="调整优惠上限和优惠费率：让中位数的新商家至少省得和公布的计划一样多，而表里的大店只省一半"
        "（误差不超过原来所省金额的百分之二）。",
    ),
    kind=Tune(scales, lambda found: typical_keeps(found) and large_half(found)),
    right=(
        lambda own: {"fan_xing.cap": 0.5 * value("fan_xing.cap")},
        lambda own: {
            "fan_xing.fee": 0.0,
            "fan_xing.cap": 0.5 * announced("by_large") / value("standard_fee"),
        },
    ),
    mistakes=(
        Mistake(
            "fee_raised",
            lambda own: {"fan_xing.fee": 0.5 * (value("fan_xing.fee") + value("standard_fee"))},
            Words(
                en="The large save half, and so does everyone: a higher reduced fee takes from the small what it takes "
                "from the large. Only the cap tells them apart.",
                zh="大店省得少了一半，可人人都少了一半：优惠费率一提高，小店同样少省。能把大店和小店分开的只有上限。",
            ),
            when=lambda own, found: large_half(found) and not typical_keeps(found),
        ),
        Mistake(
            "cap_too_low",
            lambda own: {"fan_xing.cap": 0.05 * value("fan_xing.cap")},
            Words(
                en="Now the cap binds the median newcomer too.",
                zh="上限太低，连中位数的新商家也受限了。",
            ),
            when=lambda own, found: not large_half(found) and not typical_keeps(found),
        ),
        Mistake(
            "large_not_half",
            lambda own: {"fan_xing.cap": 0.8 * value("fan_xing.cap")},
            Words(
                en="The median newcomer is as well off as before; the large shop does not yet save half.",
                zh="中位数的新商家没有吃亏，但大店省下的还不是一半。",
            ),
            when=lambda own, found: typical_keeps(found) and not large_half(found),
        ),
    ),
    hints=(
        Words(en="Leave the reduced fee where it is.", zh="先别动优惠费率。"),
        Words(en="What a large shop saves grows with the cap.", zh="大店能省多少，跟着上限走。"),
    ),
    solution=Words(
        en="Halve the cap: the large save half, and the median newcomer never comes near it.",
        zh="上限减半：大店省的减半，中位数的新商家离上限还远。",
    ),
)

QUESTIONS = [past_cap, by_day, crowded, who_pays, half]
