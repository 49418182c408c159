# Words that desk, guard and supervisor share.
staff-sign-out = Sign out
staff-lock = Lock
staff-lock-title = Lock this screen when you leave it
staff-my-account = My account: { $name }
staff-signed-in-as = Signed in as { $name }
staff-waited = waiting { $time }
staff-chip-wish = Asks for priority
staff-chip-coming = On the way
staff-chip-unproven = Presence not proven
staff-chip-deferred = Asked for time { $n }×
staff-chip-tied-desk = Only Counter { $counter }
staff-chip-tied-booth = Only Booth { $counter }
staff-chip-overdue = Too long
staff-service = { $letter } · { $name }
staff-done = { $number }: { $done }
staff-actions = Actions
staff-actions-for = Actions for { $number }
staff-close-actions = Close the actions
staff-show-all = Show all ({ $n })
staff-show-fewer = Show fewer
staff-pages = Pages of this list
staff-page-rows = { $first }–{ $last } of { $n }
staff-page-before = Back
staff-page-next = Further

staff-find = Find a number
staff-find-hint = For example 12 or A-012
staff-find-button = Find
staff-find-close = Close the result
staff-find-none = There is no number { $query } today
staff-find-none-hint = Check the letter, or look at the slip.
staff-notice-to-all = Notice
staff-note-hint = May be left empty. Erased after the day has ended.

staff-counter-open = Open
staff-counter-paused = Paused
staff-counter-closed = Closed
staff-counter-free = Free
staff-counter-held = Held by { $holder }
staff-counter-yours = Your counter
staff-counter-serves = Serves { $services }
staff-seats = { $n } seats
staff-day-open = Service day open
staff-day-closed = Service day closed

staff-cancel = Cancel the number
staff-cancel-ask = Number { $number } cannot be used again once it is cancelled.
staff-cancel-yes = Yes, cancel { $number }
staff-prioritise = Give priority
staff-unprioritise = Take priority away
staff-rejoin = Back into the queue
staff-confirm-presence = Is here
staff-rejoins-left = { $n ->
    [0] cannot rejoin
   *[other] can rejoin { $n }×
}

staff-outcome = Outcome
staff-code-done = Served
staff-code-served = Served
staff-code-completed = Served
staff-code-incomplete = Documents incomplete
staff-code-incomplete-documents = Documents incomplete
staff-code-documents-incomplete = Documents incomplete
staff-code-documents-missing = Documents incomplete
staff-code-missing-documents = Documents incomplete
staff-code-referred = Referred elsewhere
staff-code-rejected = Could not be processed
staff-code-come-back = Asked to come again
staff-code-left = Left before the end
staff-code-information = Information given
staff-code-break = Break
staff-code-lunch = Lunch
staff-code-prayer = Prayer
staff-code-meeting = Meeting
staff-code-training = Training
staff-code-system = System fault
staff-code-system-down = System fault
staff-code-paperwork = Finishing paperwork
staff-code-urgent = Urgent
staff-code-emergency = Emergency
staff-code-frail = Needs to go first
staff-code-needs-help = Needs help
staff-code-appointment = Has an appointment
staff-code-documents-complete = Documents are complete now
staff-code-returning = Back with documents
staff-code-came-back = Back with documents
staff-code-correction = Correcting a mistake
staff-code-mistake = Correcting a mistake
staff-code-supervisor = Asked by the supervisor
staff-code-other = Other
staff-code-complaint = Complaint

staff-restored-title = Numbers of today may be missing here
staff-restored-what = The data came back from a backup, or their newest part was lost. Numbers given since are not known here. So that no number comes twice, giving and calling numbers waits for you.
staff-restored-ask = What is the last number given of each letter, on paper or phone?
staff-restored-new = Whoever holds a number that is not known here needs a new one afterwards.
staff-restored-known = Known up to { $number }
staff-restored-known-none = None is known
staff-restored-none = 0 if none
staff-restored-go-on = Go on with the numbers
staff-restored-first = Fill in the last numbers above first.

staff-out-of-step-title = The service day is not today's
staff-old-day = The service day { $date } still goes on: nobody has closed it. The numbers given are numbers of that day.
staff-day-ahead = The service day { $date } goes on, which has not come yet: the server's clock had run ahead. Check the clock first.
staff-out-of-step-comes = Opening today closes that service day: { $n } still waiting are not served with those numbers any more.
staff-out-of-step-open = Open today
staff-out-of-step-ask = Ask the supervisor to press “Open today” on their page.

staff-hurried-title = Numbers are asked for too fast
staff-hurried = { $names } asked for numbers faster than anybody can press, and was held back. Look at the machine or the person; if it was not them, revoke it on the Devices page.
