"""What all surfaces share: tokens, base template, components, catalogues, icons, clips.

Knows nothing of tickets, roles or sockets; it is handed plain values and turns them into words and
pictures.
"""
