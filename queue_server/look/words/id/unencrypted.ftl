# Di atas halaman yang datang lewat http biasa.
unencrypted-phone = Sambungan ini tidak dienkripsi: orang lain di Wi-Fi yang sama dapat melihat nomor Anda.
unencrypted-staff = Jangan pakai kata sandi yang juga Anda pakai di tempat lain, dan mintalah bagian TI memasang HTTPS. Sambungan ini tidak dienkripsi: orang di jaringan yang sama dapat membaca apa yang Anda ketik dan memakai tanda masuk Anda.
