"""``python -m gongwen``: the command line."""

from gongwen.cli import main

if __name__ == "__main__":  # processes of a local cluster load this module, too
    main(prog_name="gongwen")
