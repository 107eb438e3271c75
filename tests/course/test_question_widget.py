"""Questions as widgets, in both languages: answered by their controls alone, kept, hinted at, opened, reset."""

import json

import pytest

import kit
from kit.course.exercises.progress import FILE, Progress, ProgressTable
from kit.course.exercises.question import every, sheet, sheets
from kit.course.exercises.question_types import Choice, Code, Match, Number, Order, Predict, Tune
from kit.course.exercises.question_widget import ask, controls_for, me
from kit.text import LANGUAGES, speaking, words

QUESTIONS = every()
each = pytest.mark.parametrize("asked", QUESTIONS.values(), ids=QUESTIONS)
both = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """A learner's own folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer(shown, given):
    """Answer as a person does: by the controls, then by the button."""
    if isinstance(shown.question.kind, Code):
        shown.check(shown.question.kind.compile(given))
        return
    shown.controls.show(None)
    put(shown.controls, shown.question.kind, given)
    shown.check_button.click()


def written(kind: Number, value) -> str:
    """A number as a person writes it: a share in per cent."""
    return f"{100 * value:.9f}" if kind.unit == "share" and not isinstance(value, str) else str(value)


def put(controls, kind, given):
    match kind:
        case Number():
            controls.views[0].value = written(kind, given)
        case Choice():
            controls.views[0].value = given
        case Order():
            given = given.split(", ") if isinstance(given, str) else given
            for box, item in zip(controls.views, given, strict=True):
                box.value = item
        case Match():
            for name, box in zip(kind.left, controls.views, strict=True):
                box.value = given[name]
        case Predict():
            _, guess, commit, opened = controls.views
            guess.value = given["guess"]
            commit.click()
            opened.children[1].value = written(kind.number, given["found"])
        case Tune():
            for name, value in given.items():
                knob = controls.panel.knobs[name]
                (knob.field or knob.slider).value = str(value)


@each
@both
def test_a_right_answer_by_the_controls_is_right_and_is_kept(asked, lang):
    with speaking(lang):
        shown = ask(asked.id)
        assert words("ask.open") in shown.message.value
        answer(shown, asked.right[0](shown.numbers))
        assert "✓" in shown.message.value
        assert ask(asked.id).verdict.state == "right"
        assert Progress().entry(asked.id)["state"] == "right"
        assert not ask(asked.id).solution_button.disabled


@each
@both
def test_each_mistake_by_the_controls_is_told_its_message(asked, lang):
    import html

    with speaking(lang):
        for mistake in asked.mistakes:
            shown = ask(asked.id)
            answer(shown, mistake.gives(shown.numbers))
            assert "✗" in shown.message.value
            assert asked.fill(mistake.says, shown.numbers) in html.unescape(shown.message.value)


@each
def test_what_was_answered_stands_there_when_the_sheet_is_opened_again(asked):
    first = ask(asked.id)
    answer(first, asked.right[0](first.numbers))
    if not isinstance(asked.kind, Code):
        kept = asked.kind.read(ask(asked.id).controls.answer())
        assert asked.kind.same(kept, asked.kind.read(first.controls.answer()))


@each
def test_a_kept_answer_of_another_kind_does_no_harm(asked):
    for kept in ("x", 5, ["a"], {"a": 1}, {"guess": "z", "found": 1}):
        controls_for(asked, list(asked.keys("k", "")), kept)


@both
def test_the_solution_opens_after_the_tries_or_the_hints_and_no_sooner(lang, desk):
    with speaking(lang):
        shown = ask("ex03.who_pays")
        solution = shown.question.fill(shown.question.solution, {})
        shown._solution()
        assert solution not in shown.help.value
        for n, wrong in enumerate(("platform", "nobody", "buyers")):
            assert shown.solution_button.disabled, n
            answer(shown, wrong)
        assert not shown.solution_button.disabled
        shown.solution_button.click()
        assert solution in shown.help.value

        by_hints = ask("ex01.identity")
        for _ in by_hints.question.hints:
            assert by_hints.solution_button.disabled
            by_hints.hint_button.click()
        assert by_hints.hint_button.disabled
        assert not by_hints.solution_button.disabled


def test_the_gate_is_the_classs_own(desk):
    (desk / "course.toml").write_text('key = "k"\n[gates]\ntries = 1\nhints = false\n[due]\nex03 = 2027-01-31\n')
    shown = ask("ex03.who_pays")
    assert "31 Jan 2027" in shown.prompt()
    for _ in shown.question.hints:
        shown.hint_button.click()
    assert shown.solution_button.disabled
    answer(shown, "buyers")
    assert not shown.solution_button.disabled


def test_the_same_wrong_answer_once_more_is_no_further_try():
    shown = ask("ex03.who_pays")
    for _ in range(5):
        answer(shown, "buyers")
    assert shown.entry["tries"] == 1


def test_one_question_is_reset_and_no_other():
    for name, wrong in (("ex03.who_pays", "buyers"), ("ex01.identity", "value")):
        answer(ask(name), wrong)
    shown = ask("ex03.who_pays")
    shown.hint_button.click()
    shown.reset_button.click()
    assert Progress().entry("ex03.who_pays") == {"state": "open", "answer": None, "tries": 0, "hints": 0}
    assert Progress().entry("ex01.identity")["state"] == "wrong"
    assert words("ask.open") in shown.message.value
    assert shown.controls.answer() is None


@both
def test_a_bare_number_for_a_share_is_told_as_it_was_read(lang):
    with speaking(lang):
        shown = ask("ex01.conversion")
        for written, said in (("0.04", "0.04%"), ("4", "4%"), ("4%", None), ("", None)):
            answer(shown, written)
            assert (words("ask.taken", value=said) in shown.message.value) == bool(said)


@both
def test_what_cannot_be_read_is_told_and_counts_for_nothing(lang):
    with speaking(lang):
        shown = ask("ex03.fee_past_cap")
        answer(shown, "much")
        assert "rhc-refused" in shown.message.value
        assert shown.entry["tries"] == 0


@both
def test_the_panel_of_a_prediction_opens_after_the_guess_alone(lang):
    with speaking(lang):
        shown = ask("ex06.more_chains")
        _, guess, commit, opened = shown.controls.views
        assert opened.children == ()
        shown.check_button.click()
        assert words("refusal.ask_guess") in shown.message.value
        commit.click()
        assert opened.children == (), "nothing was chosen"
        guess.value = "more"
        commit.click()
        assert len(opened.children) == 2
        assert words("refusal.ask_guess") not in shown.message.value, "the guess is made"


@both
def test_the_learners_id_makes_their_own_numbers(lang):
    with speaking(lang):
        before = ask("ex03.fee_past_cap").numbers
        field = me()
        field.field.value = "2020001"
        assert words("me.saved") in field.message.value
        assert ask("ex03.fee_past_cap").numbers != before
        field.field.value = "../x"
        assert "rhc-refused" in field.message.value
        assert Progress().learner == "2020001"


KEYED = ["ex03.who_pays", "ex06.story", "ex06.parties"]


@pytest.mark.parametrize("name", KEYED)
@both
def test_each_learner_sees_the_options_in_an_order_of_their_own(name, lang):
    orders = set()
    with speaking(lang):
        for learner in ("1", "2", "3", "4"):
            Progress().set_learner(learner)
            shown = ask(name)
            seen = {tuple(told for told, _ in box.options if told != "—") for box in shown.controls.views}
            assert seen == {tuple(shown.options.values())}
            orders |= seen
    assert len(orders) >= 3


def test_in_code_an_option_is_named_by_the_learners_own_key_alone():
    shown = ask("ex03.who_pays")
    mine = shown.keys["others"]
    assert shown.options[mine] == QUESTIONS["ex03.who_pays"].kind.options["others"].en
    assert "rhc-refused" in shown.check("others").message.value
    assert shown.entry["state"] == "open"
    assert shown.check(mine).verdict.state == "right"


@both
def test_a_copied_file_of_answers_says_nothing_under_another_id(lang, desk):
    Progress().set_learner("neighbour")
    for name in KEYED:
        shown = ask(name)
        answer(shown, shown.question.right[0](shown.numbers))
    copied = json.loads((desk / FILE).read_text(encoding="utf-8"))
    (desk / FILE).write_text(json.dumps(copied | {"learner": "me"}), encoding="utf-8")
    with speaking(lang):
        for name in KEYED:
            shown = ask(name)
            kept = shown.controls.answer()
            assert not any(kept if isinstance(kept, list) else kept.values() if isinstance(kept, dict) else [kept])


def test_under_another_id_one_starts_anew_and_finds_the_old_answers_back():
    answer(ask("ex03.who_pays"), "others")
    me().field.value = "2020001"
    assert ask("ex03.who_pays").verdict.state == "open"
    answer(ask("ex03.who_pays"), "buyers")
    me().field.value = ""
    assert ask("ex03.who_pays").verdict.state == "right"
    assert ask("ex03.who_pays").controls.answer() == "others"
    me().field.value = "2020001"
    assert ask("ex03.who_pays").verdict.state == "wrong"


@both
def test_a_question_that_was_shown_before_the_id_changed_takes_no_answer(lang):
    with speaking(lang):
        shown = ask("ex03.who_pays")
        Progress().set_learner("2020001")
        answer(shown, "others")
        assert words("refusal.ask_other") in shown.message.value
    assert Progress().entries == {}


@both
def test_the_picture_shows_each_state_with_a_sign(lang):
    answer(ask("ex03.who_pays"), "others")
    answer(ask("ex01.identity"), "value")
    with speaking(lang):
        picture = kit.progress()
        states = "".join("✓" if name == "ex03.who_pays" else "○" for name in sheet("ex03"))
        assert repr(picture).splitlines()[1] == f"ex03: {states}"
        assert "✗" in repr(picture).splitlines()[0]
        page = picture._repr_html_()
        assert page.count('role="img"') == len(sheets())
        assert words("ask.done", sheet="ex03", right="1", n=str(len(states))) in page


def test_a_spoiled_file_of_answers_is_refused_by_name_and_left_as_it_is(desk):
    (desk / FILE).write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=FILE):
        Progress()
    assert (desk / FILE).read_text(encoding="utf-8") == "{"


def test_the_file_of_answers_is_whole_after_each_of_them(desk):
    answer(ask("ex03.who_pays"), "others")
    kept = json.loads((desk / FILE).read_text(encoding="utf-8"))
    asked = QUESTIONS["ex03.who_pays"]
    assert kept["questions"][asked.id]["answer"] == asked.keys("renhuochang", "")["others"]
    assert list(desk.iterdir()) == [desk / FILE]


def test_the_picture_is_empty_where_nothing_was_done():
    assert set("".join(state for states in ProgressTable(Progress()).rows.values() for state in states)) == set("open")
