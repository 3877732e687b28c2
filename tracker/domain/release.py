"""What a judgement is about: one model version in one configuration at one stage."""

from typing import NamedTuple

from tracker.domain.words import ExposureStage


class Release(NamedTuple):
    """What an assessment or a verification is about; when one of these changes it is outdated."""

    model_version: str
    configuration: str
    exposure_stage: ExposureStage
