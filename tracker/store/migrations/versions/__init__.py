"""One file per migration; a number is never given twice, a released one never changed."""
