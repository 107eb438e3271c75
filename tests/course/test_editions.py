"""One source, two editions: whole pairs, the same code and numbers, and what is committed is what is built."""

import csv
import os
import re
from unittest import mock

import nbformat
import pytest
from built_lessons import ALL_EDITIONS, ALL_NAMES, LESSONS, notebook
from forked_kernels import forked_kernels
from markdown_it import MarkdownIt

from kit.course.editions import build, place, sources
from kit.course.lessons import SLOT, Lesson, SourceError, syllabus
from kit.display.figure import MIME
from kit.parameters.sourced import fact
from kit.paths import DATA, EXERCISES, NOTEBOOKS
from kit.text import LANGUAGES, speaking

both = pytest.mark.parametrize(("source", "lang"), ALL_EDITIONS, ids=ALL_NAMES)
each = pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
each_lesson = pytest.mark.parametrize("source", LESSONS, ids=lambda path: path.stem)


def plain(notebook):
    """A notebook without its pictures, whose bytes follow the machine that drew them."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("image/png", None)
    return notebook


@pytest.fixture(scope="module")
def kernels(tmp_path_factory):
    """Kernels that need not load pandas and the like each time."""
    with forked_kernels(tmp_path_factory.mktemp("kernels")) as environment, mock.patch.dict(os.environ, environment):
        yield


@both
def test_what_is_committed_is_what_the_source_builds(source, lang, tmp_path, kernels):
    # Runs the edition whole: its code, and every output but the pictures, to the last digit.
    built = nbformat.read(build(source, lang, tmp_path / "built.ipynb", pictures=False), as_version=4)
    assert plain(notebook(source, lang)) == plain(built), "run `make build` and commit"


@both
def test_no_mark_of_emphasis_is_left_to_be_read(source, lang):
    # A star between a letter and a quotation mark is no emphasis, and what follows it is set wrongly.
    read = MarkdownIt("commonmark")
    for cell in nbformat.read(place(source, lang), 4).cells:
        if cell.cell_type == "markdown":
            prose = re.sub(r"\$[^$]*\$", "", cell.source)
            for part in read.parse(prose):
                assert not [one.content for one in part.children or [] if one.type == "text" and "*" in one.content]


@both
def test_code_is_folded_for_all_but_researchers_and_a_function_to_write_is_not(source, lang):
    others = set(Lesson(source).about.tracks) != {"researcher"}
    for cell in notebook(source, lang).cells:
        if cell.cell_type == "code":
            folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
            assert folded == (others and not cell.source.startswith("def "))


@each
def test_both_editions_have_the_same_code(source):
    first, second = (
        [re.sub(r'kit\.language\("\w+"\)', "", c.source) for c in notebook(source, lang).cells if c.cell_type == "code"]
        for lang in LANGUAGES
    )
    assert first == second


@each_lesson
def test_both_editions_show_the_same_numbers(source):
    def numbers(lang):
        found = []
        for cell in notebook(source, lang).cells:
            for output in cell.get("outputs", []):
                for row in output.get("data", {}).get(MIME, {}).get("datasets", {}).get("table", []):
                    found += [value for value in row.values() if isinstance(value, (int, float))]
        return found

    english, chinese = (numbers(lang) for lang in LANGUAGES)
    assert len(english) > 50
    assert english == chinese


@each
def test_both_editions_ask_the_computation_for_the_same_numbers(source):
    lesson = Lesson(source)
    english, chinese = (
        [sorted(SLOT.findall(c.source)) for c in lesson.edition(lang) if c.cell_type == "markdown"]
        for lang in LANGUAGES
    )
    assert english == chinese


@each
def test_no_number_is_typed_into_prose(source):
    # A month's name is a word in English and has a digit in Chinese.
    allowed = r"\{\{.+?\}\}|`[^`]*`|\$[^$]*\$|^#+ .*$|^\d+\. |A/B|11·6|\b20\d\d\b|\b\d\d? 月"
    for cell in Lesson(source).cells:
        if cell.cell_type == "markdown":
            rest = re.sub(allowed, "", cell.source, flags=re.M)
            assert not re.search(r"\d", rest), re.findall(r".{0,30}\d+.{0,30}", rest)


@each
def test_terms_stand_in_the_glossary_and_are_used_in_both_languages(source):
    with (DATA / "text" / "glossary.csv").open(encoding="utf-8", newline="") as lines:
        glossary = {row["term"]: row for row in csv.DictReader(lines)}
    lesson = Lesson(source)
    for lang in LANGUAGES:
        # The printed labels belong to the lesson: a term may stand in a panel.
        whole = str(notebook(source, lang).cells).lower()
        missing = [term for term in lesson.about.terms if glossary[term][lang].lower() not in whole]
        assert not missing, f"{lang}: {missing}"
    assert all(all(row.values()) for row in glossary.values())


@each
def test_the_numbers_of_the_front_matter_exist_and_the_prerequisites_make_no_circle(source):
    lesson = Lesson(source)
    assert all(fact(number) for number in lesson.about.numbers)
    before = {other.about.id: other.about.prerequisites for other in map(Lesson, sources())}
    waiting, done = set(before), set()
    while ready := {name for name in waiting if set(before[name]) <= done}:
        done |= ready
        waiting -= ready
    assert not waiting


@each
def test_the_exercises_of_the_front_matter_are_sheets_that_there_are(source):
    about = Lesson(source).about
    assert set(about.exercises) <= {path.stem for path in EXERCISES.glob("ex*.py")}
    for name in about.exercises:
        # The lesson says where they are, in both languages.
        assert all(f"{name}.ipynb" in str(notebook(source, lang).cells[-1].source) for lang in LANGUAGES)
        assert about.id in Lesson(EXERCISES / f"{name}.py").about.prerequisites


SOURCE = """# ---
# jupyter:
#   lesson: {id: x, number: "99", title: {en: X, zh: 某}, objectives: [], prerequisites: [], minutes_read: 1,
#     minutes_do: 1, terms: [], numbers: [], exercises: [], tracks: [], takeaways: []}
# ---
"""
EN, ZH = '\n# %% [markdown] lang="en"\n# Hello\n', '\n# %% [markdown] lang="zh"\n# 你好\n'
CODE = '\n# %%\nimport kit\n\nkit.language("en")\n'


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (EN + CODE, "no Chinese"),
        (CODE + EN, "no Chinese"),
        (ZH + CODE, "'en' is due"),
        (EN + EN + ZH, "'zh' is due"),
        (EN + ZH + '\n# %% lang="en"\nimport kit\n', "code stands once"),
        (EN + ZH, "sets the language"),
        (EN + ZH + CODE.replace("en", "zh"), "sets the language"),
    ],
)
def test_a_source_with_unpaired_prose_is_refused(tmp_path, body, fault):
    path = tmp_path / "99_x.py"
    path.write_text(SOURCE + body, encoding="utf-8")
    with pytest.raises(SourceError, match=fault):
        Lesson(path)


def test_front_matter_with_a_typo_is_refused_by_name(tmp_path):
    path = tmp_path / "99_x.py"
    path.write_text(SOURCE.replace("minutes_do", "minute_do") + EN + ZH, encoding="utf-8")
    with pytest.raises(SourceError, match="minute_do"):
        Lesson(path)


def test_a_whole_source_builds_in_both_languages(tmp_path):
    path = tmp_path / "99_x.py"
    path.write_text(SOURCE + EN + ZH + CODE + "\nkit.fact('A38').value\n", encoding="utf-8")
    for lang, hello in (("en", "Hello"), ("zh", "你好")):
        built = nbformat.read(build(path, lang, place(path, lang, tmp_path / "out"), pictures=False), as_version=4)
        assert built.cells[0].source == hello
        assert f'kit.language("{lang}")' in built.cells[1].source
        assert built.cells[1].outputs[0]["data"]["text/plain"] == "200.0"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_syllabus_lists_every_lesson_that_there_is_and_no_other(lang):
    lessons = [Lesson(source).about for source in sources() if source.parent == NOTEBOOKS]
    with speaking(lang):
        table = syllabus()
    assert table["title"].tolist() == [getattr(about.title, lang) for about in lessons]
    assert table["minutes"].tolist() == [about.minutes_read + about.minutes_do for about in lessons]
    assert not table["tracks"].str.contains(r"track|merchant\b|^$").any()
