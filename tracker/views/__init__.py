"""What each page shows, as data: frames with fixed columns, headline figures, words when empty.

A view is a pure function from launch states (or changes) to one frozen record. It holds no rule:
figures, levels, verdicts and reasons come from the rooms below.
"""
