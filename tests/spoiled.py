"""Imported by a nursery, this makes its workers fail on sources that are named after a way to fail (see failing.py)."""

import failing

failing.spoil()
