"""The rows of the table of verbs, a file for each noun. Must not know how a row is carried out."""
