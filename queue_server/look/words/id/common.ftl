# Kata bersama semua layar.
app-name = Lapak Antrean
app-description = Ambil nomor antrean, lihat giliran Anda, dan datang saat dipanggil.
language-switch = Pilih bahasa
skip-to-main = Langsung ke isi
demo-ribbon = Peragaan: nomor dan namanya bukan sungguhan.
demo-mark = PERAGAAN

ticket-number = Nomor antrean
say-called = Nomor { $number }, silakan menuju { $counter }.
counter-desk = Loket { $counter }
counter-booth = Bilik { $counter }

stage-waiting = Menunggu
stage-ready = Bersiap
stage-next = Berikutnya
stage-called = Dipanggil
stage-serving = Dilayani
stage-served = Selesai
stage-missed = Terlewat
stage-parked = Ditunda sebentar
stage-cancelled = Dibatalkan
stage-unserved = Belum terlayani
stage-forgotten = Berakhir
stage-unproven = Belum dikonfirmasi
priority = Prioritas

when-today = pukul { $time }
when-tomorrow = besok pukul { $time }
when-weekday = { $day } pukul { $time }
when-date = { $day } pukul { $time }
as-of = Diperbarui pukul { $time }

span-under = kurang dari { $high } menit
span-under-hours = kurang dari { $high } jam
span-one = { $low } menit
span-minutes = { $low }–{ $high } menit
span-one-hours = { $low } jam
span-hours = { $low }–{ $high } jam
span-mixed = { $low } menit sampai { $high } jam
wait-sentence = Giliran Anda sekitar { $range } lagi.
wait-sentence-rough = Giliran Anda kira-kira { $range } lagi.
wait-sentence-under = Giliran Anda { $range } lagi.
wait-unknown = Perkiraan waktu belum ada. Nomor Anda tetap tercatat.
elapsed-minutes = { $minutes } mnt
elapsed-hours = { $hours } j { $minutes }

stale-since = Sambungan terputus. Yang tampak ini keadaan pukul { $time }; kami terus mencoba menyambung.
stale-still = Yang tampak ini mungkin sudah berubah. Halaman ini dimuat ulang sendiri.
stale-stopped = Halaman ini berhenti diperbarui. Muat ulang untuk melanjutkan.
sign-in-again = Silakan masuk lagi. Waktu masuk Anda sudah berakhir.
not-allowed = Halaman ini bukan untuk akun Anda. Silakan masuk dengan akun lain.
no-such-thing = Yang Anda cari tidak ada di sini. Periksa alamatnya, atau tanyakan kepada petugas.
reload = Muat ulang
not-sent = Belum terkirim. Periksa sambungan Anda, lalu tekan sekali lagi; tidak akan tercatat dua kali.
sending = Mengirim …
back-to-start = Ke halaman awal
confirm = Ya, lanjutkan
never-mind = Tidak jadi
close = Tutup
qr-title = Kode QR: { $purpose }
