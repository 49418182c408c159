"""The queue of a branch: hands out tickets, calls people, shows it live."""
