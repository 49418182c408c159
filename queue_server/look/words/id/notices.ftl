### Apa yang tertulis di layar kunci: nomor, loket, kantor; tidak pernah layanan, tidak pernah nama.

notices-title-ready = { $number } · Bersiap, giliran Anda sudah dekat
notices-title-called = { $number } · Silakan ke { $counter }
notices-title-recalled = { $number } · Dipanggil lagi: { $counter }
notices-title-missed = { $number } · Terlewat
notices-title-withdrawn-answered = { $number } · Panggilan sudah dijawab
notices-title-withdrawn-not-yet = { $number } · Belum giliran Anda
notices-title-withdrawn-ended = { $number } · Nomor ini sudah berakhir
notices-title-withdrawn-reopened = { $number } · Layanan dibuka kembali
notices-title-unserved = { $number } · Maaf, hari ini belum terlayani
notices-title-unproven = { $number } · Segera tunjukkan bahwa Anda hadir
notices-title-try = { $number } · Percobaan berhasil

notices-body-ready = Kembalilah bila sedang di luar. { $branch }.
notices-body-called = { $branch }.
notices-body-recalled = { $branch }.
notices-body-missed = Masih ingin dilayani? Buka nomor ini untuk antre lagi. { $branch }.
notices-body-missed-over = Nomor ini tidak dapat antre lagi. Temui satpam, atau ambil nomor baru. { $branch }.
notices-body-withdrawn-answered = { $branch }.
notices-body-withdrawn-not-yet = Anda akan dipanggil lagi. { $branch }.
notices-body-withdrawn-ended = Bila masih perlu dilayani, ambil nomor baru. { $branch }.
notices-body-withdrawn-reopened = Anda kembali dalam antrean. { $branch }.
notices-body-unserved = Buka nomor ini untuk melihat apa yang bisa dilakukan. { $branch }.
notices-body-unproven = Pindai kode QR di layar ruang tunggu sebelum pukul { $clock }, atau nomor ini hangus. { $branch }.
notices-body-try = Begini ponsel ini berbunyi saat Anda dipanggil. { $branch }.
