# The guard's screen at the door.
guard-title = Guard
guard-open-until = Numbers available until { $time }.
guard-open = Numbers available now.
guard-closed-until = No numbers are given yet. They start { $time }.
guard-closed = No numbers are given now. The supervisor can start it.
guard-day-closed-until = The service day is not open yet. Numbers available from { $time }.
guard-day-closed = The service day is not open yet. The supervisor can open it.
guard-day-over-until = Today's service has ended. Numbers available again from { $time }.
guard-day-over = Today's service has ended.
guard-over-hint = Ask whoever comes now to return on the next day of service.
guard-closed-hint = Whoever is here may scan the QR code; the number can be taken once it is open.

guard-find-at = at { $counter }
guard-issued-at = taken { $time }

guard-issue = Give a number
guard-issue-hint = For people without a phone. The slip is ready to print at once.
guard-issue-priority = Priority
guard-issue-priority-hint = Elderly, disabled, pregnant. The reason is not recorded.
guard-issue-print = Print at once
guard-issue-waiting = { $n ->
    [0] nobody waiting
   *[other] { $n } waiting
}
guard-issue-left = { $left } of { $quota } left
guard-issue-too-long = long wait: only you give numbers
guard-issue-full = Quota used up
guard-issue-full-until = Quota used up, opens again { $time }

guard-wishes = Asking for priority
guard-unproven = Presence not proven
guard-unproven-hint = They are called only after you have seen them here.
guard-unproven-full = The quota of service { $letters } is used up: its numbers cannot be confirmed until a place is free again.
guard-absent = Called, not there yet
guard-absent-hint = They have been called more than once: perhaps they are outside.
guard-parked = On hold
guard-missed = Missed
guard-calm = Nothing to look after
guard-calm-hint = Wishes for priority, numbers without proof of presence and missed ones appear here.
guard-slip = Slip

guard-overview = The queue now
guard-overview-service = Service
guard-overview-waiting = Waiting
guard-overview-longest = Longest
guard-overview-wait = Estimate
guard-overview-left = Quota left
guard-overview-too-long = numbers held back
guard-overview-no-quota = no quota
guard-overview-no-wait = none yet
guard-counters = Counters and booths

guard-join = QR code to take a number
guard-join-show = Show the QR code
guard-join-hint = Scan it with a phone's camera to take a number.
guard-join-cut = Give numbers from this page. The QR code cannot be renewed just now, so it is hidden.

guard-notice = Notice to everybody
guard-notice-hint = Shown on the hall screen and on every phone. At most 280 letters.
guard-notice-now = Shown now
guard-notice-show = Show
guard-notice-remove = Take the notice away

guard-slip-title = Slip of number { $number }
guard-slip-print = Print
guard-slip-wide = 80 mm paper
guard-slip-next = Give another number
guard-slip-old = This number is already { $state }. The slip is no longer valid.
guard-slip-state-finished = served
guard-slip-state-cancelled = cancelled
guard-slip-state-forgotten = has ended
guard-slip-state-unserved = closed with its day
guard-done-prioritise-on = { $number } has priority now.
guard-done-prioritise-off = { $number } has no priority any more.
guard-done-confirm-presence = { $number } is here and in the queue.
guard-done-rejoin = { $number } is back in the queue.
guard-done-cancel = { $number } is cancelled.
guard-done-notice = The notice is up to date.
guard-done-continue-numbers = The numbers go on: they are given and called again.
guard-quota-left = { $left } / { $quota }
guard-overview-one-wait = Estimated wait for every service: { $range }.
