"""What tests share: the program, a store, the folder of gold."""
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def readout_program():
    """The program that $READOUT names."""
    return os.environ["READOUT"]


@pytest.fixture(scope="session")
def store(tmp_path_factory, readout_program):
    """A store of the three example reports."""
    path = tmp_path_factory.mktemp("store") / "examples.db"
    subprocess.run([readout_program, "add", path, ROOT / "examples/reports.jsonl", "--read", "all", "--quiet"], check=True)
    return path


@pytest.fixture(scope="session")
def shared():
    folder = ROOT.parent / "shared"
    if not folder.exists():
        pytest.skip("../shared is not there")
    return folder
