"""From the bytes of a file to checked drafts and records; nothing here opens a register."""
