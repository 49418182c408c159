### The ticket machine. Its page knows every text here, for the times without a network.

kiosk-title = Mesin nomor antrean
kiosk-question = Layanan apa yang Anda perlukan?
kiosk-touch = Sentuh salah satu layanan
kiosk-phone = Atau ambil dengan ponsel Anda
kiosk-phone-how = Pindai dengan kamera ponsel. Anda diberi tahu saat dipanggil.
kiosk-phone-cut = Sentuh salah satu layanan di atas. Kode QR sedang tidak dapat diperbarui.
kiosk-left = Sisa { $left } dari { $quota }
kiosk-full = Kuota habis
kiosk-full-at = Kuota habis ({ $quota } dari { $quota }). Dibuka lagi { $when }.
kiosk-too-long = Tunggu sekarang { $range }: mesin ini berhenti memberi nomor sementara. Bila mendesak, temui satpam.
kiosk-none-now = Untuk sementara tidak ada nomor baru
kiosk-none-today = Tidak ada nomor hari ini
kiosk-wait = Tunggu { $range }
kiosk-wait-rough = Tunggu kira-kira { $range }
kiosk-wait-none = Loket belum buka
kiosk-waiting =
    { $n ->
        [0] Tidak ada yang menunggu
       *[other] { $n } orang menunggu
    }
kiosk-chosen = Layanan yang Anda pilih
kiosk-take = Ambil nomor
kiosk-priority = Saya perlu didahulukan
kiosk-priority-question = Perlu didahulukan?
kiosk-take-priority = Ambil nomor dengan prioritas
kiosk-priority-why = Prioritas untuk lansia, ibu hamil, penyandang disabilitas, dan orang lain yang dilindungi undang-undang. Alasannya tidak kami tanyakan; satpam yang menyetujuinya.
kiosk-back = Kembali
kiosk-your-number = Nomor antrean Anda
kiosk-carry = Bawa nomor ini di ponsel
kiosk-carry-how = Pindai kode ini dengan kamera ponsel. Anda boleh menunggu di luar dan diberi tahu saat dipanggil.
kiosk-unproven = Tunjukkan nomor ini kepada satpam agar ikut dihitung.
kiosk-wish = Permintaan prioritas tercatat. Temui satpam untuk persetujuan.
kiosk-position =
    { $n ->
        [0] Belum ada orang di depan Anda
       *[other] { $n } orang di depan Anda
    }
kiosk-listen = Perhatikan layar dan suara panggilan.
kiosk-done = Selesai
kiosk-print = Cetak lagi
kiosk-returns = Halaman ini kembali ke awal sebentar lagi.
kiosk-closed = Pengambilan nomor belum dibuka
kiosk-over = Sudah tutup hari ini
kiosk-over-what = Pelayanan hari ini sudah selesai.
kiosk-closed-at = Pengambilan nomor dibuka { $when }
kiosk-closed-ask = Silakan tanyakan kepada satpam.
kiosk-closed-wait = Mesin ini memberi nomor lagi pada waktu itu.
kiosk-all-full = Semua kuota hari ini sudah habis
kiosk-problem-what = Silakan coba lagi, atau minta nomor kepada satpam.
kiosk-offline = Mesin ini sedang tidak tersambung
kiosk-offline-since = Terputus sejak pukul #.
kiosk-offline-what = Silakan minta nomor kepada satpam. Mesin ini kembali dengan sendirinya setelah tersambung.
kiosk-again = Coba lagi
kiosk-language-id = Bahasa Indonesia
kiosk-language-en = English
kiosk-here = Sudah punya nomor? Konfirmasi hadir
kiosk-here-title = Konfirmasi bahwa Anda sudah di sini
kiosk-here-what = Ketik nomor Anda, lalu empat angka konfirmasi di halaman nomor pada ponsel Anda.
kiosk-here-full = Kuota layanan { $letters } sudah habis: nomornya belum dapat dikonfirmasi.
kiosk-here-letter = Huruf nomor
kiosk-here-digits = Angka nomor
kiosk-here-check = Empat angka konfirmasi
kiosk-here-erase = Hapus satu angka
kiosk-here-send = Saya sudah di sini
kiosk-confirmed = Terima kasih. Nomor Anda sekarang ikut dihitung.
kiosk-privacy = Data pribadi
