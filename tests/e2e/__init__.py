"""The whole product through real browsers, against a real server in a process of its own."""
