"""The words and rules of Holdpoint: no database and no screen, only Pydantic."""
