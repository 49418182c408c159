# Siapa yang bekerja di sini: akun, undangan, jalan kembali.
people-title = Pegawai
people-everywhere = Semua cabang
people-to-supervisor = Halaman penyelia
people-places = Halaman lain
people-branch = Pilih cabang
people-branch-do = Buka
people-list = { $n } orang
people-find = Cari nama
people-find-do = Cari
people-none = Belum ada pegawai
people-none-found = Tidak ada nama yang cocok
people-none-how = Undang seseorang: isi nama dan perannya, lalu berikan tautannya.
people-pages = Halaman daftar
people-page = Halaman { $n } dari { $of }
people-page-before = Sebelumnya
people-page-after = Berikutnya

people-signed-in = sedang masuk di { $n } peramban, terakhir { $when }
people-seen = terakhir terlihat { $when }
people-never-seen = belum pernah masuk
people-disabled = Nonaktif
people-factor-passkeys = { $n } kunci sandi
people-factor-totp = Aplikasi autentikator
people-factor-pin = PIN
people-factor-none = Belum ada cara masuk kedua
people-me = Akun saya

people-acts = Kelola
people-acts-for = Kelola akun { $name }
people-way-back = Buat tautan masuk kembali
people-way-back-why = Untuk yang lupa kata sandi atau kehilangan ponselnya. Pastikan Anda mengenal orangnya: tautan ini mengganti kata sandi dan semua cara masuknya.
people-end-sessions = Keluarkan dari semua peramban
people-end-sessions-why = { $n } sesi berakhir dalam beberapa detik. Orangnya boleh masuk lagi.
people-disable = Nonaktifkan { $name }
people-disable-why = Untuk yang berhenti atau pindah. Akun tidak bisa masuk lagi, dan semua sesinya berakhir; catatan kerjanya tetap ada.
people-enable = Aktifkan kembali
people-enable-why = Orangnya boleh masuk lagi dengan kata sandi dan cara masuk yang lama.

people-invite-title = Undang pegawai
people-invite-lead = Anda mendapat tautan sekali pakai. Orangnya membuat sendiri kata sandi dan cara masuk keduanya.
people-invite-name = Nama
people-invite-role = Peran
people-invite-branch = Cabang
people-invite-everywhere = Semua cabang (hanya admin dan pengawas)
people-invite-do = Buat tautan undangan

people-open-title = Tautan yang belum dipakai
people-open-none = Tidak ada.
people-open-nameless = Tanpa nama
people-open-back = masuk kembali
people-open-until = Berlaku sampai { $until }
people-revoke = Cabut

people-link-title = Undangan untuk { $name } sebagai { $role }
people-link-back-title = Tautan masuk kembali untuk { $name }
people-link-do = Berikan tautan ini sekarang. Tautan ini hanya ditampilkan satu kali, terbuka satu kali, dan berlaku sampai { $until }.
people-link-label = Tautan
people-link-qr = Atau pindai dengan ponselnya
people-link-warn = Siapa pun yang membukanya lebih dulu akan memiliki akun ini. Kirimkan hanya kepada orangnya sendiri.
people-link-back-warn = Siapa pun yang membukanya akan memegang akun ini. Berikan hanya kepada orangnya sendiri.
people-copy = Salin tautan
people-copied = Tautan disalin

people-done-disable = { $name } dinonaktifkan dan dikeluarkan dari semua peramban.
people-done-enable = { $name } boleh masuk lagi.
people-done-end-sessions = { $name } dikeluarkan dari semua peramban.
people-done-revoke = Tautan dicabut. Tautan itu tidak membuka apa pun lagi.
