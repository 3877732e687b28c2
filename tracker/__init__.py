"""Holdpoint: the launch-readiness safety prioritization tracker of an AI lab."""

from importlib.metadata import version

__version__ = version("holdpoint")
