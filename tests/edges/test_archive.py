"""Which files an archive has, and where a manifest may lead."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from dateline.edges.archive import ArchiveBatch, divide, files, plan
from dateline.errors import UsageError


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """An archive of two pages, `real`, a link to it, `link`, and a file outside."""
    folder = tmp_path / "real"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.html").write_text("<p>a")
    (folder / "inner" / "b.html").write_text("<p>b")
    (tmp_path / "link").symlink_to(folder)
    (tmp_path / "outside.html").write_text("<p>outside")
    return tmp_path


def planned(path: Path, manifest: dict[str, dict[str, Any]]) -> dict[str, ArchiveBatch]:
    return {name: batch for batch in plan(path, "html", None, manifest) for name in batch.paths}


def test_hidden_files_dangling_links_and_linked_folders_are_none(pages):
    folder = pages / "real"
    (folder / ".git").mkdir()
    (folder / ".git" / "c.html").write_text("")
    (folder / ".hidden").write_text("")
    (folder / "dangling.html").symlink_to(folder / "gone")
    (folder / "around").symlink_to(folder)
    (folder / "loop.html").symlink_to(folder / "loop.html")
    os.mkfifo(folder / "pipe.html")
    # A link that leads to itself can't be looked at: it is told of when it is opened.
    assert [file.relative_to(folder).as_posix() for file in files(folder)] == [
        "a.html", "loop.html", "inner/b.html",
    ]  # fmt: skip


def test_a_folder_that_can_not_be_listed_is_told(pages, monkeypatch):
    listed = os.scandir

    def deaf(path: str) -> Any:
        if str(path).endswith("inner"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", deaf)
    with pytest.raises(UsageError, match=r"folder .*inner can't be listed: Permission denied"):
        plan(pages / "real", "html", None)


def test_nothing_and_no_file(pages):
    with pytest.raises(UsageError, match="nothing at"):
        list(files(pages / "none"))
    os.mkfifo(pages / "pipe")
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        list(files(pages / "pipe"))


@pytest.mark.parametrize("given", ["real", "link", "real/../link", "real/inner/.."])
@pytest.mark.parametrize("named", ["real", "link"])
def test_the_same_page_under_any_name_of_its_folder_is_one(pages, given, named):
    found = planned(pages / given, {str(pages / named / "a.html"): {"url": "https://x.test/a"}})
    assert sorted(found) == ["a.html", "inner/b.html"]
    assert found["a.html"].refusal("a.html") is None
    assert found["a.html"].url("a.html") == "https://x.test/a"
    assert found["inner/b.html"].url("inner/b.html") is None


def test_no_manifest_leads_outside(pages):
    (pages / "real" / "way.html").symlink_to(pages / "outside.html")
    names = ["/etc/passwd", str(pages / "outside.html"), str(pages / "real")]
    manifest = {name: {} for name in [*names, str(pages / "real" / "way.html")]}
    found = planned(pages / "real", manifest)
    assert sorted(found) == sorted([*names, "a.html", "inner/b.html", "way.html"])
    for name in [*names, "way.html"]:
        refusal = found[name].refusal(name)
        assert refusal is not None
        assert refusal[0] == "bad_path"
        assert found[name].fingerprints()[name] == "refused"
    assert found["a.html"].refusal("a.html") is None


def test_a_page_that_is_missing_is_planned_with_its_url(pages):
    found = planned(
        pages / "real", {str(pages / "real" / "gone.html"): {"url": " https://x.test/\n", "n": 1}}
    )
    assert found["gone.html"].refusal("gone.html") is None
    assert found["gone.html"].url("gone.html") == "https://x.test/"


@pytest.mark.parametrize("url", [None, 7, "", ["x"], " \n"])
def test_a_url_that_is_none(pages, url):
    found = planned(pages / "real", {str(pages / "real" / "a.html"): {"url": url}})
    assert found["a.html"].url("a.html") is None


def test_two_names_of_one_page_are_told(pages):
    manifest = {str(pages / name / "a.html"): {} for name in ("real", "link")}
    with pytest.raises(UsageError, match="twice"):
        plan(pages / "real", "html", None, manifest)


def test_each_archive_gets_its_part_of_a_manifest(pages):
    first, second = pages / "real" / "inner", pages / "real" / "a.html"
    names = {"b": first / "b.html", "a": second, "out": pages / "outside.html"}
    manifest = {str(path): {"n": name} for name, path in names.items()}
    parts = divide([first, second], manifest)
    assert [[entry["n"] for entry in part.values()] for part in parts] == [["b", "out"], ["a"]]


def test_a_name_that_is_no_text_is_refused(pages):
    (pages / "real" / os.fsdecode(b"\xff.html")).write_text("")
    found = planned(pages / "real", {})
    assert [name for name, batch in found.items() if batch.refusal(name)] == ["\udcff.html"]
