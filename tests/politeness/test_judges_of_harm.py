"""Judges of what is lost, mistaken or let in: each fault counts, and only the right reason to refuse."""

from __future__ import annotations

from typing import Any

from dateline.politeness import abuse, addresses, losses, variants
from dateline.politeness.evidence import Poll, Seen
from dateline.politeness.site import Asked
from judged import NOON, asked, attempt, broken, seen, with_attempts

# Losses, identity


def test_every_fault_counts() -> None:
    faults = (*losses._FAULTS, *losses._REFUSALS)
    had = [(f"http://{losses._host(fault)}/a", str(n)) for n, fault in enumerate(faults)]
    tried = [asked(n + 1.0, f"{losses._host(fault)}/a") for fault in faults for n in range(2)]
    assert broken(losses.judge(seen(*tried, articles=had))) == []
    assert len(broken(losses.judge(seen(*tried, articles=had[1:])))) == 1
    # Had at the first try, it was no fault.
    assert len(broken(losses.judge(seen(*tried[1:], articles=had)))) == 1
    # To be judged by robots.txt is a try without a request.
    banned = f"{losses._host(losses._BAN)}/a"
    once = [one for one in tried if one.url != banned]
    once.append(asked(9.0, banned))
    given = seen(*once, moments=(0.0,), articles=had)
    assert len(broken(losses.judge(given))) == 1
    assert broken(losses.judge(with_attempts(given, attempt(banned, "robots_disallowed")))) == []


def test_a_kill_before_or_after_everything_proves_nothing() -> None:
    names = [f"{losses.CRASH}/{name}" for name in losses._STORIES]
    had = [(f"http://{name}", name) for name in names]
    for killed_after, kept in ((0, False), (3, True), (len(names), False)):
        served = [asked(1.0 + n, name) for n, name in enumerate(names[:killed_after])]
        assert next(losses.judge_crash(seen(*served, articles=had))).kept == kept
    served = [asked(1.0, names[0])]
    assert not next(losses.judge_crash(seen(*served, articles=had[:-1]))).kept


def crashed(*rerun: Asked, known: tuple[str, ...] = ("crash.test/story-00",)) -> list[str]:
    """What is broken where the lake had these at the kill."""
    names = [f"{losses.CRASH}/{name}" for name in losses._STORIES]
    first = [asked(1.0 + n, name) for n, name in enumerate(names[:4])]
    first.append(asked(90, f"{losses._PATIENT}/robots.txt"))
    given = seen(*first, *rerun, moments=(0.0, 0.0), articles=[(f"http://{name}", name) for name in names])
    return broken(losses.judge_crash(with_attempts(given, *(attempt(url, "captured") for url in known))))


def test_a_rerun_after_a_kill() -> None:
    others = asked(100.5, "crash.test/story-03")
    patient = asked(90.1 + losses._DELAY, f"{losses._PATIENT}/robots.txt")
    lake, pause = "what the lake has is not asked again after a kill", "pause ≥ 12 s over a kill"
    assert crashed(others, patient) == []
    assert crashed(others, patient, asked(100.6, "crash.test/story-00")) == [lake]
    assert crashed(others, patient, known=()) == [lake]
    assert crashed(patient) == [lake], "a rerun that asks nothing proves nothing"
    assert crashed(others) == [pause]
    assert crashed(others, asked(101.0, f"{losses._PATIENT}/robots.txt")) == [pause]


def test_one_article_and_two() -> None:
    url, twos = variants._ONE, [(url, str(n)) for n, url in enumerate(variants._TWO)]
    assert broken(variants.judge(seen(articles=[(url, "a"), *twos]))) == []
    assert len(broken(variants.judge(seen(articles=[(url, "a"), (f"{url}?x", "b"), *twos])))) == 1
    assert len(broken(variants.judge(seen(articles=[(url, "a"), twos[0]])))) == 1


# Addresses and abuse


def refused_everywhere(trap: int = 9) -> list[dict[str, Any]]:
    direct = [url for group in addresses._urls(trap).values() for url in group]
    hops = [f"http://leading.test/{n}" for n in range(3)]
    return [{"url": url, "outcome": "address_refused", "input_kind": "page"} for url in [*direct, *hops]]


def test_nothing_private() -> None:
    judge = addresses.trial(9).judge
    rows = refused_everywhere()
    reached = (("127.0.0.1", 80), (addresses._PUBLIC, 9))

    def told(rows: list[dict[str, Any]], reached: tuple[tuple[str, int], ...], trapped: int = 0) -> list[str]:
        poll = Poll(NOON, 0, 99, rows, reached, batches=1)
        return broken(judge(Seen([], [poll], trapped=trapped, port=80)))

    assert told(rows, reached) == []
    assert len(told(rows, reached, trapped=1)) == 1
    for other in (("127.0.0.1", 9), ("10.0.0.1", 443), ("::1", 9)):
        assert told(rows, (*reached, other)) == ["connections go to public addresses alone"]
    assert told(rows[1:], reached) == ["no private address: literal"]
    for outcome in ("captured", "timeout", "deferred", "robots_unreachable"):
        assert len(told([{**rows[0], "outcome": outcome}, *rows[1:]], reached)) == 1


HURTS = {
    "endless-body.test": "too_large", "endless-chunks.test": "too_large", "endless-head.test": "bad_response",
    "long-line.test": "bad_response", "many-lines.test": "bad_response", "dripping-body.test": "timeout",
    "dripping-head.test": "timeout", "loop.test": "too_many_redirects", "chain.test": "too_many_redirects",
    "elsewhere.test": "address_refused", "strange.test": "address_refused", "bomb-gzip.test": "too_large",
    "bomb-deflate.test": "too_large", "bomb-gzip-gzip.test": "bad_response", "bomb-br.test": "too_large",
    "bomb-zstd.test": "too_large", "endless-extensions.test": "bad_response",
    "empty-frames.test": "bad_response",
}  # fmt: skip


def hurt(
    held: int = 1, outcomes: dict[str, str] = HURTS, heavy: str = "unreadable", **facts: Any
) -> list[str]:
    """What is broken of abuse, where each page was asked for once."""
    rows = [attempt(f"{host}/a", outcome) for host, outcome in outcomes.items()]
    rows += [
        attempt(f"{name}.test/feed.xml", "unreadable", "feed") for name in ("entities", "outside", "swollen")
    ]
    rows += [attempt(f"{name}.test/feed.xml", heavy, "feed") for name in ("crowded", "deep")]
    requests = [asked(1, f"{host}/a", **({"sent": 9} | facts)) for host in outcomes]
    return broken(abuse.judge(Seen(requests, [Poll(NOON, 0, 99, rows, held=held, batches=1)])))


def test_abuse() -> None:
    assert hurt() == []
    assert len(hurt(held=abuse.MOST_HELD)) == 1
    assert len(hurt(sent=1 << 25)) == 5
    assert len(hurt(ended=5.0)) == 2
    assert len(hurt(heavy="captured")) == 2
    for host in HURTS:
        for outcome in ("captured", "deferred", "connection_failed"):
            assert len(hurt(outcomes=HURTS | {host: outcome})) == 1, host
