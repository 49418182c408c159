"""The lobby screen: what it shows, when it chimes, how it speaks, how it survives a lost network.

The server renders the first state (`pages`, `screen`); from then on the modules in `static/` paint
the views pushed to it: `board.js` is the wiring, `announcer.js` decides which calls are news,
`voice.js` says them one by one, `arrange.js` decides what stands where. The room knows views and
words; who may look at a screen is decided by whoever hands in the `Doors`.
"""
