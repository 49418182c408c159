"""One way from "somebody asks" to an answer: an `Ask`, its verb's row, rights, command, answer.

Knows who asks and what they may, the rules' commands, and the days they go to. Must not know
requests, cookies, status codes or HTML: a no is `Declined`, and its code is put into a status at
the web's edge.
"""
