"""What carries files between a partner and us: shared folders, SFTP, or a post over HTTP."""
