"""What the first migration makes; released, so changed only by a later migration."""
