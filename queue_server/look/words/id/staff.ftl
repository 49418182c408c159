# Kata yang dipakai loket, satpam, dan penyelia bersama.
staff-sign-out = Keluar
staff-lock = Kunci
staff-lock-title = Kunci layar ini saat Anda meninggalkannya
staff-my-account = Akun saya: { $name }
staff-signed-in-as = Masuk sebagai { $name }
staff-waited = menunggu { $time }
staff-chip-wish = Minta prioritas
staff-chip-coming = Sedang menuju
staff-chip-unproven = Belum dikonfirmasi hadir
staff-chip-deferred = Minta waktu { $n }×
staff-chip-tied-desk = Khusus Loket { $counter }
staff-chip-tied-booth = Khusus Bilik { $counter }
staff-chip-overdue = Lama menunggu
staff-service = { $letter } · { $name }
staff-done = { $number }: { $done }
staff-actions = Tindakan
staff-actions-for = Tindakan untuk { $number }
staff-close-actions = Tutup tindakan
staff-show-all = Tampilkan semua ({ $n })
staff-show-fewer = Tampilkan sebagian
staff-pages = Halaman daftar ini
staff-page-rows = { $first }–{ $last } dari { $n }
staff-page-before = Sebelumnya
staff-page-next = Berikutnya

staff-find = Cari nomor
staff-find-hint = Misalnya 12 atau A-012
staff-find-button = Cari
staff-find-close = Tutup hasil
staff-find-none = Nomor { $query } tidak ada hari ini
staff-find-none-hint = Periksa hurufnya, atau lihat lembar nomornya.
staff-notice-to-all = Pengumuman
staff-note-hint = Boleh dikosongkan. Dihapus setelah hari berakhir.

staff-counter-open = Buka
staff-counter-paused = Jeda
staff-counter-closed = Tutup
staff-counter-free = Kosong
staff-counter-held = Dipakai { $holder }
staff-counter-yours = Loket Anda
staff-counter-serves = Melayani { $services }
staff-seats = { $n } kursi
staff-day-open = Hari layanan buka
staff-day-closed = Hari layanan tutup

staff-cancel = Batalkan nomor
staff-cancel-ask = Nomor { $number } tidak dapat dipakai lagi setelah dibatalkan.
staff-cancel-yes = Ya, batalkan { $number }
staff-prioritise = Beri prioritas
staff-unprioritise = Cabut prioritas
staff-rejoin = Masuk antrean lagi
staff-confirm-presence = Sudah hadir
staff-rejoins-left = { $n ->
    [0] tidak bisa masuk lagi
   *[other] bisa masuk lagi { $n }×
}

staff-outcome = Hasil
staff-code-done = Selesai dilayani
staff-code-served = Selesai dilayani
staff-code-completed = Selesai dilayani
staff-code-incomplete = Berkas belum lengkap
staff-code-incomplete-documents = Berkas belum lengkap
staff-code-documents-incomplete = Berkas belum lengkap
staff-code-documents-missing = Berkas belum lengkap
staff-code-missing-documents = Berkas belum lengkap
staff-code-referred = Diarahkan ke tempat lain
staff-code-rejected = Belum dapat diproses
staff-code-come-back = Diminta datang lagi
staff-code-left = Pergi sebelum selesai
staff-code-information = Diberi informasi
staff-code-break = Istirahat
staff-code-lunch = Makan siang
staff-code-prayer = Salat
staff-code-meeting = Rapat
staff-code-training = Pelatihan
staff-code-system = Gangguan sistem
staff-code-system-down = Gangguan sistem
staff-code-paperwork = Menyelesaikan berkas
staff-code-urgent = Mendesak
staff-code-emergency = Keadaan darurat
staff-code-frail = Perlu didahulukan
staff-code-needs-help = Perlu dibantu
staff-code-appointment = Sudah ada janji
staff-code-documents-complete = Berkas sudah lengkap
staff-code-returning = Kembali membawa berkas
staff-code-came-back = Kembali membawa berkas
staff-code-correction = Memperbaiki kekeliruan
staff-code-mistake = Memperbaiki kekeliruan
staff-code-supervisor = Permintaan penyelia
staff-code-other = Lainnya
staff-code-complaint = Keluhan

staff-restored-title = Sebagian nomor hari ini mungkin tidak tercatat
staff-restored-what = Data dipulihkan dari cadangan, atau bagian terbarunya hilang. Nomor yang diberikan sesudahnya tidak tercatat di sini. Agar tidak ada nomor yang keluar dua kali, pemberian nomor dan panggilan menunggu Anda.
staff-restored-ask = Berapa nomor terakhir yang sudah diberikan untuk tiap huruf, di kertas atau di ponsel?
staff-restored-new = Pemegang nomor yang tidak tercatat di sini perlu nomor baru setelah ini.
staff-restored-known = Tercatat sampai { $number }
staff-restored-known-none = Belum ada yang tercatat
staff-restored-none = 0 bila belum ada
staff-restored-go-on = Lanjutkan nomor
staff-restored-first = Isi nomor terakhir di atas dahulu.

staff-out-of-step-title = Hari layanan tidak cocok dengan tanggal hari ini
staff-old-day = Yang masih berjalan adalah hari layanan { $date }: belum ada yang menutupnya. Nomor yang diberikan adalah nomor hari itu.
staff-day-ahead = Yang berjalan adalah hari layanan { $date }, padahal tanggal itu belum tiba: jam server pernah maju. Periksa dahulu jamnya.
staff-out-of-step-comes = Membuka hari ini menutup hari layanan itu: { $n } yang masih menunggu tidak dilayani lagi dengan nomor itu.
staff-out-of-step-open = Buka hari ini
staff-out-of-step-ask = Minta penyelia menekan “Buka hari ini” di halamannya.

staff-hurried-title = Nomor diminta terlalu cepat
staff-hurried = { $names } meminta nomor lebih cepat daripada orang dapat menekan, lalu ditahan. Lihatlah mesin atau orangnya; bila bukan dia, cabut di halaman Perangkat.
