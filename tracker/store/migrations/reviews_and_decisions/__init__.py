"""What the third migration makes; released, so changed only by a later migration."""
