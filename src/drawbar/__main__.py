"""``python -m drawbar``: the same as ``drawbar``, where the command is not on the path."""

from drawbar.cli import main

main()
