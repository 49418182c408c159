# On top of pages that came over plain http.
unencrypted-phone = This connection is not encrypted: people on this Wi-Fi can see your number.
unencrypted-staff = Use a password that you use nowhere else: this connection is not encrypted, people on the same network can read along. Ask IT to set up HTTPS.
