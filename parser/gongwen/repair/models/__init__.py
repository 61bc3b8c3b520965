"""The models of damage, each a module of its own with its evidence. A new one is a module and a line in MODELS."""

from __future__ import annotations

from gongwen.repair.engine import Model
from gongwen.repair.models import edited_bytes, wrong_decoding

MODELS: tuple[Model, ...] = (wrong_decoding.undo, edited_bytes.undo)
"""In the order in which they are tried."""
