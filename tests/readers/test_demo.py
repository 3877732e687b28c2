import re
from collections import Counter

import pytest
import yaml

from tests.readers.demo_copy import AREAS, demo_files, rejected, rejected_with
from tracker.domain.errors import ImportRejected
from tracker.readers.demo import packaged_demo, read_demo

G4, V, D2, D3 = "gpt-4-2023-03", "gpt-4v-2023-09", "dall-e-2-2022-04", "dall-e-3-2023-10"


def test_the_demo_has_four_launches_in_the_order_of_their_numbers() -> None:
    demo = packaged_demo()
    assert [files.key for files in demo.launches] == [G4, V, D2, D3]
    assert [len(files.facts.risks) for files in demo.launches] == [25, 15, 15, 14]
    assert [len(files.facts.mitigations) for files in demo.launches] == [22, 16, 16, 16]
    assert len(demo.proposals.mitigations) == 16


def test_every_fact_names_its_document_and_section() -> None:
    for files in packaged_demo().launches:
        for fact in (*files.facts.milestones, *files.facts.risks, *files.facts.mitigations):
            assert fact.source.section


def test_no_reference_of_an_older_form_is_left_in_any_text() -> None:
    for name, content in demo_files().items():
        assert not re.search(r"\b(G4|V|D2|D3|SH)-[A-Z]\d", content.decode()), name


def test_a_missing_and_a_stray_file_are_both_named() -> None:
    files = demo_files()
    del files[f"{V}/facts.yaml"]
    files["notes.yaml"] = b"a: 1\n"
    assert rejected(files) == {
        f"{V}/facts.yaml": "is missing",
        "notes.yaml": "belongs to no launch of portfolio.yaml",
    }


def test_without_the_portfolio_only_that_is_said() -> None:
    files = demo_files()
    del files["portfolio.yaml"]
    assert rejected(files) == {"portfolio.yaml": "is missing"}


def test_wrong_places_of_several_files_are_reported_at_once() -> None:
    files = demo_files()
    for name in (f"{V}/judgements.yaml", f"{D3}/judgements.yaml"):
        files[name] = files[name].replace(b"likelihood: 5", b"likelihood: 6", 1)
    rows = rejected(files)
    assert len(rows) == 2
    assert all("picks.likelihood" in place for place in rows)
    assert {place.split("/")[0] for place in rows} == {V, D3}


@pytest.mark.parametrize(
    ("name", "before", "after", "place", "problem"),
    [
        ("portfolio.yaml", "leads: [cbrn, ai_rnd]", "leads: [cbrn, tea]", "leads, tea", "area"),
        ("portfolio.yaml", "leads: [cbrn, ai_rnd]", "leads: [cbrn]", "leads, ai_rnd", "0 people"),
        ("portfolio.yaml", "key: auditor", "key: admin", "people, admin", "twice"),
        (f"{V}/facts.yaml", "ref: R-2\n", "ref: R-3\n", "risks", "numbered R-1 to R-15"),
        (f"{V}/facts.yaml", "ref: M-24", "ref: M-99", "mitigations", "numbered M-23 to M-38"),
        (f"{V}/facts.yaml", "area: privacy", "area: tea", "R-1, tea", "is not a policy area"),
        (f"{V}/facts.yaml", "document: g4vsc", "document: g5sc", "document, g5sc", "sources.yaml"),
        (f"{V}/facts.yaml", "lowers: [R-1]", "lowers: [R-77]", "M-23, R-77", "risk of this"),
        (f"{V}/facts.yaml", "launch: gpt-4v", "launch: gpt-5v", "facts.yaml, launch", "gpt-5v"),
        (f"{V}/judgements.yaml", "owner: eng-product", "owner: nobody", "people, nobody", "not in"),
        (f"{V}/judgements.yaml", "target: {day: 9}\n", "", "judgements.yaml", "target"),
        (f"{V}/judgements.yaml", "  R-1:\n", "  R-99:\n", "assessments, R-1", "neither assessed"),
        (f"{V}/judgements.yaml", "  - risk: R-8\n", "  - risk: R-1\n", "R-1", "appears twice"),
        (
            f"{V}/judgements.yaml",
            "- by: assessor-integrity",
            "- by: eng-product",
            "assessments, R-1",
            "by the launch owner",
        ),
        (
            f"{V}/judgements.yaml",
            "  - {area: cbrn, applicability: in scope}\n",
            "",
            "scope, cbrn",
            "is missing",
        ),
        (
            f"{V}/judgements.yaml",
            "area: cbrn, applicability: in scope",
            "area: cbrn, applicability: none found",
            "scope, cbrn",
            "has a risk all the same",
        ),
        (
            f"{V}/judgements.yaml",
            "confirmed_by: assessor-bio\n",
            "confirmed_by: eng-product\n",
            "scope, ai_rnd",
            "confirmed by the launch owner",
        ),
        (
            f"{D3}/judgements.yaml",
            "    reason: Opened nine days before the first day of the demo, not started.\n",
            "",
            "scope, model_security",
            "without a word why",
        ),
        (f"{V}/judgements.yaml", "R-1: [0.85, 0.95", "R-1: [0.99, 0.95", "M-23, R-1", "not rise"),
        (f"{V}/judgements.yaml", "R-1: [0.85, ", "R-2: [0.85, ", "M-23", "must have shares"),
        (
            f"{V}/judgements.yaml",
            "by: red-team-lead, date",
            "by: eng-model-training, date",
            "M-23",
            "owner",
        ),
        (f"{V}/judgements.yaml", "status: implemented", "status: verified", "M-24", "status says"),
        ("proposals.yaml", "launches: [gpt-4v-2023-09]", "launches: [gpt-6]", "gpt-6", "launch of"),
        ("proposals.yaml", "team: safety-systems", "team: magic", "M-71, magic", "not a team"),
        (
            "proposals.yaml",
            "worsens: [dall-e-3-2023-10/R-6]",
            "worsens: [dall-e-3-2023-10/R-5]",
            "M-82",
            "lowers and worsens",
        ),
        (
            f"{V}/judgements.yaml",
            "duration: [12, 18, 28]",
            "duration: [19, 18, 28]",
            "M-23",
            "duration",
        ),
        ("proposals.yaml", "M-86", "M-87", "mitigations", "M-71 to M-86"),
    ],
)
def test_files_that_contradict_each_other_are_refused(
    name: str, before: str, after: str, place: str, problem: str
) -> None:
    rows = rejected_with(name, before, after)
    assert any(place in where and problem in what for where, what in rows.items()), rows


def test_a_verification_without_a_published_figure_is_refused() -> None:
    name = f"{D2}/facts.yaml"
    text = demo_files()[name].decode()
    figures = re.search(r"    figures:\n(?:      .*\n)+", text)
    assert figures is not None
    rows = rejected_with(name, figures.group(), "")
    assert rows == {
        f"{D2}/judgements.yaml, mitigations, M-43": "is verified without a published figure"
    }


def test_areas_that_the_product_does_not_know_are_refused() -> None:
    with pytest.raises(ImportRejected, match="is not a policy area"):
        read_demo(demo_files(), AREAS[1:])


def test_published_facts_and_our_judgements_are_apart() -> None:
    judged = {"picks", "shares", "owner", "target", "status", "grade"}
    for name, content in demo_files().items():
        if name.endswith("facts.yaml"):
            keys = Counter(re.findall(r"^\s*(?:- )?([a-z_]+):", content.decode(), re.MULTILINE))
            assert not judged & keys.keys(), name
            assert yaml.safe_load(content)["developer"] == "OpenAI"
