"""The order of the demo computed a second time, from its files and a few lines of arithmetic.

Nothing of `tracker` is used, so that an error in the engine, the store or the loading shows.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from math import log10, prod
from pathlib import Path
from typing import Any

import yaml

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"
LAUNCHES = ("gpt-4-2023-03", "gpt-4v-2023-09", "dall-e-2-2022-04", "dall-e-3-2023-10")
LIKELIHOOD = {1: -3.5, 2: -2.5, 3: -1.5, 4: -0.65, 5: -0.15}

Figures = tuple[float, float]


def order_by_hand(today: date) -> list[tuple[str, Figures | None]]:
    """Every risk with its current priority and harm score, UNASSESSED first, as design 4 says."""
    lines: list[tuple[Any, str, Figures | None]] = []
    for launch in LAUNCHES:
        facts, judged = raw(launch, "facts"), raw(launch, "judgements")
        target = day(judged["target"], today) if "target" in judged else facts["launched"]
        for number in range(1, len(facts["risks"]) + 1):
            found = figures(judged, f"R-{number}", today)
            worst_first = (1, -found[0], -found[1]) if found else (0, 0, 0)
            lines.append(((*worst_first, target, launch, number), f"{launch}/R-{number}", found))
    return [(ref, found) for _, ref, found in sorted(lines, key=lambda line: line[0])]


def raw(launch: str, name: str) -> dict[str, Any]:
    return yaml.safe_load((DEMO / launch / f"{name}.yaml").read_text(encoding="utf-8"))


def day(when: Any, today: date) -> date:
    return today + timedelta(days=when["day"]) if isinstance(when, dict) else when


def figures(judged: dict[str, Any], risk: str, today: date) -> Figures | None:
    """Current priority and harm score: upper medians of the assessors' own, less what is shown."""
    if risk not in judged["assessments"]:
        return None
    latest = {
        entry["by"]: entry["picks"]
        for entry in sorted(judged["assessments"][risk], key=lambda e: day(e["date"], today))
    }
    own = [scores(picks) for picks in latest.values()]
    priorities, harms = (sorted(column) for column in zip(*own, strict=True))
    off = log10(left_of(judged, risk))
    middle = len(own) // 2
    return round(priorities[middle] + off, 9), round(harms[middle] + off, 9)


def scores(picks: dict[str, int]) -> Figures:
    harm = (picks["severity"] - 1) + (picks["exposure"] - 1) / 2 + (picks["reversibility"] - 1) / 4
    start = 3.5 + LIKELIHOOD[picks["likelihood"]]
    return start + log10(10**harm + 10 ** picks["business_impact"]), start + harm


def left_of(judged: dict[str, Any], risk: str) -> float:
    best: dict[str, float] = {}
    for mechanism, low in verified_shares(judged, risk):
        best[mechanism] = max(low, best.get(mechanism, 0.0))
    left = [1 - share for share in best.values()]
    if len(left) < 2:
        return max(0.01, *left, 0.01) if left else 1.0
    return max(0.01, 0.9 * prod(left) + 0.1 * min(left))


def verified_shares(judged: dict[str, Any], risk: str) -> Iterator[tuple[str, float]]:
    for mitigation in judged["mitigations"].values():
        if mitigation["status"] == "verified" and risk in mitigation["shares"]:
            yield mitigation["mechanism"], mitigation["shares"][risk][0]
