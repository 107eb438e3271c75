"""Questions on providers (lesson 07)."""

import random

import numpy as np

from kit.course.exercises.question import Mistake, Question
from kit.course.exercises.question_types import Code, Match, Number, Predict, Relation, Tune
from kit.course.exercises.variants import Variant
from kit.course.lessons import Words
from kit.economics.badges import ladder
from kit.outcomes.provider_pay import verdicts
from kit.outcomes.provider_reviews import moves, tiers_in_the_end
from kit.parameters.sourced import assumptions, value
from kit.policies.policy import policy
from kit.policies.programmes.providers import Providers
from kit.simulator.providers.admission import duty_weights

PARTS = ("recruit", "incubate", "gmv", "service")


def weight(part: str) -> float:
    return value(f"providers.weight_{part}")


def summed(own) -> float:
    """The weighted points of a training provider's own duties, before they are set against the whole."""
    return sum(weight(part) * own[part] for part in ("recruit", "gmv", "service"))


points = Question(
    id="ex07.own_duties",
    title=Words(en="1. A score by one's own duties", zh="1. 按自己的职责算总分"),
    prompt=Words(
        en="A training provider has {recruit} for recruiting, {gmv} for its clients' GMV and {service} for service, each "
        "out of a hundred. The weights are {w_recruit} for recruiting, {w_incubate} for incubation, {w_gmv} for GMV and "
        "{w_service} for service; incubation is not a training provider's duty, so the others count by their "
        "proportions. What is its total, out of a hundred, to two decimals?",
        zh="一家培训服务商，拉新得{recruit}，商家 GMV 得{gmv}，服务得{service}，满分都是一百。权重是拉新{w_recruit}、"
        "孵化{w_incubate}、GMV {w_gmv}、服务{w_service}；孵化不归培训服务商管，其余几项按彼此的比例算。总分是多少（满分一百，精确到两位小数）？",
    ),
    kind=Number("points", tolerance=0, within=0.006),
    variants={
        "recruit": Variant(40.1, 95.9, 0.1, "points"),
        "gmv": Variant(30.1, 90.9, 0.1, "points"),
        "service": Variant(55.1, 98.9, 0.1, "points"),
    },
    facts={f"w_{part}": f"providers.weight_{part}" for part in PARTS},
    right=(
        lambda own: summed(own) / sum(weight(part) for part in ("recruit", "gmv", "service")),
        # By the programme itself: the first role is training, the second part incubation.
        lambda own: float(duty_weights(Providers())[0] @ [own["recruit"], 0, own["gmv"], own["service"]]),
    ),
    mistakes=(
        Mistake(
            "counted_as_zero",
            summed,
            Words(
                en="You counted incubation as zero, so the provider loses points for a duty that is not its own.",
                zh="你把孵化按零分算进去了：不归它管的事，也扣了它的分。",
            ),
        ),
        Mistake(
            "plain_mean",
            lambda own: (own["recruit"] + own["gmv"] + own["service"]) / 3 + 0.0,
            Words(
                en="That is the plain mean of the three. Their weights differ.",
                zh="这是三项的简单平均。三项的权重并不一样。",
            ),
        ),
    ),
    hints=(
        Words(en="Which weights are left, and what do they add to?", zh="还剩哪几个权重？加起来是多少？"),
        Words(
            en="Divide the weighted sum of the three by the sum of their three weights.",
            zh="三项加权相加，再除以这三个权重之和。",
        ),
    ),
    solution=Words(
        en="The weighted sum over {w_recruit}, {w_gmv} and {w_service}, divided by what these add to: {answer}.",
        zh="按{w_recruit}、{w_gmv}、{w_service}加权求和，再除以三个权重之和：{answer}。",
    ),
)

TWO_MARKS = """
def badges_after(scores, had, gain, keep):
    return [score >= (keep if held else gain) for score, held in zip(scores, had)]
"""
BY_ARRAY = """
def badges_after(scores, had, gain, keep):
    marks = np.where(np.array(had, dtype=bool), keep, gain)
    return (np.array(scores) >= marks).tolist()
"""
ONE_MARK = """
def badges_after(scores, had, gain, keep):
    return [score >= gain for score in scores]
"""
NEVER_LOST = """
def badges_after(scores, had, gain, keep):
    return [held or score >= gain for score, held in zip(scores, had)]
"""
STRICT = """
def badges_after(scores, had, gain, keep):
    return [score > (keep if held else gain) for score, held in zip(scores, had)]
"""


def reviews(draw: random.Random) -> list:
    """Reviews of some providers; in each, one score is exactly at a mark and one between the two."""
    cases = []
    for _ in range(6):
        gain, keep = draw.randint(60, 120) / 100, -draw.randint(10, 60) / 100
        between = draw.randint(0, 50) / 100
        scores = [gain, keep, between, between, keep - 0.3, gain + 0.4]
        had = [False, True, True, False, True, False]
        for _ in range(draw.randint(2, 6)):
            scores.append(draw.randint(-200, 250) / 100)
            had.append(draw.random() < 0.5)
        order = draw.sample(range(len(scores)), len(scores))
        cases.append([[scores[n] for n in order], [had[n] for n in order], gain, keep])
    return cases


badges = Question(
    id="ex07.badges_after",
    title=Words(en="2. Who holds a badge after the review (code)", zh="2. 检查之后谁有牌（写代码）"),
    prompt=Words(
        en="Write a function badges_after(scores, had, gain, keep). scores is the list of the providers' scores, had says "
        "of each whether it held a badge before (True or False). Without a badge one wins it at the mark gain or above; "
        "with one it is kept at the mark keep or above. Return the list of who holds a badge after the review.",
        zh="写一个函数 badges_after(scores, had, gain, keep)。scores 是各家服务商的评分（列表），had 是检查前有没有牌"
        "（True 或 False）。没有牌的，评分达到或高于 gain 就挂牌；有牌的，达到或高于 keep 就保住。返回检查之后各家有没有牌（列表）。",
    ),
    kind=Code(
        "badges_after",
        starter="def badges_after(scores, had, gain, keep):\n    return None\n",
        cases=reviews,
        tolerance=1e-6,
        relations=(
            Relation(
                "order_of_providers",
                lambda scores, had, gain, keep: [scores[::-1], had[::-1], gain, keep],
                lambda one, turned, within: one[::-1] == turned,
                Words(
                    en="The same providers listed from the last to the first do not get the same badges. Each is judged "
                    "by itself.",
                    zh="同样几家服务商倒过来列，挂牌结果就变了。每家只看自己的评分和检查前有没有牌。",
                ),
            ),
            Relation(
                "level_of_scores",
                # By a power of two: nothing is rounded.
                lambda scores, had, gain, keep: [[4 * score for score in scores], had, 4 * gain, 4 * keep],
                lambda one, scaled, within: one == scaled,
                Words(
                    en="Scores and marks four times as large do not give the same badges. Only where a score stands to "
                    "its mark counts.",
                    zh="评分和两条线都放大四倍，挂牌结果却变了。只看评分在线上还是线下。",
                ),
            ),
        ),
    ),
    right=(lambda own: TWO_MARKS, lambda own: BY_ARRAY),
    mistakes=(
        Mistake(
            "one_mark",
            lambda own: ONE_MARK,
            Words(
                en="You apply the mark for winning to everyone. A provider that has a badge needs less to keep it.",
                zh="你对所有人都用了挂牌线。已经有牌的，保牌线要低一些。",
            ),
        ),
        Mistake(
            "never_lost",
            lambda own: NEVER_LOST,
            Words(
                en="With you nobody ever loses a badge. Who falls below the mark for keeping it does.",
                zh="按你的写法，牌子永远不会丢。低于保牌线的要撤牌。",
            ),
        ),
        Mistake(
            "right_at_the_mark",
            lambda own: STRICT,
            Words(
                en="Somebody who stands right at a mark has reached it.",
                zh="正好在线上的，也算达到。",
            ),
        ),
    ),
    hints=(
        Words(
            en="Which mark holds for whom? It depends on whether it had a badge before.",
            zh="谁用哪条线？要看检查之前有没有牌。",
        ),
        Words(
            en="Go through scores and had together; compare each score with keep or with gain.",
            zh="把 scores 和 had 一起走一遍，每个评分和 keep 或 gain 比一比。",
        ),
    ),
    solution=Words(
        en="score >= (keep if it held a badge, else gain), one by one.",
        zh="逐个比较：检查前有牌的用 keep，没牌的用 gain，达到或高于就有牌。",
    ),
)

DUTIES = {"training": "courses", "hosting": "bases", "supply": "goods", "platform": "review"}
duties = Question(
    id="ex07.duties",
    title=Words(en="3. Whose duty is it?", zh="3. 这是谁的职责"),
    prompt=Words(
        en="Match each with what the announcement names as its part.",
        zh="按公布的内容，给各方选出它该做的事。",
    ),
    kind=Match(
        left={
            "training": Words(en="Training provider", zh="培训服务商"),
            "hosting": Words(en="Belt provider and MCN", zh="产业带和 MCN 服务商"),
            "supply": Words(en="Supply-chain provider", zh="供应链服务商"),
            "platform": Words(en="Platform", zh="平台"),
        },
        right={
            "goods": Words(en="recruit distributors, supply goods", zh="分销拉新、货品供应"),
            "review": Words(en="check every three months, and take badges down", zh="每三个月检查一次，不达标就撤牌"),
            "courses": Words(en="recruit and train sellers, develop courses", zh="培训拉新、课程开发"),
            "bases": Words(en="run live bases, incubate hosts", zh="直播基地、主播孵化"),
        },
    ),
    right=(
        lambda own: DUTIES,
        # As pairs in another order, as one writes them in code.
        lambda own: dict(reversed(DUTIES.items())),
    ),
    mistakes=(
        Mistake(
            "recruiting_mixed",
            lambda own: DUTIES | {"training": "goods", "supply": "courses"},
            Words(
                en="Both recruit, but not the same people: one trains new sellers, the other finds distributors for goods.",
                zh="两家都拉新，拉的人不一样：一个培训新商家，一个为货品找分销。",
            ),
        ),
        Mistake(
            "incubation_as_training",
            lambda own: DUTIES | {"training": "bases", "hosting": "courses"},
            Words(
                en="To train sellers and to incubate hosts are two duties: hosts are brought up where rooms and goods are.",
                zh="培训商家和孵化主播是两回事：主播要在有直播间、有货的基地里带出来。",
            ),
        ),
    ),
    hints=(
        Words(en="Who has the rooms and the place?", zh="谁有场地、有直播间？"),
        Words(en="Distributors need goods to distribute.", zh="要分销，先得有货。"),
    ),
    solution=Words(
        en="Training: recruit, train, courses. Belt and MCN: bases and hosts. Supply chain: distributors and goods. "
        "Platform: the review.",
        zh="培训：培训拉新、课程开发。产业带和 MCN：直播基地、主播孵化。供应链：分销拉新、货品供应。平台：检查。",
    ),
)


def rungs():
    levers = ["providers.gain_bar", "assume.score_reliability"]
    return (policy("providers"), assumptions()), levers, tiers_in_the_end


def stands(own, name: str) -> float:
    """What the panel shows at the learner's settings."""
    plan = policy("providers").but({"providers.gain_bar": own["gain"]})
    reliable = assumptions().but({"assume.score_reliability": own["reliability"]})
    return tiers_in_the_end(plan, reliable).attrs["finding"][name][0]


def by_walking(own) -> float:
    """The same by letting a strong provider walk the ladder for ten thousand reviews."""
    reliable = assumptions().but({"assume.score_reliability": own["reliability"]})
    plan = Providers().but({"providers.gain_bar": own["gain"]})
    up, down = moves(reliable.provider_ability_sd, plan, reliable)
    return float(1 - np.linalg.matrix_power(ladder(up, down, round(plan.tiers)), 10_000)[0, -1])


long_run = Question(
    id="ex07.below_the_top",
    title=Words(en="4. A strong provider below the top", zh="4. 强的服务商也会掉下来"),
    prompt=Words(
        en="Suppose that the score's reliability is {reliability}, and that a share of {gain} reaches the mark for a badge. "
        "After many reviews, is a strong provider below the top tier more or less often than at the panel's start? "
        "Commit to a guess; then find with the panel how often it is.",
        zh="假设评分的可靠度是{reliability}，够得上挂牌线的比例是{gain}。检查次数多了，强的服务商不在最高一级的时候，"
        "比面板一开始多还是少？先定下你的猜测，再用面板查出它占多少时候。",
    ),
    kind=Predict(
        guesses={
            "more": Words(en="More often", zh="更多"),
            "less": Words(en="Less often", zh="更少"),
            "same": Words(en="As often: its ability is the same", zh="一样：能力没有变"),
        },
        number=Number("share", tolerance=0.002, within=0.0006),
        panel=rungs,
    ),
    variants={"reliability": Variant(0.35, 0.55, 0.01, "share"), "gain": Variant(0.1, 0.3, 0.01, "share")},
    right=(
        lambda own: {"guess": "more", "found": stands(own, "strong_below")},
        lambda own: {"guess": "same", "found": by_walking(own)},
    ),
    mistakes=(
        Mistake(
            "one_review",
            lambda own: {"guess": "more", "found": stands(own, "strong_down")},
            Words(
                en="That is the chance of being moved down at one review. A provider that was moved down needs time to come up again.",
                zh="这是一次检查被降级的机会。降下去之后，还要花时间才升得回来。",
            ),
        ),
        Mistake(
            "in_the_top",
            lambda own: {"guess": "less", "found": 1 - stands(own, "strong_below")},
            Words(
                en="That is how often it stands in the top tier. The question is how often it does not.",
                zh="这是它在最高一级的时候。问的是不在的时候。",
            ),
        ),
        Mistake(
            "at_the_start",
            lambda own: {
                "guess": "same",
                "found": tiers_in_the_end(policy("providers"), assumptions()).attrs["finding"]["strong_below"][0],
            },
            Words(
                en="That is the number at the panel's start. Set reliability and the share first.",
                zh="这是面板一开始的数。请先把可靠度和比例改成题目里的。",
            ),
        ),
    ),
    hints=(
        Words(
            en="Type both numbers into the fields next to the sliders.",
            zh="在滑块旁边的数字框里填上这两个数。",
        ),
        Words(
            en="The line is called “Strong provider: below the top tier”.",
            zh="看“强的服务商：不在最高一级的时候”那一行。",
        ),
    ),
    solution=Words(
        en="{answer}. Neighbouring tiers settle where as many go up as come down; more random noise makes both more likely.",
        zh="{answer}。相邻两级之间，最后升上去的和降下来的一样多；运气越多，升降都越频繁。",
    ),
)


def desk():
    levers = ["providers.gain_bar", "providers.keep_bar", "providers.marks", "providers.shrinkage"]
    return (policy("providers"), assumptions()), levers, verdicts


def names_them(found) -> bool:
    return found["precision"] >= 0.6 and found["lost"] <= 25


marks = Question(
    id="ex07.a_badge_that_tells",
    title=Words(en="5. A badge that tells something", zh="5. 让牌子说明问题"),
    prompt=Words(
        en="Set the marks so that at the last review of the year at least 60 % of all badges name a good provider, and no "
        "more than 25 providers lose theirs. (A provider is good whose ability is among as large a share of the best as "
        "the mark is set for.)",
        zh="调整两条线，让一年内最后一次检查时，至少60%的牌子给对了人，被撤牌的不超过25家。"
        "（挂牌线定给多大比例的人，能力排在最前面这个比例之内的，就算好服务商。）",
    ),
    kind=Tune(panel=desk, reached=names_them),
    right=(
        lambda own: {"providers.gain_bar": 0.5},
        # Few badges, and no easier mark for those who hold one.
        lambda own: {"providers.gain_bar": 0.1, "providers.marks": "equal"},
        lambda own: {"providers.gain_bar": 0.45, "providers.shrinkage": "shrunk"},
    ),
    mistakes=(
        Mistake(
            "one_mark",
            lambda own: {"providers.marks": "equal"},
            Words(
                en="With one mark for both the badge says more, but random noise takes too many badges at each review.",
                zh="两条线并成一条，牌子更能说明问题，可每次检查光凭运气就撤掉太多。",
            ),
            when=lambda own, found: found["lost"] > 25,
        ),
        Mistake(
            "a_high_bar",
            lambda own: {"providers.gain_bar": 0.05},
            Words(
                en="A high bar alone is not enough: a provider that was lucky once keeps the badge at a far lower mark.",
                zh="光把挂牌线抬高不行：运气好挂上一次的，靠低得多的保牌线就能一直留着。",
            ),
            when=lambda own, found: found["precision"] < 0.45,
        ),
    ),
    hints=(
        Words(
            en="Look at two lines: the badges that name a good provider, and those who lose theirs.",
            zh="看两行：“牌子给对的比例”和“被撤牌”。",
        ),
        Words(
            en="Either give the badge to many, or to few and make it as hard to keep as to win.",
            zh="要么多发一些；要么少发，并且保牌和挂牌一样难。",
        ),
    ),
    solution=Words(
        en="For instance: a mark that half of all reach. Or one for the best tenth, the same for keeping.",
        zh="例如：挂牌线让一半的人够得上；或者只给最好的一成，保牌也用同一条线。",
    ),
)

growth = Question(
    id="ex07.whose_growth",
    title=Words(en="6. Whose growth is it?", zh="6. 增长算谁的"),
    prompt=Words(
        en="In a quarter the merchants in a provider's care grew by {cared}, all other merchants by {others}. There were "
        "more applicants than places, and a lot decided: those who applied and were not drawn grew by {applied}. By how "
        "many percentage points is growth the provider's work?",
        zh="一个季度里，一家服务商照看的商家增长{cared}，其他商家增长{others}。报名的比名额多，由抽签决定："
        "报了名却没抽中的，增长{applied}。增长里有多少个百分点是服务商的功劳？",
    ),
    kind=Number("percentage points", tolerance=0, within=0.02),
    variants={
        "cared": Variant(0.2, 0.4, 0.001, "share"),
        "others": Variant(0.01, 0.06, 0.001, "share"),
        "applied": Variant(0.1, 0.18, 0.001, "share"),
    },
    right=(
        lambda own: 100 * (own["cared"] - own["applied"]),
        # What is measured, less the head start of those who apply.
        lambda own: 100 * (own["cared"] - own["others"]) - 100 * (own["applied"] - own["others"]),
    ),
    mistakes=(
        Mistake(
            "selection_as_effect",
            lambda own: 100 * (own["cared"] - own["others"]),
            Words(
                en="You compared the clients with all others. Those who apply grow faster anyway: that is selection, not effect.",
                zh="你拿照看的商家和所有别家比。肯报名的本来就长得快：这是选择偏差，不是效果。",
            ),
        ),
        Mistake(
            "gross",
            lambda own: 100 * own["cared"],
            Words(
                en="That is all their growth. What would they have grown without the provider?",
                zh="这是全部增长。没有服务商，他们会长多少？",
            ),
        ),
        Mistake(
            "head_start",
            lambda own: 100 * (own["applied"] - own["others"]),
            Words(
                en="That is the head start of those who apply: just the part that is nobody's work.",
                zh="这是报名的人本来就多长的部分，恰恰不是谁的功劳。",
            ),
        ),
    ),
    hints=(
        Words(
            en="Who is most like the merchants in care, but for the care itself?",
            zh="除了没人照看，谁和照看的商家最像？",
        ),
        Words(en="The lot makes the two groups of applicants alike.", zh="抽签让两批报名的人没有差别。"),
    ),
    solution=Words(
        en="{answer}: applicants against applicants. The other merchants only show how large the selection was.",
        zh="{answer}：报名的和报名的比。其他商家只能告诉你选择偏差有多大。",
    ),
)

QUESTIONS = [points, badges, duties, long_run, marks, growth]
