"""One JupyterLab for each language and worker, for all browser tests: it takes longer to start than most of them."""

import contextlib
import os

import pytest
from lab_session import browsing, chromium, serving

from kit.paths import ROOT

PICTURES = ROOT / "build" / "screenshots"


def pytest_collection_modifyitems(items):
    # On a learner's own machine the rest of the tests still says much; in CI, Chromium must be there.
    skip = pytest.mark.skipif(not chromium() and "CI" not in os.environ, reason="no Chromium on this machine")
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(skip)
            item.add_marker(pytest.mark.filterwarnings("default"))


@pytest.fixture(scope="session")
def desks(tmp_path_factory):
    """Return a function from a language to the address of its JupyterLab and the folder of its course."""
    started = {}
    with contextlib.ExitStack() as servers:

        def desk(lang: str):
            if lang not in started:
                folder = tmp_path_factory.mktemp(f"course-{lang}") / "desk"
                started[lang] = servers.enter_context(serving(folder, lang)), folder
            return started[lang]

        yield desk


@pytest.fixture
def page():
    with browsing() as page:
        yield page


@pytest.fixture(scope="session")
def pictures():
    """The folder of screenshots."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES
