### The poster for the door and the waiting room: printed in two languages.

poster-title = Take a queue number
poster-scan = Scan with your phone’s camera
poster-choose = Choose a service; your number appears
poster-confirm = In the waiting room, scan the code on the screen, so that you are called
poster-no-phone = No phone? The guard and the kiosk give numbers on paper.
poster-privacy = What we keep about you
