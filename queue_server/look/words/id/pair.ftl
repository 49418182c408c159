# Layar yang belum dipasangkan: kode pendek dan apa yang harus dilakukan.
pair-title-board = Layar panggilan belum terpasang
pair-title-kiosk = Mesin nomor belum terpasang
pair-title-tablet = Tablet ini belum terpasang
pair-what = Mintalah penyelia membuka menu Perangkat dan mengetik kode ini:
pair-left = Sisa waktu
pair-why = Kode hanya dipakai sekali dan berganti sendiri. Tanpa kode dari penyelia, layar ini tidak menampilkan apa pun dari kantor.
pair-begin-what = Tampilkan kode di sini, lalu mintalah penyelia mengetiknya di menu Perangkat.
pair-begin = Tampilkan kode
pair-approved = Tersambung. Perangkat ini sekarang bernama { $label }.
pair-approved-place = Tersambung. Perangkat ini sekarang bernama { $label }, tempatnya { $place }.
pair-sign-in = Petugas cabang ini dapat melihatnya juga dengan masuk
pair-tablet-title = Tablet satpam
pair-tablet-lead = Tablet ini milik { $branch }.
pair-tablet-name = Nama
pair-tablet-place = Tempat
pair-tablet-what = Masuklah untuk mulai bertugas. Di tablet ini PIN Anda menggantikan kode dari aplikasi.
pair-tablet-sign-in = Masuk
