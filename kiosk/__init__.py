"""The ticket machine: a touch page at arm's height that gives numbers, on screen and on paper.

Three steps, each a plain page that works without scripts: choose a service, take the number (or ask
for priority with it), see the ticket. `static/kiosk.js` keeps them in one page, so that a lost
network meets a designed screen instead of the browser's own; it also sends the page back to its
start when nobody is there. Paper comes from the browser's own printing: started with
`--kiosk --kiosk-printing` and the address `/kiosk/BRANCH?print=58` (or `80`: the roll's width in
millimetres) it prints each ticket unasked.

Imports only `look` and `wire`; sign-in, views and commands are handed in as `doors.Doors`.
"""
