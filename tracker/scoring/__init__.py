"""One risk: score, assessors, band, mitigations, explanation; and the order of many."""
