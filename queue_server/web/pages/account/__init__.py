"""The pages by which somebody becomes known: signing in, proving it, unlocking, being invited; and
one's own account, by which that stays right.
"""

from queue_server.web.pages.account.enrol import enrol_page, enrol_post
from queue_server.web.pages.account.invite import invite_page, invite_post, open_invitation
from queue_server.web.pages.account.second import second_page, second_post
from queue_server.web.pages.account.sign_in import sign_in_page, sign_in_post, sign_out_post
from queue_server.web.pages.account.unlock import lock_post, unlock_page, unlock_post

__all__ = [
    "enrol_page",
    "enrol_post",
    "invite_page",
    "invite_post",
    "lock_post",
    "open_invitation",
    "second_page",
    "second_post",
    "sign_in_page",
    "sign_in_post",
    "sign_out_post",
    "unlock_page",
    "unlock_post",
]
