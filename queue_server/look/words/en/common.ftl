# Words every surface shares.
app-name = Lapak Queue
app-description = Take a number, see your turn coming, and come when you are called.
language-switch = Choose a language
skip-to-main = Skip to the content
demo-ribbon = Demonstration: numbers and names are not real.
demo-mark = DEMONSTRATION

ticket-number = Ticket number
say-called = Number { $number }, please go to { $counter }.
counter-desk = Counter { $counter }
counter-booth = Booth { $counter }

stage-waiting = Waiting
stage-ready = Get ready
stage-next = Next
stage-called = Called
stage-serving = Being served
stage-served = Finished
stage-missed = Missed
stage-parked = On hold
stage-cancelled = Cancelled
stage-unserved = Not served
stage-forgotten = Ended
stage-unproven = Not confirmed yet
priority = Priority

when-today = at { $time }
when-tomorrow = tomorrow at { $time }
when-weekday = on { $day } at { $time }
when-date = on { $day } at { $time }
as-of = As of { $time }

span-under = less than { $high } minutes
span-under-hours = less than { $high } hours
span-one = { $low } minutes
span-minutes = { $low }–{ $high } minutes
span-one-hours = { $low } hours
span-hours = { $low }–{ $high } hours
span-mixed = { $low } minutes to { $high } hours
wait-sentence = Your turn is in about { $range }.
wait-sentence-rough = Your turn is in roughly { $range }; it may be sooner or later.
wait-sentence-under = Your turn is in { $range }.
wait-unknown = There is no estimate yet. Your number is safe.
elapsed-minutes = { $minutes } min
elapsed-hours = { $hours } h { $minutes }

stale-since = The connection is cut. What you see is from { $time }; we keep trying to reconnect.
stale-still = What you see may have changed. This page reloads by itself.
stale-stopped = This page is no longer updated. Reload it to go on.
sign-in-again = Please sign in again. Your session has ended.
not-allowed = This page is not for your account. Please sign in with another one.
no-such-thing = What you are looking for is not here. Check the address, or ask a member of staff.
reload = Reload
not-sent = Not sent yet. Check your connection, then press once more; it will not be counted twice.
sending = Sending …
back-to-start = To the start page
confirm = Yes, go on
never-mind = Never mind
close = Close
qr-title = QR code: { $purpose }
