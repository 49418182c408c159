### Pages made by the server alone: start, join.

pages-start-title = Antrean kantor cabang
pages-start-lead = Pilih kantor cabang untuk melihat antrean dan mengambil nomor.
pages-start-open = Pengambilan nomor dibuka
pages-start-closed = Nomor ditutup
pages-start-opens = Dibuka lagi { $when }
pages-start-until = Sampai pukul { $clock }
pages-start-waiting =
    { $n ->
        [0] Tidak ada yang menunggu
       *[other] { $n } orang menunggu
    }
pages-start-none = Belum ada kantor cabang
pages-start-none-how = Buat kantor cabang pertama dengan perintah lapak init, lalu muat ulang halaman ini.
pages-start-staff = Masuk sebagai petugas
pages-start-demo = Semua halaman peragaan
pages-start-demo-lead = Buka beberapa halaman bersamaan untuk melihat bagaimana satu panggilan sampai ke mana-mana.
pages-start-demo-join = Ambil nomor (ponsel peserta)
pages-start-demo-board = Layar ruang tunggu
pages-start-demo-kiosk = Mesin nomor antrean
pages-start-demo-desk = Layar petugas di loket
pages-start-demo-guard = Satpam
pages-start-demo-supervisor = Penyelia
pages-start-demo-privacy = Data pribadi
pages-start-demo-api = Kontrak API (OpenAPI)
pages-start-demo-sign-in = Nama dan kata sandi peragaan tercetak di terminal, dan tersimpan dalam berkas credentials.json di folder data. Kode langkah kedua ditampilkan di halamannya.

pages-join-title = Ambil nomor antrean
pages-join-question = Layanan apa yang Anda perlukan?
pages-join-left = Sisa { $left } dari { $quota } nomor
pages-join-full = Kuota hari ini sudah habis ({ $quota } dari { $quota })
pages-join-full-at = Kuota hari ini sudah habis ({ $quota } dari { $quota }). Pengambilan nomor dibuka lagi { $when }.
pages-join-full-afar = Nomor dari jauh sudah habis. Masih ada { $left } dari { $quota } bagi yang memindai kode QR di ruang tunggu.
pages-join-too-long = Tunggu sekarang { $range }: untuk sementara tidak ada nomor baru. Bila mendesak, temui satpam.
pages-join-none-today = Layanan ini tidak memberi nomor hari ini
pages-join-wait = Tunggu { $range }
pages-join-wait-rough = Tunggu kira-kira { $range }
pages-join-wait-none = Belum ada loket yang buka
pages-join-waiting =
    { $n ->
        [0] Tidak ada yang menunggu
       *[other] { $n } orang menunggu, semua layanan
    }
pages-join-as-of = Diperbarui pukul { $clock }. Perkiraan dapat berubah.
pages-join-priority = Saya memerlukan prioritas
pages-join-priority-why = Untuk lansia, ibu hamil, penyandang disabilitas, dan orang lain yang dilindungi undang-undang. Alasannya tidak kami tanyakan. Satpam yang menyetujuinya.
pages-join-identity = NIK
pages-join-identity-why = Agar satu orang memegang satu nomor. Kami hanya menyimpan kode acaknya dan empat angka terakhir.
pages-join-button = Ambil nomor
pages-join-unproven = Anda belum memindai kode QR di ruang tunggu
pages-join-unproven-what = Anda tetap dapat mengambil nomor. Nomor itu baru ikut dihitung setelah Anda tiba dan memindai kode QR di ruang tunggu, atau menunjukkannya kepada satpam.
pages-join-unproven-lapse = Nomor yang belum dikonfirmasi dalam { $minutes } menit akan batal.
pages-join-unproven-quota = Tempat dalam kuota baru terpakai saat nomor dikonfirmasi. Bila kuota sudah habis, nomor tidak dapat dikonfirmasi.
pages-join-scan = Pindai kode QR di ruang tunggu
pages-join-scan-what = Kantor cabang ini memberi nomor kepada orang yang sudah di tempat. Pindai kode QR di layar atau di meja satpam dengan kamera ponsel Anda.
pages-join-no-phone = Tanpa ponsel? Satpam dan mesin nomor memberi nomor di atas kertas.
pages-join-closed = Pengambilan nomor belum dibuka
pages-join-closed-at = Pengambilan nomor dibuka { $when }
pages-join-closed-what = Halaman ini menampilkan layanan yang dapat Anda pilih setelah nomor dibuka.
pages-join-closed-ask = Tanyakan kepada satpam kapan nomor dibuka.
pages-join-holiday = Hari ini kantor cabang libur.
pages-join-not-today = Kantor cabang ini tidak memberi nomor hari ini.
pages-join-day-closed = Pelayanan hari ini sudah selesai.
pages-join-not-open-yet = Hari layanan belum dibuka.
pages-join-intake-closed = Pengambilan nomor sedang ditutup.
pages-join-none-now = Untuk sementara tidak ada nomor baru
pages-join-all-full = Semua kuota hari ini sudah habis
pages-join-own = Anda sudah memegang nomor { $number }
pages-join-own-see = Lihat nomor saya

pages-join-choose = Pilih satu layanan dahulu.

pages-join-privacy = Apa yang kami simpan tentang Anda
pages-join-until = Ambil nomor sebelum pukul { $clock }.
pages-join-over = Waktu pindaian Anda sudah habis
pages-join-over-what = Pindai sekali lagi kode QR di layar ruang tunggu. Satu pindaian berlaku tiga menit.
pages-join-over-today = Sudah tutup hari ini
pages-join-button-of = Ambil nomor { $letter }
pages-join-identity-digits = NIK terdiri atas 16 angka.
pages-join-inside = Halaman ini terbuka di dalam aplikasi lain. Buka di peramban ponsel sebelum mengambil nomor, agar nomor Anda tidak hilang bila aplikasi itu ditutup.
