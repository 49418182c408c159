### The participant's ticket page.

phone-title = { $number } · { $branch }
phone-title-called = { $number } → { $counter }
phone-your-number = Your queue number

phone-head-unproven = Please confirm that you are here
phone-head-waiting =
    { $n ->
        [0] Nobody is ahead of you
        [one] { $n } person is ahead of you
       *[other] { $n } people are ahead of you
    }
phone-head-far =
    { $n ->
        [0] Nobody is ahead of you for service { $letter }
        [one] { $n } person is ahead of you for service { $letter }
       *[other] { $n } people are ahead of you for service { $letter }
    }
phone-head-ready = Get ready, it is nearly your turn
phone-head-ready-in = Get ready, your turn is in { $range }
phone-head-next = You are next
phone-head-called = Please go to
phone-head-serving = You are being served at { $counter }
phone-head-finished = Thank you
phone-head-missed = You were called but did not come
phone-head-parked = Please wait near the counters
phone-head-cancelled = This number has been cancelled
phone-head-forgotten = Your number has ended
phone-head-unserved = Sorry, you could not be served today

phone-tell-unproven = Scan the QR code on the waiting room’s screen with this phone, or show this page to the guard. This number is not called yet, because it was taken without that code.
phone-tell-unproven-full = Today’s quota of this service is used up, so this number cannot be confirmed for now. If a place becomes free, this page will say so.
phone-tell-unproven-until = Do so before { $clock }; after that this number lapses.
phone-check = At the kiosk: type this number and these four digits
phone-proven = Your presence is confirmed. You are in the queue now.
phone-tell-far = The counters may call other services first. Go by the estimate below.
phone-tell-ready =
    { $n ->
        [0] Come back to the branch if you are outside.
        [one] { $n } person is ahead of you. Come back to the branch if you are outside.
       *[other] { $n } people are ahead of you. Come back to the branch if you are outside.
    }
phone-tell-next = Please wait near the counters and have your papers ready.
phone-tell-called = Called at { $clock }.
phone-tell-called-again = Call { $calls }, at { $clock }.
phone-tell-called-then = After { $calls } calls this number is passed over; you can then rejoin the queue.
phone-tell-called-then-over = After { $calls } calls this number is passed over and can no longer be used.
phone-tell-finished = You have been served. How did we do today?
phone-tell-finished-only = You have been served.
phone-tell-missed =
    { $behind ->
        [0] Still want to be served? Join the queue again with the same number.
        [one] Still want to be served? Join the queue again, behind the first person, with the same number.
       *[other] Still want to be served? Join the queue again, behind the first { $behind } people, with the same number.
    }
phone-tell-missed-final = This number cannot join the queue again. Please speak to the guard, or take a new number.
phone-tell-parked = You will be called again with this number. If the officer asked for documents, complete them while you wait.
phone-tell-cancelled = If you still need to be served, please take a new number.
phone-tell-forgotten = The officer had not pressed finish, so this number was ended. If you were not served, ask the guard or take a new number.
phone-tell-unserved = The counters have closed for today. Please take a new number on the next working day, or ask the guard.
phone-tell-unserved-at = The counters have closed for today. New numbers are given { $when }.

phone-hour = Expected to be served between { $begins } and { $until }.
phone-wait-none = No counter is open yet. The estimate appears when one opens.
phone-overtaken =
    { $n ->
        [one] { $n } person with priority went first.
       *[other] { $n } people with priority went first.
    }
phone-places =
    { $n ->
        [0] You are first
        [one] { $n } person ahead, then you
       *[other] { $n } people ahead, then you
    }
phone-places-more = +{ $n }
phone-places-you = You
phone-wish = Your request for priority is noted. The guard grants it where the rules allow.

phone-coming = I am on my way
phone-coming-known = The officer knows that you are on your way.
phone-rejoin = Join the queue again
phone-rejoin-left =
    { $n ->
        [one] You can do this { $n } more time.
       *[other] You can do this { $n } more times.
    }
phone-defer = I need more time
phone-defer-rule =
    { $behind ->
        [one] You move back behind the next person. You keep your number, but you cannot move forward again.
       *[other] You move back behind the next { $behind } people, or to the end if there are fewer. You keep your number, but you cannot move forward again.
    }
phone-defer-left =
    { $n ->
        [one] You can do this { $n } more time today.
       *[other] You can do this { $n } more times today.
    }
phone-defer-yes = Yes, let others go first
phone-leave = I have been served
phone-leave-sure = The officer may have forgotten to press finish. This number ends, and you can take a new one.
phone-leave-yes = Yes, I am done
phone-cancel = Cancel my number
phone-cancel-sure = Are you sure? Your place goes to somebody else and cannot be given back.
phone-cancel-yes = Yes, cancel { $number }
phone-new = Take a new number

phone-rate = Rate our service
phone-rate-1 = Very poor
phone-rate-2 = Poor
phone-rate-3 = Fair
phone-rate-4 = Good
phone-rate-5 = Very good
phone-rate-comment = A message for us (may stay empty)
phone-rate-comment-hint = Please give no names or ID numbers.
phone-rate-send = Send rating
phone-rated = Thank you for your rating: { $stars } of 5 ({ $word }).

phone-sound-on = Turn on sound
phone-sound-on-why = This phone rings and vibrates when you are called, as long as this page is open.
phone-sound-is-on = Sound is on
phone-sound-lost = The page was loaded again. Tap anywhere so that this phone can ring again.

phone-push-on = Ring even when the screen is off
phone-push-on-why = This phone tells you when it is your turn, also when this page is closed. It will ask for permission.
phone-push-is-on = This phone will ring, also when its screen is off.
phone-push-try = Let it ring now
phone-push-tried = This phone will ring in a moment. If it does not, check silent mode and battery saving.
phone-push-wait = It has just been tried. Wait a moment, then try again.
phone-push-refused = Notifications are refused on this phone. It rings while this page is open. You can change this in the browser’s settings.
phone-push-none = This phone rings while this page is open.
phone-push-failed = That did not work. Check the connection, then press again.
phone-push-install = Ring even when the screen is off
phone-push-install-share = Tap Share (a box with an arrow upwards) in this browser.
phone-push-install-add = Choose Add to Home Screen.
phone-push-install-then = Then open your number from the home screen, and allow notifications there.

phone-qr = Your number's QR code
phone-carry = Keep this page. Do not share its address: whoever holds it can cancel your number.
phone-issued = Taken on { $day }, at { $clock }
phone-privacy = Personal data
phone-none = There is no number on this phone
phone-none-how = It may be an old one, or open in another browser. Scan the QR code at the branch, or take a new number.

phone-others = Other numbers on this phone
phone-another-title = Keep number { $number } here as well?
phone-another-what = This phone already holds another number. Both can be kept here, and both ring when they are called.
phone-another-keep = Keep { $number } as well
phone-another-back = No, back to { $number }
phone-none-other = Show number { $number }
phone-none-elsewhere = Did you take a number inside another app? Open that page there again, copy the number's link, and open the link here.
phone-no-cookies = This browser does not keep your number
phone-no-cookies-what = Note your number and leave this page open; it reloads by itself and does not ring. Better: copy the link and open it in another browser.
phone-inside = This page is open inside another app
phone-inside-what = Your number may be lost when that app is closed. Open it in your phone's browser.
phone-inside-iphone = Tap the share button or the three dots in this app, then choose “Open in Safari”.
phone-inside-out = Open in the phone's browser
phone-link = Open in another browser or phone
phone-link-what = This link opens your number anywhere. You can save it.
phone-link-label = Your number's link
phone-link-copy = Copy the link
phone-link-copied = Link copied
phone-link-warn = Whoever has this link can cancel your number.
phone-somebody-else = Take another number for somebody else
phone-somebody-else-one = One phone takes one number. Somebody else takes theirs at the machine or from the guard, and can then scan it with this phone as well.
