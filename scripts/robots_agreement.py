"""How often our reader of robots.txt says what the reference says that RFC 9309 was written from.

    git clone https://github.com/google/robotstxt
    cmake -S robotstxt -B robotstxt/build && make -C robotstxt/build
    python scripts/robots_agreement.py FILES.jsonl --reference robotstxt/build/robots

FILES.jsonl has a robots.txt in the field `text` of each line. The URLs are made of its own patterns: each as
it stands, with something in place of its asterisks, with something behind it, and without its last letter.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from dateline.text import robots

AGENT = "dateline"
HOST = "https://www.example.com"
_KEPT = "/%?&=:;,+@!$'()*~-._#[]|^{}<>\\"
ALWAYS = ("/", "/news/2026/03/25/a-lamp-on-the-pier", "/index.html", "/a?b=c", "/robots.txt")


class Verdict(NamedTuple):
    """What two readers say of one URL."""

    url: str
    ours: bool
    reference: bool


def urls_of(text: str, most: int) -> list[str]:
    """URLs that its patterns are about, in their order, each once."""
    found = dict.fromkeys(ALWAYS)
    for line in text.splitlines():
        name, _, value = line.partition("#")[0].partition(":")
        if name.strip().lower() in ("allow", "disallow") and value.strip().startswith(("/", "*")):
            found |= dict.fromkeys(_about(value.strip()))
    # As they go over the wire: the reference asks for that.
    return [HOST + quote(path, _KEPT, errors="replace") for path in list(found)[:most]]


def _about(pattern: str) -> Iterator[str]:
    for filling in ("", "x", "/x/y"):
        path = pattern.removesuffix("$").replace("*", filling)
        path = path if path.startswith("/") else "/" + path
        yield from (path, path + "x", path + "/1", path[:-1] or "/")


def verdicts(text: str, reference: Path, most: int, folder: Path, number: int) -> list[Verdict]:
    """Both verdicts on all URLs of one file."""
    place = folder / f"{number}.txt"
    place.write_text(text, encoding="utf-8", errors="surrogatepass")
    rules = robots.parse(text.encode("utf-8", "surrogatepass"), AGENT)
    found = []
    for url in urls_of(text, most):
        command = [str(reference), str(place), AGENT, url]
        told = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 (a program of ours)
        found.append(Verdict(url, rules.judge(url)[0], told.returncode == 0))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", type=Path)
    parser.add_argument("--reference", type=Path, required=True)
    parser.add_argument("--most", type=int, default=80, help="URLs of one file, at most")
    parser.add_argument("--show", type=int, default=0, help="how many differences to print")
    given = parser.parse_args()
    lines = given.files.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    counts: Counter[str] = Counter()
    shown = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:

        def of(one: tuple[int, str]) -> list[Verdict]:
            return verdicts(one[1], given.reference, given.most, Path(folder), one[0])

        for number, found in enumerate(pool.map(of, enumerate(texts))):
            for verdict in found:
                kind = _kind(verdict)
                counts[kind] += 1
                if kind != "agrees" and shown < given.show:
                    shown += 1
                    print(f"{kind}: {verdict.url} in file {number}")
    total = counts.total()
    print(f"{total} URLs of {len(texts)} files: {counts['agrees'] / total:.2%} agree")
    print(
        f"{counts['allows']} allowed that the reference forbids, {counts['forbids']} forbidden that it allows"
    )
    print(_cost(texts, given.most))


def _kind(verdict: Verdict) -> str:
    if verdict.ours == verdict.reference:
        return "agrees"
    return "allows" if verdict.ours else "forbids"


def _cost(texts: list[str], most: int) -> str:
    began = time.process_time()
    rules = [robots.parse(text.encode("utf-8", "surrogatepass"), AGENT) for text in texts]
    read = time.process_time() - began
    urls = [urls_of(text, most) for text in texts]
    began = time.process_time()
    for one, mine in zip(rules, urls, strict=True):
        for url in mine:
            one.judge(url)
    each = (time.process_time() - began) / sum(map(len, urls))
    return f"{1e3 * read / len(texts):.2f} ms to read a file, {1e6 * each:.0f} µs to judge a URL"


if __name__ == "__main__":
    main()
