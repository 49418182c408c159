# Every refusal: a title, then the sentence. What can be done first, then why.
# Times ($opens_at) come as words: "tomorrow at 07:30", or "none".

refusal-unknown-ticket-title = No such number
refusal-unknown-ticket = Check the number again. { $number } has not been issued at this branch today.
refusal-unknown-service-title = No such service
refusal-unknown-service = Choose one of the services shown. This branch has no service { $service }.
refusal-unknown-counter-title = No such counter
refusal-unknown-counter = Choose one of the counters shown. This branch has no counter { $counter }.

refusal-wrong-state-title = Not possible right now
refusal-wrong-state =
    { $what ->
        [ticket] { $state ->
            [waiting] Number { $name } is still waiting. To serve it, call it first.
            [called] Number { $name } is being called. Start, skip or return it first.
            [serving] Number { $name } is being served. Finish or return it first.
            [finished] Number { $name } has already been served.
            [missed] Number { $name } was missed. Let it rejoin the line first.
            [parked] Number { $name } is on hold. Take it back first.
            [cancelled] Number { $name } was cancelled. Take a new one if it is still needed.
            [forgotten] Number { $name } has ended already: nobody had pressed finish. There is nothing left to press.
            [unserved] Number { $name } was not served before the day closed.
           *[other] The state of number { $name } does not allow it.
        }
        [counter] { $state ->
            [open] Counter { $name } is already open.
            [paused] Counter { $name } is paused. Resume it first.
            [closed] Counter { $name } is closed. Open it first.
           *[other] The state of counter { $name } does not allow it.
        }
        [day] { $state ->
            [open] The service day { $name } is already open.
            [closed] The service day { $name } is closed. A supervisor can open it.
           *[other] The service day { $name } is not open yet. A supervisor can open it.
        }
        [intake] { $state ->
            [open] Numbers are already being given.
           *[other] Giving numbers has already been stopped.
        }
       *[other] Its state ({ $state }) does not allow it.
    }

refusal-quota-full-title = No numbers left
refusal-quota-full =
    { $left ->
        [0] { $opens_at ->
            [none] Ask a member of staff when numbers are given again.
           *[other] Numbers are given again { $opens_at }.
        } { $quota ->
            [0] Service { $service } gives no numbers today.
           *[other] Today’s quota of service { $service } is used up ({ $quota } of { $quota }).
        }
       *[other] Come to the branch and scan the QR code in the waiting room: { $left } of { $quota } numbers of service { $service } are left there. Those for phones elsewhere are all taken.
    }
refusal-wait-too-long-title = The wait is too long just now
refusal-wait-too-long = Please try again later, or see the guard. The wait for service { $service } is { $wait_min } minutes or more; from { $limit_min } minutes on phones and the machine give no numbers.
refusal-intake-closed-title = No numbers are given right now
refusal-intake-closed =
    { $opens_at ->
        [none] Ask a member of staff when numbers are given again. Right now none are given.
       *[other] Numbers are given again { $opens_at }. Right now none are given.
    }
refusal-already-has-ticket-title = There is a valid number already
refusal-already-has-ticket = Use the number you have, or ask a member of staff. One person holds one number at a time.
refusal-too-many-tickets-title = Today’s limit is reached
refusal-too-many-tickets = Please see the guard for another number. One phone can take { $limit } numbers a day.
refusal-presence-needed-title = Scan the QR code at the branch
refusal-presence-needed = Please scan the QR code shown in the hall, or see the guard. Numbers here are for people who have arrived.

refusal-not-callable-title = Presence not confirmed yet
refusal-not-callable = Ask the guard to confirm that the holder of number { $number } is here. Until then it cannot be called or transferred.
refusal-counter-not-open-title = The counter is not serving
refusal-counter-not-open =
    { $state ->
        [paused] Resume counter { $counter } first; it is paused.
       *[other] Open counter { $counter } first; it is closed.
    }
refusal-counter-full-title = Every seat is taken
refusal-counter-full =
    { $capacity ->
        [1] Finish { $open_tickets } first. Counter { $counter } serves one person at a time.
       *[other] Finish one of these first: { $open_tickets }. Counter { $counter } serves { $capacity } people at a time.
    }
refusal-counter-busy-title = Somebody is still being served
refusal-counter-busy = Finish or return { $open_tickets } first. They are still open at counter { $counter }.
refusal-counter-held-title = The counter is in use
refusal-counter-held = Choose another counter, or ask a supervisor to release it. Another officer holds counter { $counter }.
refusal-counters-held-title = You hold another counter
refusal-counters-held =
    { $limit ->
        [1] Move to counter { $counter }, or close counter { $held } first. One officer holds one counter.
       *[other] Move to counter { $counter }, or close one of { $held } first. One officer holds at most { $limit } counters.
    }
refusal-not-your-counter-title = This is not your counter
refusal-not-your-counter = Take counter { $counter } first to work there. You do not hold it now.
refusal-nobody-waiting-title = Nobody is waiting
refusal-nobody-waiting = Please wait a moment. Nobody is waiting for counter { $counter } yet.
refusal-too-soon-title = Called a moment ago
refusal-too-soon = Call { $number } again in { $wait_s } seconds. Give time to walk to the counter.
refusal-not-called-enough-title = Not called often enough
refusal-not-called-enough = Call { $number } once more, or confirm to skip it. It was called { $announced } of { $needed } times.
refusal-no-rejoins-left-title = Cannot rejoin the line again
refusal-no-rejoins-left = Please see the guard or take a new number. Number { $number } has rejoined the line { $limit } times.
refusal-no-defers-left-title = Cannot wait longer
refusal-no-defers-left = Please get ready, or tell the guard. Number { $number } has been put back { $limit } times.
refusal-nobody-behind-title = Nobody is behind you yet
refusal-nobody-behind = Please go on waiting; nothing was used up. Nobody is waiting behind { $number } yet.
refusal-cannot-undo-title = Cannot be undone
refusal-cannot-undo =
    { $why ->
        [too_late] Go on from here: the time to undo { $number } is over.
        [other_counter] Ask whoever did it: the last step of { $number } was taken elsewhere.
        [no_seat] Free a seat first: there is no room to take { $number } back.
       *[nothing] Go on from here: { $number } has no step that can be undone.
    }
refusal-still-at-counter-title = Still at the counter
refusal-still-at-counter = The officer ends number { $number }. Should they forget, you can end it yourself after { $after_min } minutes.
refusal-has-another-title = Its holder has another number
refusal-has-another = Go on with { $other }. The holder of { $number } has taken it since, and one person holds one number at a time.
refusal-day-over-title = That number is of an earlier day
refusal-day-over = There is nothing left to press. The service day { $date } has been closed; numbers nobody finished were ended by themselves.
refusal-day-busy-title = Somebody is still being served
refusal-day-busy = Finish or return { $open_tickets } first. Then the service day can be closed.
refusal-unknown-outcome-title = Choose an outcome from the list
refusal-unknown-outcome = Choose one of: { $allowed }. The outcome “{ $outcome }” is not on this branch’s list.
refusal-unknown-reason-title = Choose a reason from the list
refusal-unknown-reason = Choose one of: { $allowed }. The reason “{ $reason }” is not on this branch’s list.
refusal-still-in-use-title = Still in use today
refusal-still-in-use =
    { $what ->
        [service] Wait until the service day is closed. Service { $name } still has running numbers.
       *[counter] Close counter { $name } and move its numbers first. It is still in use.
    }
refusal-day-restored-title = Numbers of today may be missing
refusal-day-restored = Please wait a moment, or see the guard. Numbers are given and called again once the guard or a supervisor has said which was the last number given.
