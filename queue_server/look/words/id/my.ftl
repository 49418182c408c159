# Akun saya: cara masuk, kata sandi, PIN, dan di mana saya sedang masuk.
my-title = Akun saya
my-account-of = { $role } di { $branch }
my-account-everywhere = { $role }, semua cabang
my-to-work = Ke halaman kerja
my-to-people = Pegawai
my-to-audit = Catatan audit
my-username = Nama pengguna: { $username }

my-confirm-title = Konfirmasi bahwa ini Anda
my-confirm-lead = Masukkan kata sandi Anda untuk mengubah cara masuk. Ini berlaku beberapa menit, agar orang lain tidak bisa mengubahnya di layar yang Anda tinggalkan.
my-confirm-password = Kata sandi
my-confirm-do = Konfirmasi

my-factors-title = Cara masuk kedua
my-factors-lead = Setelah kata sandi, Anda menunjukkan salah satu dari ini.
my-factors-one = Sebaiknya siapkan dua cara, misalnya kunci sandi dan aplikasi, supaya Anda tetap bisa masuk jika satu hilang.
my-passkey-made = Kunci sandi, dibuat { $when }
my-passkey-used = Kunci sandi, terakhir dipakai { $when }
my-app = Aplikasi autentikator
my-app-how = Kode enam angka di ponsel Anda
my-codes = Kode pemulihan
my-codes-left = Sisa { $n } kode
my-codes-none = Tidak ada sisa kode. Buat yang baru.
my-remove = Hapus
my-remove-named = Hapus { $name }
my-confirm-first = Konfirmasi dulu di atas untuk mengubah.
my-add-passkey = Tambah kunci sandi
my-add-app = Tambah aplikasi autentikator
my-replace-app = Ponsel baru? Pasang ulang aplikasi autentikator
my-new-codes = Buat kode pemulihan baru

my-pin-title = PIN
my-pin-lead = Dengan PIN enam angka Anda membuka layar yang terkunci tanpa kata sandi.
my-pin-guard = Di tablet satpam yang terhubung, PIN juga menjadi cara masuk kedua Anda.
my-pin-set = PIN sudah dipasang.
my-pin-none = Belum ada PIN.
my-pin-new = PIN baru (enam angka)
my-pin-save = Simpan PIN
my-pin-remove = Hapus PIN

my-password-title = Ganti kata sandi
my-password-why = Setelah diganti, Anda dikeluarkan dari semua peramban lain.
my-password-old = Kata sandi sekarang
my-password-new = Kata sandi baru
my-password-hint = Paling sedikit { $n } huruf. Beberapa kata yang hanya Anda ingat sudah cukup.
my-password-do = Ganti kata sandi

my-sessions-title = Sedang masuk di
my-session-this = Peramban ini
my-session-since = Masuk sejak { $since }, terakhir { $seen }
my-session-locked = Terkunci
my-session-unfinished = Belum selesai masuk
my-session-end = Keluarkan
my-session-end-named = Keluarkan { $name }
my-session-unknown = Peramban tak dikenal
my-sessions-end-others = Keluarkan dari semua peramban lain

my-done-confirm = Terima kasih. Anda dapat mengubah cara masuk sekarang.
my-done-change-password = Kata sandi diganti. Semua peramban lain sudah dikeluarkan.
my-done-remove-passkey = Kunci sandi dihapus.
my-done-remove-app = Aplikasi autentikator dihapus.
my-done-set-pin = PIN disimpan.
my-done-remove-pin = PIN dihapus.
my-done-end-session = Peramban itu dikeluarkan.
my-done-end-others = Semua peramban lain dikeluarkan.
