"""The commands of `lapak` besides serving and rehearsing: branches, accounts, backups, replay.

Works on the stores, through the running server where one holds them. Must not know HTTP or pages.
"""
