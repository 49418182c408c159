### The ticket machine. Its page knows every text here, for the times without a network.

kiosk-title = Ticket machine
kiosk-question = Which service do you need?
kiosk-touch = Touch a service
kiosk-phone = Or take it with your phone
kiosk-phone-how = Scan with the phone’s camera. You are told when you are called.
kiosk-phone-cut = Touch one of the services above. The QR code cannot be renewed just now.
kiosk-left = { $left } of { $quota } left
kiosk-full = Quota used up
kiosk-full-at = Quota used up ({ $quota } of { $quota }). Again { $when }.
kiosk-too-long = The wait is { $range } now: this machine gives no numbers for the moment. If it is urgent, see the guard.
kiosk-none-now = No new numbers for the moment
kiosk-none-today = No numbers today
kiosk-wait = Wait { $range }
kiosk-wait-rough = Wait roughly { $range }
kiosk-wait-none = No counter open yet
kiosk-waiting =
    { $n ->
        [0] Nobody waiting
        [one] { $n } person waiting
       *[other] { $n } people waiting
    }
kiosk-chosen = The service you chose
kiosk-take = Take a number
kiosk-priority = I need to go first
kiosk-priority-question = Do you need to go first?
kiosk-take-priority = Take a number with priority
kiosk-priority-why = Priority is for elderly and pregnant people, people with disabilities, and others the law protects. We never ask why; the guard grants it.
kiosk-back = Back
kiosk-your-number = Your queue number
kiosk-carry = Carry it on your phone
kiosk-carry-how = Scan this code with your phone's camera. You may wait outside and are told when you are called.
kiosk-unproven = Show this number to the guard so that it counts.
kiosk-wish = Your request for priority is noted. Please see the guard to have it granted.
kiosk-position =
    { $n ->
        [0] Nobody is ahead of you
        [one] { $n } person is ahead of you
       *[other] { $n } people are ahead of you
    }
kiosk-listen = Watch the screen and listen for the call.
kiosk-done = Done
kiosk-print = Print again
kiosk-returns = This page goes back to the start in a moment.
kiosk-closed = No numbers are given yet
kiosk-over = Closed for today
kiosk-over-what = Today’s service has ended.
kiosk-closed-at = Numbers available { $when }
kiosk-closed-ask = Please ask the guard.
kiosk-closed-wait = This machine gives numbers again then.
kiosk-all-full = All of today's quotas are used up
kiosk-problem-what = Please try again, or ask the guard for a number.
kiosk-offline = This machine is not connected
kiosk-offline-since = Cut off since #.
kiosk-offline-what = Please ask the guard for a number. The machine comes back by itself once it is connected.
kiosk-again = Try again
kiosk-language-id = Bahasa Indonesia
kiosk-language-en = English
kiosk-here = Have a number already? Confirm you are here
kiosk-here-title = Confirm that you are here
kiosk-here-what = Type your number, then the four check digits your ticket’s page shows on your phone.
kiosk-here-full = The quota of service { $letters } is used up: its numbers cannot be confirmed for now.
kiosk-here-letter = Letter of your number
kiosk-here-digits = Digits of your number
kiosk-here-check = Four check digits
kiosk-here-erase = Erase one digit
kiosk-here-send = I am here
kiosk-confirmed = Thank you. Your number counts from now on.
kiosk-privacy = Personal data
