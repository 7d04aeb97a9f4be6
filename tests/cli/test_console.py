"""JSON lines in and out: nothing is lost when a command fails, and nothing odd gets through."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.cli.console import chunks, json_line, json_lines, write_json_lines
from dateline.edges.json_lines import count_lines, numbered_json_lines, parse_json, read_json_lines
from dateline.errors import UsageError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@given(VALUES)
def test_any_value_is_one_line_of_utf8(value):
    line = json_line(value)
    assert line.encode().count(b"\n") == 1
    assert parse_json(line) == value


def test_only_what_can_not_be_written_is_escaped():
    assert json_line({"id": "é"}) == '{"id": "é"}\n'
    assert json_line({"id": "\ud800"}) == '{"id": "\\ud800"}\n'


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999", "[[NaN]]"])
def test_a_number_that_is_none_is_bad_json(tmp_path, value):
    file = tmp_path / "in.jsonl"
    file.write_text(f'\n{{"id": 1.5}}\n{{"id": {value}}}\n')
    with pytest.raises(UsageError, match="line 3: no JSON"):
        list(read_json_lines(file))


def test_blank_lines_are_no_objects_and_still_count(tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_text('{"a": 1}\n\n  \n{"a": 2}\n')
    assert list(numbered_json_lines(file)) == [(1, {"a": 1}), (4, {"a": 2})]


def test_a_file_may_be_read_while_it_is_written_anew(tmp_path):
    file = tmp_path / "f.jsonl"
    file.write_text('{"a": 1}\n{"a": 2}\n')
    file.chmod(0o640)
    with write_json_lines(file) as lines:
        for value in read_json_lines(file):
            lines.write(json_line(value | {"b": 3}))
    assert [json.loads(line)["b"] for line in file.read_text().splitlines()] == [3, 3]
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("error", [UsageError("no"), KeyboardInterrupt(), SystemExit(1)], ids=repr)
@pytest.mark.parametrize("there", [True, False])
def test_an_error_leaves_what_was_there(tmp_path, error, there):
    file = tmp_path / "f.jsonl"
    if there:
        file.write_text("before\n")

    def fail() -> None:
        with write_json_lines(file) as lines:
            lines.write("half\n")
            raise error

    with pytest.raises(type(error)):
        fail()
    assert [each.read_text() for each in tmp_path.iterdir()] == ["before\n"] * there


def test_a_full_disk_is_one_sentence():
    with pytest.raises(UsageError, match="can't be written"), write_json_lines(Path("/dev/full")) as lines:
        lines.write("x\n")


def test_a_link_stays_and_its_target_is_written(tmp_path):
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.jsonl"
    link.symlink_to(tmp_path / "real" / "f.jsonl")
    with write_json_lines(link) as lines:
        lines.write("x\n")
    assert link.is_symlink()
    assert (tmp_path / "real" / "f.jsonl").read_text() == "x\n"


def test_a_device_is_written_to_and_not_replaced():
    before = Path(os.devnull).stat()
    with write_json_lines(Path(os.devnull)) as lines:
        lines.write("x\n")
    assert Path(os.devnull).stat().st_ino == before.st_ino


def test_standard_output(capsys):
    with write_json_lines(Path("-")) as lines:
        lines.write("x\n")
    assert capsys.readouterr().out == "x\n"


def test_a_mark_before_the_first_line_and_other_ends_of_lines_do_no_harm(tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"a": 1}\r\n{"a": "\xc3\xa9"}\r\n{"a": "\\ud800"}')
    assert list(read_json_lines(file)) == [{"a": 1}, {"a": "é"}, {"a": "\ud800"}]


@pytest.mark.parametrize("line", [b'{"a": "\xff"}', b"\xff\xfe{\x00}\x00", b"{'a': 1}", b"[" * 200_000])
def test_what_is_no_json_is_told_with_its_line(tmp_path, line):
    file = tmp_path / "in.jsonl"
    file.write_bytes(b'{"a": 1}\n' + line)
    with pytest.raises(UsageError, match="line 2: no"):
        list(read_json_lines(file))


@given(st.lists(VALUES.filter(lambda value: "\\ud" not in json.dumps(value)), max_size=4))
def test_many_lines_at_a_time_are_lines_of_json(values):
    assert [json.loads(line) for line in json_lines(values).split("\n")[:-1]] == values


def test_lines_are_counted_where_a_file_lies(tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_text("{}\n" * 7)
    assert count_lines(file) == 7
    assert count_lines(tmp_path / "none") is None
    assert count_lines(Path("/dev/null")) is None


def test_chunks_lose_nothing():
    assert list(chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(chunks([], 2)) == []
