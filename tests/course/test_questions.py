"""Every question, both languages: not attempted, right by two routes, each expected mistake by its own message."""

import random
import re
import string

import pytest
from course_font import drawn

from kit.course.exercises.question import Mistake, Question, every, question, sheet, sheets
from kit.course.exercises.question_types import Choice, Code, Match, Number, Order, Predict, Tune
from kit.paths import EXERCISES
from kit.text import LANGUAGES, Refusal, has, speaking

QUESTIONS = every()
LEARNERS = ["", "2020001", "2020002", "li.na@example.org"]
each = pytest.mark.parametrize("asked", QUESTIONS.values(), ids=QUESTIONS)
both = pytest.mark.parametrize("lang", LANGUAGES)
HAN = "一-鿿"


def own(asked: Question, learner: str):
    return asked.numbers("renhuochang", learner)


def given(asked: Question, answer):
    """What a learner gives: of code, the function that the source makes."""
    return asked.kind.compile(answer) if isinstance(asked.kind, Code) else answer


def starters(asked: Question):
    match asked.kind:
        case Code():
            return [None, ..., asked.kind.compile(asked.kind.starter)]
        case Number():
            return ["", "  ", None]
        case Choice():
            return [None, ""]
        case Order():
            return [None, [], [""] * len(asked.kind.items)]
        case Match():
            return [None, {}, dict.fromkeys(asked.kind.left, "")]
        case Predict():
            return [None, {}, {"guess": next(iter(asked.kind.guesses)), "found": ""}]
        case Tune():
            return [None, {}]


@each
def test_what_nobody_has_answered_is_not_attempted(asked):
    for starter in starters(asked):
        assert asked.check(starter, own(asked, "")).state == "open"


@each
@pytest.mark.parametrize("learner", LEARNERS)
def test_two_routes_lead_to_a_right_answer(asked, learner):
    assert len(asked.right) >= 2
    for route in asked.right:
        verdict = asked.check(given(asked, route(own(asked, learner))), own(asked, learner))
        assert verdict.state == "right"


@each
@pytest.mark.parametrize("learner", LEARNERS)
def test_each_expected_mistake_is_wrong_and_known(asked, learner):
    assert len(asked.mistakes) >= 2
    for mistake in asked.mistakes:
        verdict = asked.check(given(asked, mistake.gives(own(asked, learner))), own(asked, learner))
        assert (verdict.state, verdict.mistake) == ("wrong", mistake.id)


@each
@both
def test_each_mistake_has_a_message_of_its_own(asked, lang):
    with speaking(lang):
        numbers = own(asked, "2020001")
        said = [
            asked.message(asked.check(given(asked, mistake.gives(numbers)), numbers), numbers)
            for mistake in asked.mistakes
        ]
    assert len(set(said)) == len(asked.mistakes)
    assert not [message for message in said if "{" in message or len(message) < 8]


@pytest.mark.parametrize(
    ("written", "value"),
    [("40", 0.4), ("0.4", 0.004), ("40 %", 0.4), ("0.73", 0.0073), ("1", 0.01), ("0.5", 0.005), ("100", 1.0),
     ("40‰", 0.04), ("４０", 0.4), ("０．７３％", 0.0073), (0.73, 0.73), (40, 40.0)],
)  # fmt: skip
def test_an_answer_in_per_cent_is_read_as_it_is_written_and_a_number_of_code_as_it_is(written, value):
    assert Number("share").read(written) == pytest.approx(value)
    bare = isinstance(written, str) and not {"%", "％", "‰"} & {*written}
    assert bool(Number("share").taken(written)) == bare


def texts(asked: Question):
    groups = [getattr(asked.kind, name, {}) for name in ("options", "items", "left", "right", "guesses")]
    ends = [getattr(asked.kind, name) for name in ("first", "last") if hasattr(asked.kind, name)]
    return [
        *(asked.title, asked.prompt, asked.solution, *asked.hints, *(m.says for m in asked.mistakes), *ends),
        *(relation.says for relation in getattr(asked.kind, "relations", ())),
        *(text for group in groups for text in group.values()),
    ]


@each
def test_both_languages_say_the_same_fields_in_their_own_marks(asked):
    for text in texts(asked):
        named = [{name for _, name, _, _ in string.Formatter().parse(t) if name} for t in (text.en, text.zh)]
        assert named[0] == named[1], text
        assert named[0] <= {*asked.variants, *asked.facts, "answer"}
        assert re.search(f"[{HAN}]", text.zh), text
        assert not re.search(f"[{HAN}][,;:?]|[,;:?][{HAN}]", text.zh), text
        assert not re.search(f"[{HAN}]", text.en), text
        assert all(map(drawn, text.zh)), [letter for letter in text.zh if not drawn(letter)]


@each
@both
def test_the_words_are_whole_when_the_numbers_are_in(asked, lang):
    with speaking(lang):
        for text in texts(asked):
            if text.en in (asked.prompt.en, asked.solution.en, *(hint.en for hint in asked.hints)):
                assert "{" not in asked.fill(text, own(asked, "7"))


@each
@both
def test_the_number_that_the_prompt_shows_is_the_learners_own(asked, lang):
    # Rounded for people, it must still lead to the right answer: what is shown is exactly what is meant.
    from kit.text import number, quantity

    with speaking(lang):
        for learner in map(str, range(60)):
            for name, amount in own(asked, learner).items():
                shown, _ = quantity(number(amount, asked.variants[name].unit))
                assert shown == pytest.approx(amount, rel=1e-9)


def test_each_sheet_has_five_questions_or_more_of_three_kinds():
    assert len(sheets()) >= 3
    for name in sheets():
        found = sheet(name)
        assert len(found) >= 5
        assert len({type(asked.kind) for asked in found.values()}) >= 3
        assert all(asked.startswith(f"{name}.") for asked in found)


def test_all_kinds_occur():
    assert {type(asked.kind) for asked in QUESTIONS.values()} == {Number, Choice, Order, Match, Predict, Tune, Code}


@each
def test_another_learners_numbers_make_another_answer(asked):
    if not asked.variants:
        return
    mine = own(asked, "2020001")
    others = [own(asked, f"30{n}") for n in range(100)]
    copied = [asked.check(asked.right[0](other), mine).state for other in others]
    assert copied.count("right") <= 3


@each
@pytest.mark.parametrize("learner", LEARNERS)
def test_what_a_file_holds_is_opened_again_by_its_own_learner(asked, learner):
    mine = own(asked, learner)
    for answer in (*(route(mine) for route in asked.right), *(mistake.gives(mine) for mistake in asked.mistakes)):
        sealed = asked.to_file(answer, "renhuochang", learner)
        verdicts = [
            asked.check(given(asked, told), mine) for told in (answer, asked.from_file(sealed, "renhuochang", learner))
        ]
        assert verdicts[0] == verdicts[1]
    for starter in starters(asked)[:-1] if isinstance(asked.kind, Code) else starters(asked):
        assert asked.check(asked.from_file(starter, "renhuochang", learner), mine).state == "open"


KEYED = [asked for asked in QUESTIONS.values() if isinstance(asked.kind, (Choice, Order, Match))]


@pytest.mark.parametrize("asked", KEYED, ids=lambda asked: asked.id)
def test_a_neighbours_choice_order_or_match_says_nothing(asked):
    mine = asked.keys("renhuochang", "mine")
    assert len(set(mine.values())) == len(mine) == len(asked.kind.keyed_options)
    orders = set()
    for n in range(60):
        theirs = asked.keys("renhuochang", f"30{n}")
        orders.add(tuple(theirs))
        assert not set(mine.values()) & {*theirs.values(), *asked.kind.keyed_options}
        with pytest.raises(Refusal):
            asked.from_file(asked.to_file(asked.right[0]({}), "renhuochang", f"30{n}"), "renhuochang", "mine")
    assert len(orders) > 15
    assert asked.keys("another key", "mine") != mine == asked.keys("renhuochang", "mine")


# Functions that are wrong in a way that nobody declared, by the relation that tells it.
UNDECLARED = {
    "order_of_merchants": "def top_share(orders, part):\n    return orders[0] / sum(orders)",
    "scale_of_orders": "def top_share(orders, part):\n    return sum(sorted(orders)[-int(part * len(orders)):])",
    "order_of_days": "def fees_by_day(sales, fee, cap, standard):\n    return [n * s for n, s in enumerate(sales)]",
    "scale_of_sales": "def fees_by_day(sales, fee, cap, standard):\n    return [fee * s + 1 for s in sales]",
    "order_of_providers": "def badges_after(scores, had, gain, keep):\n    return [n > 1 for n in range(len(had))]",
    "level_of_scores": "def badges_after(scores, had, gain, keep):\n    return [s > 1 for s in scores]",
    "order_of_refunds": "def given_back(price, refunds, rate):\n    return [n * r for n, r in enumerate(refunds)]",
    "joined_refunds": "def given_back(price, refunds, rate):\n    return [r * rate // 1000 + 1 for r in refunds]",
}
RELATIONS = {
    relation.id: (asked, relation)
    for asked in QUESTIONS.values()
    for relation in getattr(asked.kind, "relations", ())
}  # fmt: skip


def test_every_code_question_has_two_relations_that_hold_whatever_is_drawn():
    assert set(UNDECLARED) == set(RELATIONS)
    for asked in QUESTIONS.values():
        if isinstance(asked.kind, Code):
            assert len(asked.kind.relations) == 2
            for seed in range(25):
                cases = asked.kind.draw_cases(random.Random(f"r{seed}"))
                for route in asked.right:
                    outputs = asked.kind.outputs(asked.kind.compile(route({})), cases)
                    assert asked.kind.broken_relation(outputs, cases) is None


@pytest.mark.parametrize("name", UNDECLARED)
@both
def test_a_wrong_function_that_nobody_expected_is_told_what_does_not_hold(name, lang):
    asked, relation = RELATIONS[name]
    function = asked.kind.compile(UNDECLARED[name])
    with speaking(lang):
        verdict = asked.check(function, {})
        assert (verdict.state, verdict.mistake) == ("wrong", name)
        assert asked.message(verdict, {}) == getattr(relation.says, lang)


def test_results_of_no_use_break_a_relation_and_stop_nothing():
    _, relation = RELATIONS["order_of_days"]
    for odd in (None, "x", [None], {"a": 1}, [10**400, 1.0], [[1]]):
        assert relation.holds_between(odd, odd, 0.1) is False


def test_numbers_follow_from_key_learner_and_question_alone():
    asked = question("ex03.fee_past_cap")
    assert own(asked, "1") == own(asked, "1")
    assert asked.numbers("another key", "1") != own(asked, "1")


@each
def test_code_cases_change_with_the_seed_and_tell_right_from_wrong_at_every_seed(asked):
    if not isinstance(asked.kind, Code):
        return
    for seed in range(25):
        cases = asked.kind.draw_cases(random.Random(f"s{seed}"))
        assert cases != asked.kind.draw_cases(random.Random(f"t{seed}"))
        for route in asked.right:
            assert asked.judge(asked.kind.outputs(asked.kind.compile(route({})), cases), cases).state == "right"
        for mistake in asked.mistakes:
            verdict = asked.judge(asked.kind.outputs(asked.kind.compile(mistake.gives({})), cases), cases)
            assert (verdict.state, verdict.mistake) == ("wrong", mistake.id)


@both
def test_a_function_that_stops_is_wrong_and_says_why(lang):
    def fees_by_day(sales, fee, cap, standard):
        raise KeyError("cap")

    asked = question("ex03.fees_by_day")
    with speaking(lang):
        verdict = asked.check(fees_by_day, {})
        assert verdict.state == "wrong"
        assert "KeyError" in asked.message(verdict, {})


@both
@pytest.mark.parametrize(
    ("name", "answer", "code"),
    [
        ("ex03.fee_past_cap", "much", "lever_number"),
        ("ex03.fee_past_cap", "5000 days", "lever_unit"),
        ("ex03.who_pays", "the moon", "unknown"),
        ("ex06.story", ["paid", "paid", "received", "settled", "refunded"], "ask_order"),
        ("ex06.parties", {"leader": "rest"}, "ask_match"),
        ("ex06.more_chains", {"guess": "", "found": "3"}, "ask_guess"),
        ("ex06.more_chains", [3], "ask_form"),
        ("ex03.half_for_the_large", {"fan_xing.cap": 1e9}, "lever_outside"),
        ("ex03.half_for_the_large", {"assume.standard_fee": 0.01}, "unknown"),
        ("ex03.fees_by_day", 5, "ask_function"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_counts_for_nothing(lang, name, answer, code):
    asked = question(name)
    with speaking(lang):
        with pytest.raises(Refusal) as refused:
            asked.check(answer, own(asked, ""))
        assert str(refused.value)
    assert refused.value.code == code


@both
def test_a_question_that_there_is_not_is_refused_by_name(lang):
    with speaking(lang), pytest.raises(Refusal, match=r"ex03\.nothing"):
        question("ex03.nothing")
    with speaking(lang), pytest.raises(Refusal, match=r"\.\./x"):
        sheet("../x")


def test_the_sheets_hold_no_answer():
    for path in EXERCISES.glob("ex*.py"):
        text = path.read_text(encoding="utf-8")
        for asked in sheet(path.stem).values():
            for mistake in asked.mistakes:
                assert isinstance(mistake, Mistake)
                assert mistake.says.en not in text
            assert asked.solution.en not in text


def test_every_word_that_grading_uses_is_there():
    from kit.course.exercises.code_runner import read

    for fault in ("error", "missing", "type", "time", "output", "record"):
        assert has(f"fault.{fault}")
    assert read(b"[]") == {"fault": "record"}
