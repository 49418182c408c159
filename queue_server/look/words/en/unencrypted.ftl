# On top of pages that came over plain http.
unencrypted-phone = This connection is not encrypted: others on the same Wi-Fi can see your number.
unencrypted-staff = Use no password that you use elsewhere, and ask IT to set up HTTPS. This connection is not encrypted: people on the same network can read what you type and use your sign-in.
