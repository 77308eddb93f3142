"""The company folder: what a firm decides, as files that are read, checked, planned and applied."""
