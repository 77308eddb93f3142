"""``python -m drawbar.cli``: the same as ``drawbar``."""

from drawbar.cli import main

main()
