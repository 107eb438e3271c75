"""What holds for all tests: no network beyond loopback, and English unless a test says otherwise."""

import ipaddress
import socket
import sys

import pytest
from hypothesis import settings

from kit.text import language

# jsonschema compiles this grammar for a second or two wherever it is installed; kit.display.lazy_altair hides it too.
sys.modules.setdefault("rfc3987_syntax", None)

# The first example of a test may compile; no test asserts a time.
settings.register_profile("kit", deadline=None)
settings.load_profile("kit")


# Files that take longest come first, so that no worker is left alone with one at the end.
_LONGEST = ("browser/", "test_wheel", "test_editions", "test_panels", "test_charts", "test_plan", "redteam/")


def pytest_collection_modifyitems(items):
    def place(item) -> int:
        return next((n for n, name in enumerate(_LONGEST) if name in item.nodeid), len(_LONGEST))

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """One worker runs all browser tests, and so starts one JupyterLab a language; the others compute meanwhile."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduler(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            scope = super()._split_scope(nodeid)
            return "tests/browser" if scope.startswith("tests/browser/") else scope

    return Scheduler(config, log)


def _local(address) -> bool:
    if not isinstance(address, tuple):
        return True
    host = address[0]
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _loopback_only():
    connect = socket.socket.connect

    def guarded(self, address):
        if not _local(address):
            raise AssertionError(f"a test asked for {address}: everything must work with the network off")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def _english():
    language("en")
    yield
    language("en")
