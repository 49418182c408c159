# The supervisor's screen.
supervisor-title = Supervisor
supervisor-forgotten-before =
    { $n ->
        [one] On the service day before, 1 number was never finished at its counter. It was ended by itself, and its time of service does not count.
       *[other] On the service day before, { $n } numbers were never finished at their counters. They were ended by themselves, and their times of service do not count.
    }
supervisor-alarm-other = Something needs a look: { $alarm }.
supervisor-alarm-title = Needs you

supervisor-day = Service day
supervisor-day-opens-at = Opens by itself { $time }.
supervisor-open-day = Open the service day
supervisor-close-day = Close the service day
supervisor-close-day-ask = Everybody still waiting ({ $n }) or on hold becomes unserved. Their phones tell them.
supervisor-close-day-busy = Cannot be closed yet: { $numbers } still open at a counter.
supervisor-close-day-yes = Yes, close the day

supervisor-intake-open-word = Numbers available
supervisor-intake-closed-word = No numbers are given
supervisor-intake-closes-at = Stops by itself { $time }.
supervisor-intake-opens-at = Starts by itself { $time }.
supervisor-intake-by-hand = Started and stopped by a supervisor.
supervisor-open-intake = Start giving numbers
supervisor-close-intake = Stop giving numbers

supervisor-now = Now
supervisor-waiting = Waiting
supervisor-longest = Longest wait
supervisor-open-counters = Counters open
supervisor-being-served = Called and served
supervisor-served = Finished
supervisor-forgotten = Never finished
supervisor-missed = Missed
supervisor-nobody = nobody

supervisor-roads = Calls to phones
supervisor-road-push = Phones with a dark screen
supervisor-road-failing =
    { $n ->
        [one] 1 failure since { $clock }. Does this server reach the internet? Whoever waits outside is not told now.
       *[other] { $n } failures since { $clock }. Does this server reach the internet? Whoever waits outside is not told now.
    }
supervisor-road-calls =
    { $n ->
        [one] 1 call left.
       *[other] { $n } calls left.
    }
supervisor-road-failed =
    { $n ->
        [one] 1 could not be sent in time.
       *[other] { $n } could not be sent in time.
    }
supervisor-road-fast = Half of them within { $usual } s of the button, nine of ten within { $slow } s.
supervisor-road-missed = Of { $called } who were told so, { $missed } did not come at first.
supervisor-road-others = Of { $called } who were not, { $missed }.
supervisor-counters = Counters and booths
supervisor-counter-go = To its screen
supervisor-release = Release
supervisor-release-ask = { $counter } is closed and released from its holder.
supervisor-release-ask-open = { $counter } is closed; { $numbers } goes back to its former place in the queue.
supervisor-release-yes = Yes, release it
supervisor-nobody-there = no number open

supervisor-links = Other pages
supervisor-link-desk = Desk
supervisor-link-guard = Guard
supervisor-link-board = Hall screen
supervisor-link-kiosk = Ticket machine
supervisor-link-audit = Audit trail
supervisor-link-join = Page to take a number
supervisor-link-poster = Poster to print (PDF)
supervisor-link-poster-large = Large poster, A3 (PDF)
supervisor-link-people = People
supervisor-link-devices = Devices
supervisor-link-privacy = Personal data
supervisor-done-open-day = The service day is open.
supervisor-done-close-day = The service day is closed.
supervisor-done-open-intake = Numbers are given from now on.
supervisor-done-close-intake = No more numbers are given.
supervisor-done-close = The counter is released.
supervisor-done-notice = The notice is up to date.
supervisor-done-continue-numbers = The numbers go on: they are given and called again.
supervisor-links-work = Serving
supervisor-links-screens = Screens and machines
supervisor-links-paper = Taking numbers and posters
supervisor-links-records = Staff and records
