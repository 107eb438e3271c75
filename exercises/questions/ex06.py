"""Questions on the alliance (lesson 06)."""

import random

from kit.course.exercises.question import Mistake, Question
from kit.course.exercises.question_types import Code, Match, Number, Order, Predict, Relation, same_result
from kit.course.exercises.variants import Variant
from kit.course.lessons import Words
from kit.outcomes.alliance_leaders import Match as Sides
from kit.outcomes.alliance_leaders import matches
from kit.outcomes.alliance_orders import my_deal, split
from kit.parameters.sourced import assumptions, value

CENT = "yuan to the cent"


def cents(own, name: str = "price") -> int:
    return round(100 * own[name])


def mille(own) -> int:
    return round(1000 * own["commission"])


def promoter(base: int, rate: int) -> int:
    commission = base * rate // 1000
    return commission - commission * round(1000 * value("alliance.platform_cut")) // 1000


net = Question(
    id="ex06.promoter_gets",
    title=Words(en="1. What reaches the promoter", zh="1. 推广者到手多少"),
    prompt=Words(
        en="An order of {price} carries a commission of {commission}, of which the platform takes {cut}. The platform put "
        "a coupon of {coupon} on top, so the buyer paid less. Each share is rounded down to the cent. How much does the "
        "promoter get, to the cent?",
        zh="一单售价{price}，佣金率{commission}，平台从佣金里抽走{cut}。平台还贴了一张{coupon}的优惠券，买家少付了这么多。"
        "每一份都舍去不足一分的零头。推广者到手多少？请精确到分。",
    ),
    kind=Number(CENT, tolerance=0, within=0.001),
    variants={
        "price": Variant(60.0, 260.0, 0.01, CENT),
        "commission": Variant(0.1, 0.3, 0.01, "share"),
        "coupon": Variant(5, 20, 1, "yuan"),
    },
    facts={"cut": "alliance.platform_cut"},
    right=(
        lambda own: promoter(cents(own), mille(own)) / 100,
        # By the settlement itself.
        lambda own: split(my_deal(price=own["price"], commission=own["commission"], coupon=own["coupon"])).attrs[
            "finding"
        ]["promoter"][0],
    ),
    mistakes=(
        Mistake(
            "cut_forgotten",
            lambda own: cents(own) * mille(own) // 1000 / 100,
            Words(
                en="That is the whole commission. The platform's part comes out of it first.",
                zh="这是全部佣金。平台先从里面抽走一部分，剩下的才是推广者的。",
            ),
        ),
        Mistake(
            "coupon_counted",
            lambda own: promoter(cents(own) - cents(own, "coupon"), mille(own)) / 100,
            Words(
                en="You took the coupon off first. The platform pays it into the order, so it lowers nobody's share.",
                zh="你先减掉了优惠券。优惠券由平台补进这一单，谁的那份都不会少。",
            ),
        ),
        Mistake(
            "cut_of_price",
            lambda own: (
                (cents(own) * mille(own) // 1000 - cents(own) * round(1000 * value("alliance.platform_cut")) // 1000)
                / 100
            ),
            Words(
                en="You took the platform's part of the price. It is a part of the commission.",
                zh="你按售价算了平台抽走的部分。它是从佣金里抽的。",
            ),
        ),
    ),
    hints=(
        Words(en="Work in whole cents, and leave the coupon aside.", zh="用整数的分来算，先不管优惠券。"),
        Words(
            en="First the commission, rounded down; then take {cut} of it off, rounded down too.",
            zh="先算佣金，舍去零头；再减去其中的{cut}，这一步也舍去零头。",
        ),
    ),
    solution=Words(
        en="The commission on {price}, less {cut} of the commission: {answer}. The coupon plays no part.",
        zh="按{price}算出佣金，再减去佣金的{cut}：{answer}。优惠券不影响。",
    ),
)

TRUE_UP = """
def given_back(price, refunds, rate):
    left, back = price, []
    for refund in refunds:
        before, left = left, left - refund
        back.append(before * rate // 1000 - left * rate // 1000)
    return back
"""
BY_TABLE = """
def given_back(price, refunds, rate):
    left = price - np.concatenate([[0], np.cumsum(refunds)]).astype("int64")
    return pd.Series(-np.diff(left * rate // 1000))
"""
ROUNDED = """
def given_back(price, refunds, rate):
    return [round(refund * rate / 1000) for refund in refunds]
"""
CUT_DOWN = """
def given_back(price, refunds, rate):
    return [refund * rate // 1000 for refund in refunds]
"""
ALL_AT_ONCE = """
def given_back(price, refunds, rate):
    left, back = price, []
    for refund in refunds:
        left -= refund
        back.append(price * rate // 1000 - left * rate // 1000)
    return back
"""


def refunds(draw: random.Random) -> list:
    """Orders that come back in parts; the last of each list comes back whole."""
    cases = []
    for _ in range(6):
        price, parts = draw.randint(3_001, 29_999), draw.randint(3, 6)
        cuts = sorted(draw.sample(range(1, price), parts - 1))
        steps = [b - a for a, b in zip([0, *cuts], [*cuts, price], strict=True)]
        cases.append([price, steps, 7 * draw.randint(11, 45) + 1])
    return cases


back = Question(
    id="ex06.given_back",
    title=Words(en="2. Refunds, part by part (code)", zh="2. 一次次退款（写代码）"),
    prompt=Words(
        en="Write a function given_back(price, refunds, rate). The price is in cents, refunds is the list of the parts "
        "that come back (cents), the rate of the commission is in per mille; a commission is rounded down to the cent. "
        "Return the list of what the promoter gives back at each refund, so that after every one the promoter holds "
        "exactly the commission on what is left. (Leave the platform's part aside.)",
        zh="写一个函数 given_back(price, refunds, rate)。price 是售价（分），refunds 是每次退款的金额（列表，分），"
        "rate 是佣金率（千分比），佣金舍去不足一分的零头。返回推广者每次要退的佣金（列表），"
        "使得每次退款之后，推广者手里正好是剩余金额应得的佣金。（先不管平台抽走的部分。）",
    ),
    kind=Code(
        "given_back",
        starter="def given_back(price, refunds, rate):\n    return None\n",
        cases=refunds,
        tolerance=1e-6,
        relations=(
            Relation(
                "order_of_refunds",
                lambda price, refunds, rate: [price, refunds[::-1], rate],
                lambda one, turned, within: same_result(sum(one), sum(turned), within),
                Words(
                    en="The same refunds in another order give back another sum. When all is returned, the same is due.",
                    zh="同样几次退款换个顺序，退回的总数就变了。全部退完时，该退的应当一样。",
                ),
            ),
            Relation(
                "joined_refunds",
                lambda price, refunds, rate: [price, [refunds[0] + refunds[1], *refunds[2:]], rate],
                lambda one, joined, within: same_result([one[0] + one[1], *one[2:]], joined, within),
                Words(
                    en="Two refunds made in one give back another sum than the two. It must not matter in how many parts.",
                    zh="两次退款合成一次退，退回的数就变了。分几次退不应该有影响。",
                ),
            ),
        ),
    ),
    right=(lambda own: TRUE_UP, lambda own: BY_TABLE),
    mistakes=(
        Mistake(
            "pro_rated",
            lambda own: ROUNDED,
            Words(
                en="You took the rate of each refund and rounded it. The cents drift: in the end the promoter does not "
                "stand at zero.",
                zh="你每次按退款的比例算，再四舍五入。零头会越差越多：全退之后，推广者的账不归零。",
            ),
        ),
        Mistake(
            "pro_rated_down",
            lambda own: CUT_DOWN,
            Words(
                en="Rounding each refund down leaves cents with the promoter that are no longer due.",
                zh="每次都舍去零头，推广者手里就会留下不该拿的几分钱。",
            ),
        ),
        Mistake(
            "from_the_start",
            lambda own: ALL_AT_ONCE,
            Words(
                en="You give back the whole difference from the start at every refund: what was given back before counts "
                "twice.",
                zh="你每次都把从头算起的差额全退一遍：之前退过的又退了一次。",
            ),
        ),
    ),
    hints=(
        Words(
            en="Reckon the commission on what is left before and after each refund.",
            zh="每次退款前后，各按剩余金额算一次佣金。",
        ),
        Words(en="What goes back is the difference of the two.", zh="要退的就是两者之差。"),
    ),
    solution=Words(
        en="Recompute, never pro-rate: the commission on what was left, less that on what is left.",
        zh="重算，不按比例：退之前应得的佣金，减去退之后应得的佣金。",
    ),
)

STORY = ["paid", "received", "settled", "refunded", "clawed_back"]
order = Question(
    id="ex06.story",
    title=Words(en="3. The life of an order", zh="3. 一单的一生"),
    prompt=Words(
        en="Put the events of an order in their order, from first to last. The goods come back late.",
        zh="按先后排出这一单发生的事。货是很晚才退回来的。",
    ),
    kind=Order(
        items={
            "clawed_back": Words(en="The promoter's part is clawed back", zh="追回推广者的那份"),
            "received": Words(en="The buyer receives the goods", zh="买家签收"),
            "refunded": Words(en="The buyer, late, has the money back", zh="买家很晚才退货，拿回钱"),
            "paid": Words(en="The money goes into escrow", zh="钱进入待结算资金"),
            "settled": Words(en="The waiting time is over: shares are paid", zh="等待期过完，各方分到钱"),
        },
        first=Words(en="first", zh="最先"),
        last=Words(en="last", zh="最后"),
    ),
    right=(
        lambda own: STORY,
        # As text, as one writes it in code.
        lambda own: "paid, received, settled, refunded, clawed_back",
    ),
    mistakes=(
        Mistake(
            "settled_at_payment",
            lambda own: ["paid", "settled", "received", "refunded", "clawed_back"],
            Words(
                en="Nobody is paid before the goods are received: until then the money lies in escrow.",
                zh="签收之前谁也拿不到钱：那时钱还由平台代管。",
            ),
        ),
        Mistake(
            "claw_before_refund",
            lambda own: ["paid", "received", "settled", "clawed_back", "refunded"],
            Words(
                en="A claw-back follows a refund; without one there is nothing to give back.",
                zh="先有退款，才有追回；没有退款，就没有什么可追的。",
            ),
        ),
        Mistake(
            "refund_in_escrow",
            lambda own: ["paid", "received", "refunded", "settled", "clawed_back"],
            Words(
                en="Then the refund would have come out of escrow, and there would be nothing to claw back. The buyer was late.",
                zh="这样的话，退款直接从待结算资金里出，就用不着追回了。题目说，货是很晚才退的。",
            ),
        ),
    ),
    hints=(
        Words(en="When may the promoter use the money?", zh="推广者什么时候才能动用这笔钱？"),
        Words(en="A claw-back takes from those who were paid already.", zh="追回，是从已经拿到钱的人那里要回来。"),
    ),
    solution=Words(
        en="Escrow, receipt, settlement, refund, claw-back.",
        zh="待结算、签收、结算、退款、追回。",
    ),
)

PAID = {
    "supply_chain": "rest",
    "promoter": "commission",
    "leader": "leader_fee",
    "platform": "tech_and_cut",
}
parties = Question(
    id="ex06.parties",
    title=Words(en="4. Who gets what", zh="4. 谁拿哪一份"),
    prompt=Words(
        en="Match each party with its share of an order of the alliance.",
        zh="给好物联盟一单里的各方，选出它拿的那一份。",
    ),
    kind=Match(
        left={
            "supply_chain": Words(en="Supply chain", zh="供应链"),
            "promoter": Words(en="Promoter", zh="推广者"),
            "leader": Words(en="Recruiting leader", zh="招商团长"),
            "platform": Words(en="Platform", zh="平台"),
        },
        right={
            "commission": Words(en="the commission, less a part", zh="佣金，去掉被抽走的部分"),
            "tech_and_cut": Words(
                en="the technical fee and a part of the commission", zh="技术服务费，加上佣金里抽走的部分"
            ),
            "rest": Words(en="what remains, odd cents included", zh="剩下的，零头也算在内"),
            "leader_fee": Words(
                en="a rate of the net base for bringing the two together", zh="牵线的服务费，按净额的一定比例"
            ),
        },
    ),
    right=(
        lambda own: PAID,
        # As pairs in another order, as one writes them in code.
        lambda own: dict(reversed(PAID.items())),
    ),
    mistakes=(
        Mistake(
            "platform_keeps_rest",
            lambda own: PAID | {"platform": "rest", "supply_chain": "tech_and_cut"},
            Words(
                en="The goods are the supply chain's: the platform takes its fees, and the supply chain what remains.",
                zh="货是供应链的：平台收各项费用，剩下的归供应链。",
            ),
        ),
        Mistake(
            "leader_for_promoter",
            lambda own: PAID | {"leader": "commission", "promoter": "leader_fee"},
            Words(
                en="The leader sells nothing: the commission is for who brings the goods to the buyers.",
                zh="团长自己不带货：佣金是给带货的人的。",
            ),
        ),
    ),
    hints=(
        Words(en="Who owned the goods before the sale?", zh="卖出去之前，货是谁的？"),
        Words(en="Who sells, and who only brings people together?", zh="谁在带货，谁只是牵线？"),
    ),
    solution=Words(
        en="Supply chain: what remains. Promoter: the commission less a part. Leader: a rate for bringing the two "
        "together. Platform: the technical fee and its part of the commission.",
        zh="供应链：剩下的。推广者：佣金去掉被抽走的部分。团长：牵线的服务费。平台：技术服务费，加上佣金里抽走的部分。",
    ),
)


def two_sides():
    return (Sides(), assumptions()), ["match.promoters", "match.chains"], matches


def found(chains: float, name: str) -> float:
    return matches(Sides().but({"match.chains": chains}), assumptions()).attrs["finding"][name][0]


def unmade(chains: float) -> float:
    """What chance leaves unmade, by the formula of the lesson."""
    promoters = value("match.promoters")
    return min(promoters, chains) - chains * (1 - (1 - 1 / chains) ** promoters)


leader = Question(
    id="ex06.more_chains",
    title=Words(en="5. More supply chains join", zh="5. 供应链多了"),
    prompt=Words(
        en="More supply chains join: now there are {chains}, and as many promoters as before. Is a perfect leader worth "
        "more or less than at the start? Commit to a guess; then find with the panel what a perfect leader is worth now, "
        "in matches.",
        zh="又来了一批供应链，现在有{chains}，推广者没有变。完美团长的价值，比一开始大了还是小了？"
        "先定下你的猜测，再用面板查出现在完美团长值多少对。",
    ),
    kind=Predict(
        guesses={
            "more": Words(en="Worth more: there is more to match", zh="更大：可撮合的多了"),
            "less": Words(en="Worth less: chance does more of the work", zh="更小：自己也容易碰上"),
            "same": Words(en="The same: the promoters decide", zh="一样：由推广者人数决定"),
        },
        number=Number("matches", tolerance=0, within=0.6),
        panel=two_sides,
    ),
    variants={"chains": Variant(10_000, 20_000, 100, "chains")},
    right=(
        lambda own: {"guess": "less", "found": found(own["chains"], "worth")},
        lambda own: {"guess": "more", "found": unmade(own["chains"])},
    ),
    mistakes=(
        Mistake(
            "chance_counted",
            lambda own: {"guess": "more", "found": found(own["chains"], "random")},
            Words(
                en="Those are the matches that chance makes. A leader is worth those that chance leaves unmade.",
                zh="这是靠自己碰上的对数。团长的价值，在于碰不上的那些。",
            ),
        ),
        Mistake(
            "all_counted",
            lambda own: {"guess": "more", "found": found(own["chains"], "perfect")},
            Words(
                en="Those are all matches with a perfect leader. Many of them chance would have made anyway: gross taken "
                "for net.",
                zh="这是有完美团长时的全部对数。其中很多本来就能碰上：你把总量当成了净增。",
            ),
        ),
        Mistake(
            "at_the_start",
            lambda own: {"guess": "same", "found": found(value("match.chains"), "worth")},
            Words(
                en="That is the worth at the start. Set the number of supply chains first.",
                zh="这是一开始的价值。请先把供应链的数目改成题目里的。",
            ),
        ),
    ),
    hints=(
        Words(
            en="Type the number of supply chains into the field next to its slider.",
            zh="在滑块旁边的数字框里填上供应链的数目。",
        ),
        Words(en="The line is called “A perfect leader's worth”.", zh="看“完美团长的价值”那一行。"),
    ),
    solution=Words(
        en="{answer}. All promoters could be matched, so the shorter side stays as it is; but with so many supply chains "
        "to choose from, fewer promoters collide.",
        zh="{answer}。最多能撮合的，是人数少的那一边，也就是推广者；供应链越多，推广者撞到一起的就越少，靠自己也多半碰得上。",
    ),
)

QUESTIONS = [net, back, order, parties, leader]
