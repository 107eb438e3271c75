"""Questions on people, goods and venue (lesson 01)."""

import random

from kit.course.exercises.question import Mistake, Question
from kit.course.exercises.question_types import Choice, Code, Match, Number, Relation, Tune, same_result
from kit.course.exercises.variants import Variant
from kit.course.lessons import Words
from kit.outcomes.august import days, needed, policy_factors, sizes
from kit.parameters.sourced import assumptions, value


def visits(own) -> float:
    return value("A04") * value("U05") * own["commerce"] / own["minutes"]


conversion = Question(
    id="ex01.conversion",
    title=Words(en="1. How many visits must end in an order?", zh="1. 进房的人里，要有多少下单？"),
    prompt=Words(
        en="Suppose that {commerce} of the {spent} of each of the {users} goes to commerce, and a visit lasts {minutes}. "
        "August (31 days) had {orders}. Which share of visits must end in an order? Answer in per cent, such as 4%.",
        zh="假设{users}每人每天花{spent}，其中{commerce}用来看电商，每次进直播间停留{minutes}。8 月（31天）有{orders}。"
        "每次进房得有多大比例下单？用百分数回答，比如4%。",
    ),
    kind=Number("share", tolerance=0.01),
    variants={"commerce": Variant(0.05, 0.2, 0.001, "share"), "minutes": Variant(1.0, 3.0, 0.1, "minutes")},
    facts={"users": "A04", "spent": "U05", "orders": "A01"},
    right=(
        lambda own: value("A01") / days() / visits(own),
        # By the model, at the same settings.
        lambda own: needed(
            assumptions().but({"assume.commerce_share": own["commerce"], "assume.minutes_per_visit": own["minutes"]})
        ).attrs["finding"]["required"][0],
    ),
    mistakes=(
        Mistake(
            "month_over_day",
            lambda own: value("A01") / visits(own),
            Words(
                en="You set the orders of a month against the visits of a day.",
                zh="你拿一个月的订单去比一天的进房次数。",
            ),
        ),
        Mistake(
            "per_user",
            lambda own: value("A01") / days() / value("A04"),
            Words(
                en="That is orders per user and day. The question is about visits; a user makes several.",
                zh="这是每人每天的订单。题目问的是每次进房，一个人一天不止进一次。",
            ),
        ),
        Mistake(
            "upside_down",
            lambda own: visits(own) / (value("A01") / days()),
            Words(
                en="Upside down: that is visits per order.",
                zh="反过来了：这是每一单要多少次进房。",
            ),
            when=lambda own, seen: (
                min(abs(k * seen * value("A01") / days() / visits(own) - 1) for k in (1, 100)) < 0.01
            ),
        ),
    ),
    hints=(
        Words(
            en="First the visits a day: users × minutes on commerce ÷ minutes a visit.",
            zh="先算一天的进房次数：用户数 × 看电商的分钟数 ÷ 每次停留的分钟数。",
        ),
        Words(en="Then the orders of one day, over the visits of one day.", zh="再用一天的订单除以一天的进房次数。"),
    ),
    solution=Words(
        en="Orders a day over visits a day: {answer}.",
        zh="一天的订单除以一天的进房次数：{answer}。",
    ),
)

identity = Question(
    id="ex01.identity",
    title=Words(en="2. More users than claimed", zh="2. 用户比公司说的多"),
    prompt=Words(
        en="The orders of August are known. It turns out that there were twice as many users a day as claimed. What "
        "follows for August?",
        zh="8 月的订单数是已知的。后来发现，每天的用户其实是公司说的两倍。对 8 月来说，这意味着什么？",
    ),
    kind=Choice(
        {
            "gmv_doubles": Words(en="GMV was twice as high", zh="GMV 也是两倍"),
            "per_user": Words(en="Orders per user were half as many", zh="每人的订单只有一半"),
            "merchants": Words(en="There were twice as many merchants", zh="商家也是两倍"),
            "value": Words(en="The order value was half as high", zh="客单价只有一半"),
        }
    ),
    right=(
        lambda own: "per_user",
        # By arithmetic: orders / (2 users) is half of orders / users, and GMV = orders x order value stays.
        lambda own: "per_user" if value("A01") / (2 * value("A04")) < value("A01") / value("A04") else "",
    ),
    mistakes=(
        Mistake(
            "identity_for_cause",
            lambda own: "gmv_doubles",
            Words(
                en="The identity does not say that users make orders: the orders are counted, and only their share per "
                "user changes.",
                zh="恒等式没有说用户多订单就多：订单是数出来的，变的只是摊到每人头上的数。",
            ),
        ),
        Mistake(
            "other_row",
            lambda own: "merchants",
            Words(
                en="Users and merchants stand in different products; one says nothing of the other.",
                zh="用户和商家在不同的式子里，彼此说明不了什么。",
            ),
        ),
        Mistake(
            "value_moved",
            lambda own: "value",
            Words(
                en="The order value is GMV over orders; users are in neither.",
                zh="客单价是 GMV 除以订单数，跟用户数没有关系。",
            ),
        ),
    ),
    hints=(
        Words(en="Write GMV as users × orders per user × order value.", zh="把 GMV 写成：用户 × 每人订单 × 客单价。"),
        Words(
            en="Which of the factors was counted, and which is a quotient?", zh="哪个因子是数出来的，哪个是除出来的？"
        ),
    ),
    solution=Words(
        en="Half as many orders per user: the product is fixed by the count of orders.",
        zh="每人的订单减半：订单总数是定的，乘积不变。",
    ),
)

MEASURES = ("fan_xing_fee", "belts", "card_pool", "brand_goods", "tilt")


def table() -> dict[str, str]:
    rows = policy_factors().set_index("act")["factor"]
    return {name: rows[name] for name in MEASURES}


FACTORS = {
    "fan_xing_fee": "merchants",
    "belts": "orders_per_visit",
    "card_pool": "users",
    "brand_goods": "order_value",
    "tilt": "orders_per_merchant",
}
measures = Question(
    id="ex01.measures",
    title=Words(en="3. Which factor does it move?", zh="3. 动的是哪个因子？"),
    prompt=Words(
        en="Match each measure of the autumn with the factor on which it works first, as the lesson reads it.",
        zh="给秋天的每项措施选出它首先动的因子（按这一课的理解）。",
    ),
    kind=Match(
        left={
            "fan_xing_fee": Words(en="Reduced fee for newcomers", zh="新商家技术服务费优惠"),
            "belts": Words(en="Goods from industrial belts", zh="产业带的货源"),
            "card_pool": Words(en="Pool of cash for card collectors", zh="集卡分现金"),
            "brand_goods": Words(en="Brand goods", zh="品牌正价商品"),
            "tilt": Words(en="Traffic tilted to small merchants", zh="流量倾斜给中小商家"),
        },
        right={
            "users": Words(en="users", zh="用户数"),
            "merchants": Words(en="merchants", zh="商家数"),
            "orders_per_merchant": Words(en="orders per merchant", zh="每家的订单"),
            "orders_per_visit": Words(en="orders per visit", zh="每次进房下单"),
            "order_value": Words(en="order value", zh="客单价"),
        },
    ),
    right=(lambda own: FACTORS, lambda own: table()),
    mistakes=(
        Mistake(
            "goods_swapped",
            lambda own: FACTORS | {"belts": "order_value", "brand_goods": "orders_per_visit"},
            Words(
                en="The two kinds of goods are swapped: belts give viewers something to buy at all, brand goods raise "
                "what an order is worth.",
                zh="两种货放反了：产业带让观众有货可买，品牌商品抬高每一单的价钱。",
            ),
        ),
        Mistake(
            "tilt_for_entry",
            lambda own: FACTORS | {"tilt": "merchants", "fan_xing_fee": "orders_per_merchant"},
            Words(
                en="A lower fee draws merchants in; a tilt of traffic only moves orders between those who are there.",
                zh="费率优惠吸引商家入驻；流量倾斜只是把订单在已有的商家之间挪一挪。",
            ),
        ),
    ),
    hints=(
        Words(
            en="Ask of each: who is to do something that they did not do before?",
            zh="每项措施先问一句：谁会做以前没做的事？",
        ),
        Words(en="The last table of the lesson lists them.", zh="这一课最后一张表里都有。"),
    ),
    solution=Words(
        en="Fee: merchants. Belts: orders per visit. Cards: users. Brand goods: order value. Tilt: orders per merchant.",
        zh="费率优惠：商家数。产业带：每次进房下单。集卡：用户数。品牌商品：客单价。流量倾斜：每家的订单。",
    ),
)

SORTED = """
def top_share(orders, part):
    largest = sorted(orders, reverse=True)[: int(part * len(orders))]
    return sum(largest) / sum(orders)
"""
BY_NUMPY = """
def top_share(orders, part):
    held = np.sort(np.asarray(orders, dtype=float))
    return held[-int(part * held.size):].sum() / held.sum()
"""
SMALLEST = """
def top_share(orders, part):
    return sum(sorted(orders)[: int(part * len(orders))]) / sum(orders)
"""
ALIKE = """
def top_share(orders, part):
    return part
"""
UNSORTED = """
def top_share(orders, part):
    return sum(orders[: int(part * len(orders))]) / sum(orders)
"""


def merchants(draw: random.Random) -> list:
    """Lists of merchants of very different sizes; the part is always a whole number of them."""
    cases = []
    for _ in range(5):
        count = 8 * draw.randint(2, 12)
        cases.append([[int(draw.lognormvariate(4, 1.5)) + 1 for _ in range(count)], draw.choice([0.125, 0.25, 0.5])])
    return cases


top = Question(
    id="ex01.top_share",
    title=Words(en="4. What the largest hold (code)", zh="4. 头部占多少（写代码）"),
    prompt=Words(
        en="Write a function top_share(orders, part). It takes the orders of each merchant (a list) and a part between 0 "
        "and 1, and returns the share of all orders that the largest part of the merchants sell. The part is always a "
        "whole number of merchants.",
        zh="写一个函数 top_share(orders, part)。orders 是每家商家的订单数（列表），part 是 0 到 1 之间的比例，"
        "返回规模最大的那一部分商家占全部订单的比例。part 乘商家数总是整数。",
    ),
    kind=Code(
        "top_share",
        starter="def top_share(orders, part):\n    return None\n",
        cases=merchants,
        tolerance=1e-6,
        relations=(
            Relation(
                "order_of_merchants",
                lambda orders, part: [orders[::-1], part],
                same_result,
                Words(
                    en="The same merchants in another order give another share. Their order must not matter.",
                    zh="同样的商家换个顺序，结果就变了。顺序不应该有影响。",
                ),
            ),
            Relation(
                "scale_of_orders",
                lambda orders, part: [[3 * count for count in orders], part],
                same_result,
                Words(
                    en="Three times the orders everywhere give another share. A share does not know how large the market is.",
                    zh="所有商家的订单都乘以三，结果就变了。占比跟市场大小无关。",
                ),
            ),
        ),
    ),
    right=(lambda own: SORTED, lambda own: BY_NUMPY),
    mistakes=(
        Mistake(
            "smallest",
            lambda own: SMALLEST,
            Words(
                en="That is what the smallest hold: sort from the largest down.",
                zh="这是最小的那一部分占的比例：要从大到小排。",
            ),
        ),
        Mistake(
            "mean_for_typical",
            lambda own: ALIKE,
            Words(
                en="So it would be if all merchants were alike. They are not.",
                zh="只有家家一样大才会这样。可商家的规模差得很远。",
            ),
        ),
        Mistake(
            "unsorted",
            lambda own: UNSORTED,
            Words(
                en="These are the first merchants of the list, not the largest.",
                zh="这是列表里排在前面的商家，不是最大的商家。",
            ),
        ),
    ),
    hints=(
        Words(en="Sort the merchants by their orders first.", zh="先把商家按订单数排序。"),
        Words(
            en="How many merchants are the part? Add up their orders and divide by all.",
            zh="算出这一部分是几家，把它们的订单加起来，再除以总数。",
        ),
    ),
    solution=Words(en="Sort, take the largest, divide.", zh="排序，取最大的那些，求和再除以总数。"),
)


def spread_panel():
    return (assumptions(),), ["assume.merchant_size_sd"], sizes


spread = Question(
    id="ex01.half_to_the_top",
    title=Words(en="5. Tune: half for the largest 1%", zh="5. 调参数：头部百分之一占一半"),
    prompt=Words(
        en="Move the spread of merchants' sizes until the largest 1% sell half of the orders (49% to 51%). Then "
        "look at what the typical merchant sells.",
        zh="调整商家规模的差距，让头部百分之一正好占到一半的订单（49%到51%）。再看看这时典型商家卖多少。",
    ),
    kind=Tune(spread_panel, lambda found: 0.49 <= found["top"] <= 0.51),
    right=(
        lambda own: {"assume.merchant_size_sd": 2.33},
        # Half for the top t means Phi(sd + Phi^-1(t)) = 1/2, so sd = -Phi^-1(t).
        lambda own: {"assume.merchant_size_sd": normal_quantile(0.99)},
    ),
    mistakes=(
        Mistake(
            "wrong_way",
            lambda own: {"assume.merchant_size_sd": 2.0},
            Words(
                en="The wrong way: the more alike the merchants are, the less the largest hold.",
                zh="方向反了：商家越接近，头部占得越少。",
            ),
            when=lambda own, found: found["top"] < 0.49,
        ),
        Mistake(
            "gini_read",
            lambda own: {"assume.merchant_size_sd": 2.5},
            Words(
                en="Too far: the largest 1% now hold more than half. Read their line, not the Gini coefficient.",
                zh="过头了：头部百分之一占得超过一半了。要看头部那一行，不是基尼系数。",
            ),
            when=lambda own, found: found["top"] > 0.51,
        ),
    ),
    hints=(
        Words(en="A larger spread gives the head more.", zh="差距越大，头部占得越多。"),
        Words(en="The line is “Orders sold by the largest 1%”.", zh="看“头部1%的商家占订单”那一行。"),
    ),
    solution=Words(
        en="A spread of about 2.33. The typical merchant then sells even less, and the mean has not changed.",
        zh="差距约为2.33。这时典型商家卖得更少，而平均数一点没变。",
    ),
)


def normal_quantile(share: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(share)


QUESTIONS = [conversion, identity, measures, top, spread]
