"""`python -m tracker` is the command `holdpoint`."""

from tracker.cli import main

if __name__ == "__main__":
    main()
