# The officer's screen at the counter.
desk-choose-title = Choose your counter
desk-choose-lead = Take a free counter, or go on at yours.
desk-choose-none = This branch has no counters yet.
desk-choose-none-hint = Ask the supervisor to add one.
desk-choose-go-on = Go on
desk-choose-take = Take this counter
desk-choose-look = Look
desk-other-counter = Change counter

desk-state-open = Open
desk-state-paused = Paused
desk-state-closed = Closed
desk-served-today = { $n ->
    [one] { $n } person served today
   *[other] { $n } people served today
}
desk-held-by = This counter is held by { $holder }.
desk-held-hint = You can only look. A supervisor can release it when it was forgotten.

desk-call-next = Call next
desk-next = Next
desk-next-nobody = Nobody is waiting
desk-next-nobody-hint = New numbers appear here by themselves.
desk-next-full-desk = Finish { $number } first, then call the next one.
desk-next-full-booth = All seats are taken. Finish one first, then call the next one.
desk-why-overdue = Has waited { $time }: goes first, so that nobody waits too long
desk-why-tied = Handed on to this counter
desk-why-interleaved = An ordinary number's turn after several with priority
desk-why-priority = Priority
desk-why-ageing = Goes first because of the long wait
desk-why-preference = The main service of this counter
desk-why-rank = In order
desk-why-out-of-order = Out of order
desk-overtakes = overtakes { $numbers }
desk-overtakes-many = overtakes { $numbers } and { $n } more

desk-open-hint = Open the counter to start calling.
desk-open = Open the counter
desk-day-closed-title = The service day is not open yet
desk-day-closed-hint = Counters can open once the supervisor has opened the service day.
desk-paused-title = Paused: { $reason }
desk-paused-hint = No new number is called here until you resume.
desk-pause = Pause
desk-pause-ask = Why the pause? Open numbers can still be finished.
desk-resume = Resume
desk-close = Close the counter
desk-close-ask = This counter is given up and calls no more.
desk-close-ask-open = { $numbers } is still open here and goes back to its former place in the queue.
desk-close-yes = Yes, close the counter
desk-close-return-yes = Return the number and close

desk-seat-empty = Nobody has been called
desk-seat-empty-hint = The number you call is shown here.
desk-seat-free = Free seat
desk-seat-label = Seat { $n }
desk-seat-calls = Called { $n }×
desk-seat-called-for = called
desk-seat-serving-for = served
desk-recall = Call again
desk-start = Start
desk-finish = Finish
desk-skip = Skip
desk-skip-ask = { $number } has been called only { $n }×. Skip it now?
desk-skip-yes = Yes, skip { $number }
desk-return = Return
desk-return-hint = Back to the queue, in its former place
desk-park = Put on hold
desk-park-hint = For a while, for example to complete documents; frees the seat
desk-unpark = Call back
desk-transfer = Hand on
desk-transfer-title = Hand { $number } on
desk-transfer-to = Where to
desk-transfer-choose = Choose a service or a counter
desk-transfer-services = Services
desk-transfer-counters = Counters and booths
desk-transfer-paused = { $counter } (paused)
desk-transfer-place = Place in the queue
desk-transfer-keep = Keeps its place
desk-transfer-end = At the very end
desk-transfer-next = At the very front
desk-transfer-yes = Hand on now

desk-undo = Undo
desk-undo-seconds = { $n } s
desk-undo-call = { $number } called
desk-undo-call-next = { $number } called
desk-undo-unpark = { $number } called back
desk-undo-skip = { $number } skipped
desk-undo-finish = { $number } finished
desk-undo-park = { $number } put on hold
desk-undo-transfer = { $number } handed on
desk-undo-nothing = Your last action can be undone here.

desk-line = Queue
desk-line-empty = Nobody is waiting for this counter
desk-line-empty-hint = New numbers appear here by themselves.
desk-parked = On hold
desk-missed = Missed
desk-others = Waiting elsewhere
desk-recent = Last finished
desk-call-out-of-order = Call out of order
desk-call-reason = Reason
desk-call-note = Note
desk-call-yes = Call { $number } now
desk-call-full = Free a seat first to call { $number }.
desk-keys = Keys work as long as the cursor is in no field.
