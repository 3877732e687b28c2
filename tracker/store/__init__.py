"""The register in a database: the only room that knows SQLModel."""
