"""``python -m gongwen``: the command line."""

from gongwen.cli import main

main(prog_name="gongwen")
