# Who works here: accounts, invitations, the way back in.
people-title = People
people-everywhere = All branches
people-to-supervisor = Supervisor’s page
people-places = Other pages
people-branch = Choose a branch
people-branch-do = Open
people-list = { $n } { $n ->
    [one] person
   *[other] people
  }
people-find = Find a name
people-find-do = Find
people-none = Nobody yet
people-none-found = No name fits
people-none-how = Invite somebody: give the name and the role, then hand over the link.
people-pages = Pages of the list
people-page = Page { $n } of { $of }
people-page-before = Previous
people-page-after = Next

people-signed-in = signed in in { $n } { $n ->
    [one] browser
   *[other] browsers
  }, last { $when }
people-seen = last seen { $when }
people-never-seen = never signed in
people-disabled = Disabled
people-factor-passkeys = { $n } { $n ->
    [one] passkey
   *[other] passkeys
  }
people-factor-totp = Authenticator app
people-factor-pin = PIN
people-factor-none = No second factor yet
people-me = My account

people-acts = Manage
people-acts-for = Manage the account of { $name }
people-way-back = Make a link back in
people-way-back-why = For somebody who forgot the password or lost their phone. Be sure that you know the person: the link replaces the password and all ways to sign in.
people-end-sessions = Sign out everywhere
people-end-sessions-why = { $n } { $n ->
    [one] session ends
   *[other] sessions end
  } within seconds. The person may sign in again.
people-disable = Disable { $name }
people-disable-why = For somebody who leaves or moves. The account cannot sign in any more and all its sessions end; the record of their work stays.
people-enable = Enable again
people-enable-why = The person may sign in again with the old password and ways to sign in.

people-invite-title = Invite somebody
people-invite-lead = You get a link that opens once. The person chooses their own password and second factor.
people-invite-name = Name
people-invite-role = Role
people-invite-branch = Branch
people-invite-everywhere = All branches (administrators and auditors only)
people-invite-do = Make the invitation

people-open-title = Links not used yet
people-open-none = None.
people-open-nameless = No name
people-open-back = back in
people-open-until = Opens until { $until }
people-revoke = Revoke

people-link-title = Invitation for { $name } as { $role }
people-link-back-title = Link back in for { $name }
people-link-do = Hand this link over now. It is shown once, opens once, and works until { $until }.
people-link-label = Link
people-link-qr = Or scan it with their phone
people-link-warn = Whoever opens it first gets the account. Send it to nobody but the person.
people-link-back-warn = Whoever opens it holds the account. Give it to nobody but the person.
people-copy = Copy the link
people-copied = Link copied

people-done-disable = { $name } is disabled and signed out everywhere.
people-done-enable = { $name } may sign in again.
people-done-end-sessions = { $name } is signed out everywhere.
people-done-revoke = The link is revoked. It opens nothing any more.
