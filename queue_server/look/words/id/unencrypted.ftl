# Di atas halaman yang datang lewat http biasa.
unencrypted-phone = Sambungan tidak dienkripsi: orang di Wi-Fi ini dapat melihat nomor Anda.
unencrypted-staff = Pakailah kata sandi yang tidak Anda pakai di tempat lain: sambungan ini tidak dienkripsi, orang di jaringan yang sama dapat ikut membaca. Mintalah bagian TI memasang HTTPS.
