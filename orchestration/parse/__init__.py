"""Article to mentions: who met, who promised, who demanded, each with its span. See `extract` for the door."""
