"""Steps of queue.db."""
