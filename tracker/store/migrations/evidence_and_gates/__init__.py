"""What the second migration makes; released, so changed only by a later migration."""
