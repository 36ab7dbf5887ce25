"""Files are whole or as they were; links, permissions and devices stay what they are."""

import os
import stat
import threading
from pathlib import Path

import pytest

from simulator.files.whole import write, written


def test_a_file_that_cannot_be_finished_is_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("before")
    with pytest.raises(RuntimeError), written(file) as out:
        out.write(b"half")
        raise RuntimeError
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    target, link = tmp_path / "deep" / "target.txt", tmp_path / "link.txt"
    target.write_text("before")
    link.symlink_to(target)
    write(link, "after")
    assert link.is_symlink()
    assert target.read_text() == "after"


def test_permissions_stay(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text("before")
    file.chmod(0o600)
    write(file, "after")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    write(tmp_path / "one", "")
    (tmp_path / "other").touch()
    modes = {(tmp_path / name).stat().st_mode for name in ("one", "other")}
    assert len(modes) == 1


def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write(pipe, "words")
    reader.join(10)
    assert read == [b"words"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_stays_a_device() -> None:
    write(Path(os.devnull), "nothing")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
