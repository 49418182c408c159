# Layar penyelia.
supervisor-title = Penyelia
supervisor-forgotten-before = Pada hari layanan sebelumnya { $n } nomor lupa diselesaikan di loket. Nomor itu diakhiri dengan sendirinya, dan waktu layanannya tidak dihitung.
supervisor-alarm-other = Ada yang perlu diperiksa: { $alarm }.
supervisor-alarm-title = Perlu tindakan Anda

supervisor-day = Hari layanan
supervisor-day-opens-at = Buka sendiri { $time }.
supervisor-open-day = Buka hari layanan
supervisor-close-day = Tutup hari layanan
supervisor-close-day-ask = Semua yang masih menunggu ({ $n }) atau ditunda tidak dilayani lagi hari ini. Mereka diberi tahu di ponselnya.
supervisor-close-day-busy = Belum bisa ditutup: { $numbers } masih terbuka di loket.
supervisor-close-day-yes = Ya, tutup hari ini

supervisor-intake-open-word = Pengambilan nomor dibuka
supervisor-intake-closed-word = Nomor tidak diberikan
supervisor-intake-closes-at = Berhenti sendiri { $time }.
supervisor-intake-opens-at = Mulai sendiri { $time }.
supervisor-intake-by-hand = Dibuka dan dihentikan oleh penyelia.
supervisor-open-intake = Mulai beri nomor
supervisor-close-intake = Hentikan pemberian nomor

supervisor-now = Sekarang
supervisor-waiting = Menunggu
supervisor-longest = Menunggu terlama
supervisor-open-counters = Loket buka
supervisor-being-served = Dipanggil dan dilayani
supervisor-served = Selesai
supervisor-missed = Terlewat
supervisor-forgotten = Lupa diselesaikan
supervisor-nobody = tidak ada

supervisor-roads = Panggilan ke ponsel
supervisor-road-push = Ponsel dengan layar mati
supervisor-road-failing =
    { $n ->
       *[other] { $n } gagal sejak { $clock }. Apakah server ini tersambung ke internet? Yang menunggu di luar kini tidak diberi tahu.
    }
supervisor-road-calls =
    { $n ->
       *[other] { $n } panggilan terkirim.
    }
supervisor-road-failed =
    { $n ->
       *[other] { $n } tidak terkirim pada waktunya.
    }
supervisor-road-fast = Separuhnya dalam { $usual } detik setelah tombol ditekan, sembilan dari sepuluh dalam { $slow } detik.
supervisor-road-missed = Dari { $called } yang diberi tahu, { $missed } mula-mula tidak datang.
supervisor-road-others = Dari { $called } yang tidak, { $missed }.
supervisor-counters = Loket dan bilik
supervisor-counter-go = Ke layar loket
supervisor-release = Lepaskan
supervisor-release-ask = { $counter } ditutup dan dilepaskan dari pemegangnya.
supervisor-release-ask-open = { $counter } ditutup; { $numbers } kembali ke antrean di tempatnya semula.
supervisor-release-yes = Ya, lepaskan
supervisor-nobody-there = tidak ada nomor terbuka

supervisor-links = Halaman lain
supervisor-link-desk = Loket
supervisor-link-guard = Satpam
supervisor-link-board = Layar ruang tunggu
supervisor-link-kiosk = Mesin nomor
supervisor-link-audit = Catatan audit
supervisor-link-join = Halaman ambil nomor
supervisor-link-poster = Poster untuk dicetak (PDF)
supervisor-link-poster-large = Poster besar, A3 (PDF)
supervisor-link-people = Pegawai
supervisor-link-devices = Perangkat
supervisor-link-privacy = Data pribadi
supervisor-done-open-day = Hari layanan dibuka.
supervisor-done-close-day = Hari layanan ditutup.
supervisor-done-open-intake = Nomor diberikan mulai sekarang.
supervisor-done-close-intake = Nomor tidak diberikan lagi.
supervisor-done-close = Loket dilepaskan.
supervisor-done-notice = Pengumuman diperbarui.
supervisor-done-continue-numbers = Nomor dilanjutkan: diberikan dan dipanggil lagi.
supervisor-links-work = Melayani
supervisor-links-screens = Layar dan mesin
supervisor-links-paper = Ambil nomor dan poster
supervisor-links-records = Pegawai dan catatan
