"""The tests themselves run with the network off, where the machine allows it."""

import os
import socket
from pathlib import Path

import pytest


def test_a_connection_beyond_loopback_is_refused_in_tests():
    with socket.socket() as out, pytest.raises(AssertionError, match="network off"):
        out.connect(("192.0.2.1", 80))


@pytest.mark.skipif("RENHUOCHANG_OFFLINE" not in os.environ, reason="bubblewrap, which cuts the network, is not here")
def test_no_interface_but_loopback_is_there():
    interfaces = [line.split(":")[0].strip() for line in Path("/proc/net/dev").read_text().splitlines()[2:]]
    assert interfaces == ["lo"]
