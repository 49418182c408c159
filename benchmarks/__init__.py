"""How fast it is, measured: a real server, lean clients, and the machine's own limits in one run.

Absolutes do not travel between machines, ratios do: every row stands beside what this machine can
do at best. Bounded and on loopback. Nothing of the product may import this.
"""
