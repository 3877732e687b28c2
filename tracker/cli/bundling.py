"""`bundle`: everything about a decision in one file that anybody can check offline."""

from uuid import uuid4

from tracker.cli.exporting import LaunchKey, Output
from tracker.cli.files import placed
from tracker.cli.opening import now, opened, reader_of
from tracker.cli.options import Acting, Force, Today
from tracker.cli.output import say
from tracker.services.act import Act
from tracker.services.exporting import log_export, snapshot_to_bundle
from tracker.services.reports import Reader


def bundle(
    launch: LaunchKey,
    *,
    output: Output,
    force: Force = False,
    acting: Acting = None,
    today: Today = None,
) -> None:
    """Write the readiness bundle of a launch: summary, snapshot, decisions, and a verifier.

    It is made from the snapshot that the latest decision rests on, else from the latest one.
    """
    from tracker.exports.bundle.contents import bundled  # brings charts and Typst

    with opened(today) as register:
        reader = Reader(reader_of(register.store, acting), register.today, now())
        report, document = snapshot_to_bundle(register.store, reader, launch)
        content, ref = bundled(report, document)
        act = Act(reader.actor, reader.at, f"cli-{uuid4().hex}")
        with placed(output, force=force) as draft:
            draft.write_bytes(content)
        log_export(register.store, act, launch, "bundle", content, ref)
    say(f"Wrote {output} ({len(content):,} bytes), made from {ref}.")
    say("Check it with the verifier inside: unzip FILE verify.pyz; python verify.pyz FILE")
