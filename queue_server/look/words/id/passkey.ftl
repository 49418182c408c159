# Kunci sandi (passkey): membuat dan memakainya.
passkey-enrol-lead = Masuk dengan sidik jari, wajah, atau PIN perangkat Anda. Tidak ada kode yang perlu diketik, dan tidak ada yang bisa mengintipnya.
passkey-label = Nama kunci ini (boleh dikosongkan)
passkey-label-hint = Misalnya: ponsel saya, kunci USB
passkey-enrol = Buat kunci sandi
passkey-use = Pakai kunci sandi
passkey-cancelled = Tekan tombolnya lagi jika masih mau. Permintaan tadi ditutup atau terlalu lama.
passkey-known = Gunakan perangkat lain. Perangkat ini sudah menyimpan kunci sandi akun Anda.
passkey-failed = Coba sekali lagi, atau gunakan cara lain. Peramban tidak memberikan kunci sandi.
passkey-no-script = Nyalakan JavaScript untuk kunci sandi, atau gunakan aplikasi autentikator.
passkey-not-here-plain = Gunakan aplikasi autentikator. Kunci sandi hanya bekerja lewat sambungan aman (https), dan halaman ini dibuka lewat http biasa.
passkey-not-here-address = Gunakan aplikasi autentikator. Kunci sandi hanya bekerja di alamat yang memakai nama, yang biasa dibuka semua orang.
