### The participant's ticket page.

phone-title = { $number } · { $branch }
phone-title-called = { $number } → { $counter }
phone-your-number = Nomor antrean Anda

phone-head-unproven = Konfirmasi dulu bahwa Anda sudah datang
phone-head-waiting =
    { $n ->
        [0] Belum ada orang di depan Anda
       *[other] { $n } orang di depan Anda
    }
phone-head-far =
    { $n ->
        [0] Belum ada orang di depan Anda di layanan { $letter }
       *[other] { $n } orang di depan Anda di layanan { $letter }
    }
phone-head-ready = Bersiaplah, giliran Anda sebentar lagi
phone-head-ready-in = Bersiaplah, giliran Anda { $range } lagi
phone-head-next = Anda berikutnya
phone-head-called = Silakan menuju
phone-head-serving = Anda sedang dilayani di { $counter }
phone-head-finished = Terima kasih
phone-head-missed = Anda belum datang saat dipanggil
phone-head-parked = Tunggu sebentar di dekat loket
phone-head-cancelled = Nomor ini sudah dibatalkan
phone-head-forgotten = Nomor Anda sudah berakhir
phone-head-unserved = Maaf, Anda belum sempat dilayani

phone-tell-unproven = Pindai kode QR di layar ruang tunggu dengan ponsel ini, atau tunjukkan halaman ini kepada satpam. Nomor ini belum dipanggil karena diambil tanpa kode QR itu.
phone-tell-unproven-full = Kuota layanan ini hari ini sudah habis, sehingga nomor ini belum dapat dikonfirmasi. Bila ada tempat yang kosong lagi, halaman ini memberi tahu.
phone-tell-unproven-until = Lakukan sebelum pukul { $clock }; setelah itu nomor ini batal.
phone-check = Di mesin nomor: ketik nomor ini dan empat angka berikut
phone-proven = Kehadiran Anda sudah dikonfirmasi. Anda sekarang dalam antrean.
phone-tell-far = Loket mungkin memanggil layanan lain lebih dulu. Ikuti perkiraan waktu di bawah ini.
phone-tell-ready =
    { $n ->
        [0] Kembalilah ke kantor cabang bila Anda sedang di luar.
       *[other] { $n } orang di depan Anda. Kembalilah ke kantor cabang bila Anda sedang di luar.
    }
phone-tell-next = Tunggulah di dekat loket dan siapkan dokumen Anda.
phone-tell-called = Dipanggil pukul { $clock }.
phone-tell-called-again = Panggilan ke-{ $calls }, pukul { $clock }.
phone-tell-called-then = Setelah { $calls } panggilan, nomor ini dilewati; Anda masih dapat masuk lagi ke antrean.
phone-tell-called-then-over = Setelah { $calls } panggilan, nomor ini dilewati dan tidak dapat dipakai lagi.
phone-tell-finished = Anda sudah dilayani. Bagaimana pelayanan kami hari ini?
phone-tell-finished-only = Anda sudah dilayani.
phone-tell-missed =
    { $behind ->
        [0] Masih ingin dilayani? Masuklah lagi ke antrean dengan nomor yang sama.
       *[other] Masih ingin dilayani? Masuklah lagi ke antrean, di belakang { $behind } orang pertama, dengan nomor yang sama.
    }
phone-tell-missed-final = Nomor ini tidak dapat masuk antrean lagi. Silakan temui satpam, atau ambil nomor baru.
phone-tell-parked = Anda akan dipanggil lagi dengan nomor ini. Bila petugas meminta berkas, lengkapilah selagi menunggu.
phone-tell-cancelled = Bila masih perlu dilayani, silakan ambil nomor baru.
phone-tell-forgotten = Petugas belum menekan selesai, jadi nomor ini diakhiri. Bila Anda belum dilayani, temui satpam atau ambil nomor baru.
phone-tell-unserved = Pelayanan hari ini sudah ditutup. Silakan ambil nomor baru pada hari kerja berikutnya, atau tanyakan kepada satpam.
phone-tell-unserved-at = Pelayanan hari ini sudah ditutup. Nomor baru dibuka { $when }.

phone-hour = Perkiraan dilayani pukul { $begins }–{ $until }.
phone-wait-none = Belum ada loket yang buka. Perkiraan waktu muncul setelah loket buka.
phone-overtaken = { $n } orang prioritas didahulukan.
phone-places =
    { $n ->
        [0] Anda di tempat pertama
       *[other] { $n } orang di depan, lalu Anda
    }
phone-places-more = +{ $n }
phone-places-you = Anda
phone-wish = Permintaan prioritas Anda sudah tercatat. Satpam akan menyetujuinya bila sesuai aturan.

phone-coming = Saya sedang ke sana
phone-coming-known = Petugas tahu bahwa Anda sedang ke sana.
phone-rejoin = Masuk antrean lagi
phone-rejoin-left = Masih bisa { $n } kali lagi.
phone-defer = Saya butuh waktu lebih
phone-defer-rule = Anda dipindahkan ke belakang { $behind } orang berikutnya, atau ke akhir antrean bila lebih sedikit. Nomor Anda tetap, tetapi Anda tidak dapat maju lagi.
phone-defer-left = Masih bisa { $n } kali lagi hari ini.
phone-defer-yes = Ya, dahulukan yang lain
phone-leave = Saya sudah selesai dilayani
phone-leave-sure = Petugas mungkin lupa menekan selesai. Nomor ini berakhir, dan Anda dapat mengambil nomor baru.
phone-leave-yes = Ya, saya sudah selesai
phone-cancel = Batalkan nomor
phone-cancel-sure = Yakin batal? Tempat Anda diberikan kepada orang lain dan tidak dapat dikembalikan.
phone-cancel-yes = Ya, batalkan { $number }
phone-new = Ambil nomor baru

phone-rate = Nilai pelayanan kami
phone-rate-1 = Sangat kurang
phone-rate-2 = Kurang
phone-rate-3 = Cukup
phone-rate-4 = Baik
phone-rate-5 = Sangat baik
phone-rate-comment = Pesan untuk kami (boleh kosong)
phone-rate-comment-hint = Jangan menulis nama atau NIK.
phone-rate-send = Kirim penilaian
phone-rated = Terima kasih atas penilaian Anda: { $stars } dari 5 ({ $word }).

phone-sound-on = Nyalakan suara
phone-sound-on-why = Ponsel ini berbunyi dan bergetar saat Anda dipanggil, selama halaman ini terbuka.
phone-sound-is-on = Suara menyala
phone-sound-lost = Halaman dimuat ulang. Ketuk di mana saja agar ponsel ini berbunyi lagi.

phone-push-on = Bunyi walau layar mati
phone-push-on-why = Ponsel ini memberi tahu saat giliran Anda, juga saat halaman ini ditutup. Ponsel akan meminta izin.
phone-push-is-on = Ponsel ini akan berbunyi, juga saat layar mati.
phone-push-try = Coba bunyikan sekarang
phone-push-tried = Sebentar lagi ponsel ini berbunyi. Bila tidak, periksa mode senyap dan hemat baterai.
phone-push-wait = Baru saja dicoba. Tunggu sebentar, lalu coba lagi.
phone-push-refused = Pemberitahuan ditolak di ponsel ini. Ponsel berbunyi selama halaman ini terbuka. Izin dapat diubah di pengaturan peramban.
phone-push-none = Ponsel ini berbunyi selama halaman ini terbuka.
phone-push-failed = Belum berhasil. Periksa sambungan, lalu tekan lagi.
phone-push-install = Bunyi walau layar mati
phone-push-install-share = Tekan Bagikan (kotak dengan panah ke atas) di peramban ini.
phone-push-install-add = Pilih Tambah ke Layar Utama.
phone-push-install-then = Lalu buka nomor Anda dari layar utama, dan izinkan pemberitahuan di sana.

phone-qr = Kode nomor Anda
phone-carry = Simpan halaman ini. Jangan bagikan alamatnya: siapa pun yang memegangnya dapat membatalkan nomor Anda.
phone-issued = Diambil { $day }, pukul { $clock }
phone-privacy = Data pribadi
phone-none = Tidak ada nomor di ponsel ini
phone-none-how = Mungkin nomornya sudah lama, atau dibuka di peramban lain. Pindai kode QR di kantor cabang, atau ambil nomor baru.

phone-others = Nomor lain di ponsel ini
phone-another-title = Simpan juga nomor { $number }?
phone-another-what = Ponsel ini sudah memegang nomor lain. Keduanya dapat disimpan di sini, dan keduanya berbunyi bila dipanggil.
phone-another-keep = Simpan { $number } juga
phone-another-back = Tidak, kembali ke { $number }
phone-none-other = Lihat nomor { $number }
phone-none-elsewhere = Sudah mengambil nomor di dalam aplikasi lain? Buka lagi halaman itu di sana, salin tautan nomornya, lalu buka tautan itu di sini.
phone-no-cookies = Peramban ini tidak menyimpan nomor
phone-no-cookies-what = Catat nomor Anda dan biarkan halaman ini terbuka; halaman ini memuat ulang sendiri dan tidak berbunyi. Lebih baik: salin tautannya, lalu buka di peramban lain.
phone-inside = Halaman ini terbuka di dalam aplikasi lain
phone-inside-what = Nomor Anda dapat hilang bila aplikasi itu ditutup. Buka nomor ini di peramban ponsel.
phone-inside-iphone = Ketuk tombol bagikan atau titik tiga di aplikasi ini, lalu pilih “Buka di Safari”.
phone-inside-out = Buka di peramban ponsel
phone-link = Buka di peramban atau ponsel lain
phone-link-what = Tautan ini membuka nomor Anda di mana saja. Anda dapat menyimpannya.
phone-link-label = Tautan nomor Anda
phone-link-copy = Salin tautan
phone-link-copied = Tautan disalin
phone-link-warn = Siapa pun yang memegang tautan ini dapat membatalkan nomor Anda.
phone-somebody-else = Ambil nomor lagi untuk orang lain
phone-somebody-else-one = Satu ponsel mengambil satu nomor. Orang lain mengambil nomornya di mesin atau satpam, lalu dapat memindainya juga dengan ponsel ini.
