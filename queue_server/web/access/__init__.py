"""Who somebody is and how they prove it: passwords, factors, sessions, devices. Knows no pages."""
