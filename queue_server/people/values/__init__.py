"""What the people's store keeps, as values. Frozen, and without a rule."""
