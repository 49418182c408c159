# A number on paper, from the guard or the ticket machine.
slip-number = Ticket number
slip-service = Service { $letter }
slip-issued = { $day }, { $clock }
slip-position =
    { $n ->
        [0] At { $clock } nobody was ahead of you
        [one] At { $clock } one person was ahead of you
       *[other] At { $clock } { $n } people were ahead of you
    }
slip-turn = Your turn is at about { $from }–{ $until }
slip-turn-before = Your turn is likely before { $until }
slip-qr = page of number { $number }
slip-scan = Scan this code with a phone to see your turn.
slip-listen = Without a phone: watch the screen and listen for the call.
slip-missed = Missed it? Show this slip to the guard.
