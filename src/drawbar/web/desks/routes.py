"""Every page of the desks."""

from drawbar.web.desks.static_files import static_file

DESKS = (static_file,)
