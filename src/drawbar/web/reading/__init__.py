"""What the desks look up, as the command line asks for it; it lies in ``records.desk``."""
