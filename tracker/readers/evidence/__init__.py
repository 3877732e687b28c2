"""From the bytes of a result file to runs and their metrics; nothing here opens a register."""
