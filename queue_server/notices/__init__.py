"""What holders are told away from their page: committed event → occasions → outbox → roads.

An occasion is told once on every road its holder has, whatever restarts. Nothing here is on a
call's way. Must not know HTTP requests, cookies or tables.
"""
