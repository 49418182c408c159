"""Web Push: the road to a phone whose page is closed (RFC 8030, 8291, 8292)."""
