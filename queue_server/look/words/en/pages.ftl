### Pages made by the server alone: start, join.

pages-start-title = Branch queues
pages-start-lead = Choose a branch to see its queue and take a number.
pages-start-open = Numbers available
pages-start-closed = No numbers now
pages-start-opens = Again { $when }
pages-start-until = Until { $clock }
pages-start-waiting =
    { $n ->
        [0] Nobody is waiting
        [one] { $n } person is waiting
       *[other] { $n } people are waiting
    }
pages-start-none = There is no branch yet
pages-start-none-how = Make the first branch with the command lapak init, then reload this page.
pages-start-staff = Sign in as staff
pages-start-demo = Every page of the demo
pages-start-demo-lead = Open several side by side to see how one call reaches them all.
pages-start-demo-join = Take a number (participant's phone)
pages-start-demo-board = Waiting room screen
pages-start-demo-kiosk = Ticket machine
pages-start-demo-desk = Officer's desk
pages-start-demo-guard = Guard
pages-start-demo-supervisor = Supervisor
pages-start-demo-privacy = Personal data
pages-start-demo-api = API contract (OpenAPI)
pages-start-demo-sign-in = The demo names and passwords are printed in the terminal and kept in credentials.json in the data folder. The page of the second step shows its code.

pages-join-title = Take a queue number
pages-join-question = Which service do you need?
pages-join-left = { $left } of { $quota } numbers left
pages-join-full = Today's quota is used up ({ $quota } of { $quota })
pages-join-full-at = Today's quota is used up ({ $quota } of { $quota }). Numbers available again { $when }.
pages-join-full-afar = No more numbers for phones elsewhere. { $left } of { $quota } are left for those who scan the QR code in the waiting room.
pages-join-too-long = The wait is { $range } now: no new numbers for the moment. If it is urgent, see the guard.
pages-join-none-today = This service gives no numbers today
pages-join-wait = Wait { $range }
pages-join-wait-rough = Wait roughly { $range }
pages-join-wait-none = No counter is open yet
pages-join-waiting =
    { $n ->
        [0] Nobody is waiting
        [one] { $n } person is waiting, all services
       *[other] { $n } people are waiting, all services
    }
pages-join-as-of = As things stood at { $clock }. Estimates may change.
pages-join-priority = I need priority
pages-join-priority-why = For elderly and pregnant people, people with disabilities, and others the law protects. We never ask why. The guard grants it.
pages-join-identity = NIK (national ID number)
pages-join-identity-why = So that one person holds one number. We keep only a scrambled code of it and its last four digits.
pages-join-button = Take a number
pages-join-unproven = You have not scanned the QR code in the waiting room
pages-join-unproven-what = You can still take a number. It counts once you are here and have scanned the QR code in the waiting room, or have shown it to the guard.
pages-join-unproven-lapse = A number not confirmed within { $minutes } minutes lapses.
pages-join-unproven-quota = It takes a place in the quota only when it is confirmed. Once the quota is used up it cannot be.
pages-join-scan = Scan the QR code in the waiting room
pages-join-scan-what = This branch gives numbers to people who are already here. Point your phone's camera at the QR code on the screen or at the guard's table.
pages-join-no-phone = No phone? The guard and the ticket machine give numbers on paper.
pages-join-closed = No numbers are given yet
pages-join-closed-at = Numbers available { $when }
pages-join-closed-what = This page shows the services to choose from as soon as numbers are given.
pages-join-closed-ask = Please ask the guard when numbers are given.
pages-join-holiday = The branch is closed for a holiday today.
pages-join-not-today = This branch gives no numbers today.
pages-join-day-closed = Today's service has ended.
pages-join-not-open-yet = The day has not begun yet.
pages-join-intake-closed = No numbers are being given at the moment.
pages-join-none-now = No new numbers for the moment
pages-join-all-full = All of today's quotas are used up
pages-join-own = You already hold number { $number }
pages-join-own-see = Show my number

pages-join-choose = Please choose a service first.

pages-join-privacy = What we keep about you
pages-join-until = Please take your number before { $clock }.
pages-join-over = The time of your scan is over
pages-join-over-what = Scan the QR code on the screen in the waiting room once more. A scan counts for three minutes.
pages-join-over-today = Closed for today
pages-join-button-of = Take a number for { $letter }
pages-join-identity-digits = A NIK has 16 digits.
pages-join-inside = This page is open inside another app. Open it in your phone's browser before you take a number, so that the number is not lost when that app is closed.
