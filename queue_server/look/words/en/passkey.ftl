# Passkeys: making one and using it.
passkey-enrol-lead = Sign in with your fingerprint, face or the PIN of your device. There is no code to type, and nothing to look at over your shoulder.
passkey-label = A name for this key (may stay empty)
passkey-label-hint = For example: my phone, USB key
passkey-enrol = Make a passkey
passkey-use = Use a passkey
passkey-cancelled = Press the button again if you still want to. The request was closed or took too long.
passkey-known = Use another device. This one holds a passkey of your account already.
passkey-failed = Try once more, or use another way. The browser gave no passkey.
passkey-no-script = Turn JavaScript on for passkeys, or use an authenticator app.
passkey-not-here-plain = Use an authenticator app. Passkeys work only over a secure connection (https), and this page was opened over plain http.
passkey-not-here-address = Use an authenticator app. Passkeys work only at an address with a name, the one everybody uses.
