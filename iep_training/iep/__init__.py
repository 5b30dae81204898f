"""What a teacher and a facilitator take away: the IEP draft, my progress, the record, and the picture of a workshop."""
