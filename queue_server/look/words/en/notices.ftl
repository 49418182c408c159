### What stands on a locked screen: number, counter, branch; never a service, never a name.

notices-title-ready = { $number } · Get ready, it is nearly your turn
notices-title-called = { $number } · Please go to { $counter }
notices-title-recalled = { $number } · Called again: { $counter }
notices-title-missed = { $number } · Passed over
notices-title-withdrawn-answered = { $number } · This call has been answered
notices-title-withdrawn-not-yet = { $number } · Not your turn yet
notices-title-withdrawn-ended = { $number } · This number has ended
notices-title-withdrawn-reopened = { $number } · Open again
notices-title-unserved = { $number } · Sorry, you could not be served today
notices-title-unproven = { $number } · Please show that you are here
notices-title-try = { $number } · It works

notices-body-ready = Come back if you are outside. { $branch }.
notices-body-called = { $branch }.
notices-body-recalled = { $branch }.
notices-body-missed = Still want to be served? Open this number to join the queue again. { $branch }.
notices-body-missed-over = This number cannot join the queue again. See the guard, or take a new number. { $branch }.
notices-body-withdrawn-answered = { $branch }.
notices-body-withdrawn-not-yet = You will be called again. { $branch }.
notices-body-withdrawn-ended = If you still need to be served, take a new number. { $branch }.
notices-body-withdrawn-reopened = You are in the queue again. { $branch }.
notices-body-unserved = Open this number to see what you can do. { $branch }.
notices-body-unproven = Scan the QR code on the waiting room’s screen before { $clock }, or this number lapses. { $branch }.
notices-body-try = This is how this phone rings when you are called. { $branch }.
