# My account: ways in, password, PIN, and where I am signed in.
my-title = My account
my-account-of = { $role } at { $branch }
my-account-everywhere = { $role }, all branches
my-to-work = To your work page
my-to-people = People
my-to-audit = Audit trail
my-username = User name: { $username }

my-confirm-title = Confirm that it is you
my-confirm-lead = Enter your password to change your ways in. It counts for a few minutes, so that nobody else can change them on a screen you left open.
my-confirm-password = Password
my-confirm-do = Confirm

my-factors-title = Second factor
my-factors-lead = After the password you show one of these.
my-factors-one = Better have two, a passkey and an app for example, so that you still get in if one is lost.
my-passkey-made = Passkey, made { $when }
my-passkey-used = Passkey, last used { $when }
my-app = Authenticator app
my-app-how = A code of six digits on your phone
my-codes = Recovery codes
my-codes-left = { $n } { $n ->
    [one] code
   *[other] codes
  } left
my-codes-none = No codes left. Make new ones.
my-remove = Remove
my-remove-named = Remove { $name }
my-confirm-first = Confirm above first to change these.
my-add-passkey = Add a passkey
my-add-app = Add an authenticator app
my-replace-app = New phone? Set up the authenticator app again
my-new-codes = Make new recovery codes

my-pin-title = PIN
my-pin-lead = With a PIN of six digits you open a locked screen without the password.
my-pin-guard = On the guard’s paired tablet the PIN is also your second factor.
my-pin-set = A PIN is set.
my-pin-none = No PIN yet.
my-pin-new = New PIN (six digits)
my-pin-save = Save the PIN
my-pin-remove = Remove the PIN

my-password-title = Change the password
my-password-why = You will be signed out in all other browsers.
my-password-old = Present password
my-password-new = New password
my-password-hint = At least { $n } letters. A few words that only you remember are enough.
my-password-do = Change the password

my-sessions-title = Signed in at
my-session-this = This browser
my-session-since = Since { $since }, last { $seen }
my-session-locked = Locked
my-session-unfinished = Not finished signing in
my-session-end = Sign out
my-session-end-named = Sign { $name } out
my-session-unknown = Unknown browser
my-sessions-end-others = Sign out in all other browsers

my-done-confirm = Thank you. You can change your ways in now.
my-done-change-password = The password is changed. All other browsers are signed out.
my-done-remove-passkey = The passkey is removed.
my-done-remove-app = The authenticator app is removed.
my-done-set-pin = The PIN is saved.
my-done-remove-pin = The PIN is removed.
my-done-end-session = That browser is signed out.
my-done-end-others = All other browsers are signed out.
