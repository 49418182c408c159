### Poster di pintu dan di ruang tunggu: dicetak dalam dua bahasa.

poster-title = Ambil nomor antrean
poster-scan = Pindai dengan kamera ponsel Anda
poster-choose = Pilih layanan, nomor Anda muncul
poster-confirm = Di ruang tunggu, pindai kode di layar agar nomor Anda dipanggil
poster-no-phone = Tanpa ponsel? Satpam dan mesin nomor memberi nomor di atas kertas.
poster-privacy = Apa yang kami simpan tentang Anda
