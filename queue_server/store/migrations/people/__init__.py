"""Steps of people.db."""
