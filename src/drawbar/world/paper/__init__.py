"""The world on paper: the files that a firm would have of it, and nobody to answer.

Written in one go, so that ten thousand loads take seconds; the truth lies beside the files.
"""

from drawbar.world.paper.writing import write_paper

__all__ = ["write_paper"]
