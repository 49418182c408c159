# Layar satpam di pintu.
guard-title = Satpam
guard-open-until = Pengambilan nomor dibuka sampai { $time }.
guard-open = Pengambilan nomor dibuka.
guard-closed-until = Nomor belum diberikan. Mulai { $time }.
guard-closed = Nomor sedang tidak diberikan. Penyelia dapat membukanya.
guard-day-closed-until = Hari layanan belum dibuka. Nomor diberikan mulai { $time }.
guard-day-closed = Hari layanan belum dibuka. Penyelia dapat membukanya.
guard-day-over-until = Pelayanan hari ini sudah selesai. Nomor diberikan lagi mulai { $time }.
guard-day-over = Pelayanan hari ini sudah selesai.
guard-over-hint = Yang baru datang dipersilakan kembali pada hari pelayanan berikutnya.
guard-closed-hint = Yang sudah datang boleh memindai kode QR; nomornya dapat diambil setelah buka.

guard-find-at = di { $counter }
guard-issued-at = diambil { $time }

guard-issue = Beri nomor
guard-issue-hint = Untuk peserta tanpa ponsel. Lembarnya langsung siap dicetak.
guard-issue-priority = Prioritas
guard-issue-priority-hint = Lansia, penyandang disabilitas, ibu hamil. Alasannya tidak dicatat.
guard-issue-print = Langsung cetak
guard-issue-waiting = { $n ->
    [0] tidak ada yang menunggu
   *[other] { $n } menunggu
}
guard-issue-left = sisa { $left } dari { $quota }
guard-issue-too-long = antrean panjang: hanya Anda yang memberi nomor
guard-issue-full = Kuota habis
guard-issue-full-until = Kuota habis, buka lagi { $time }

guard-wishes = Minta prioritas
guard-unproven = Belum dikonfirmasi hadir
guard-unproven-hint = Mereka baru dipanggil setelah Anda melihat orangnya di sini.
guard-unproven-full = Kuota layanan { $letters } sudah habis: nomornya tidak dapat dikonfirmasi sebelum ada tempat kosong.
guard-absent = Dipanggil, belum datang
guard-absent-hint = Sudah dipanggil lebih dari sekali: mungkin sedang di luar.
guard-parked = Ditunda
guard-missed = Terlewat
guard-calm = Tidak ada yang perlu diperiksa
guard-calm-hint = Permintaan prioritas, nomor yang belum dikonfirmasi, dan yang terlewat muncul di sini.
guard-slip = Lembar nomor

guard-overview = Keadaan antrean
guard-overview-service = Layanan
guard-overview-waiting = Menunggu
guard-overview-longest = Terlama
guard-overview-wait = Perkiraan
guard-overview-left = Sisa kuota
guard-overview-too-long = nomor ditahan
guard-overview-no-quota = tanpa kuota
guard-overview-no-wait = belum ada
guard-counters = Loket dan bilik

guard-join = Kode QR untuk mengambil nomor
guard-join-show = Tunjukkan kode QR
guard-join-hint = Pindai dengan kamera ponsel untuk mengambil nomor.
guard-join-cut = Berikan nomor dari halaman ini. Kode QR sedang tidak dapat diperbarui, jadi kami sembunyikan dulu.

guard-notice = Pengumuman untuk semua
guard-notice-hint = Tampil di layar ruang tunggu dan di semua ponsel. Paling banyak 280 huruf.
guard-notice-now = Sedang tampil
guard-notice-show = Tampilkan
guard-notice-remove = Hapus pengumuman

guard-slip-title = Lembar nomor { $number }
guard-slip-print = Cetak
guard-slip-wide = Kertas 80 mm
guard-slip-next = Beri nomor lagi
guard-slip-old = Nomor ini sudah { $state }. Lembar ini tidak berlaku lagi.
guard-slip-state-finished = selesai dilayani
guard-slip-state-cancelled = dibatalkan
guard-slip-state-forgotten = sudah berakhir
guard-slip-state-unserved = ditutup bersama hari layanannya
guard-done-prioritise-on = { $number } mendapat prioritas.
guard-done-prioritise-off = Prioritas { $number } dicabut.
guard-done-confirm-presence = { $number } sudah hadir dan masuk antrean.
guard-done-rejoin = { $number } masuk antrean lagi.
guard-done-cancel = { $number } dibatalkan.
guard-done-notice = Pengumuman diperbarui.
guard-done-continue-numbers = Nomor dilanjutkan: diberikan dan dipanggil lagi.
guard-quota-left = { $left } / { $quota }
guard-overview-one-wait = Perkiraan tunggu semua layanan: { $range }.
