# Setiap penolakan: judul, lalu kalimat. Apa yang dapat dilakukan dahulu, lalu sebabnya.
# Waktu ($opens_at) datang sebagai kata: "besok pukul 07.30", atau "none".

refusal-unknown-ticket-title = Nomor tidak ditemukan
refusal-unknown-ticket = Periksa lagi nomornya. { $number } belum dikeluarkan hari ini di kantor cabang ini.
refusal-unknown-service-title = Layanan tidak ditemukan
refusal-unknown-service = Pilih salah satu layanan yang tampak. Kantor cabang ini tidak memiliki layanan { $service }.
refusal-unknown-counter-title = Loket tidak ditemukan
refusal-unknown-counter = Pilih salah satu loket yang tampak. Kantor cabang ini tidak memiliki loket { $counter }.

refusal-wrong-state-title = Belum dapat dilakukan
refusal-wrong-state =
    { $what ->
        [ticket] { $state ->
            [waiting] Nomor { $name } masih menunggu. Untuk melayaninya, panggil dahulu.
            [called] Nomor { $name } sedang dipanggil. Mulai, lewati, atau kembalikan dahulu.
            [serving] Nomor { $name } sedang dilayani. Selesaikan atau kembalikan dahulu.
            [finished] Nomor { $name } sudah selesai dilayani.
            [missed] Nomor { $name } terlewat. Masukkan kembali ke antrean dahulu.
            [parked] Nomor { $name } sedang ditunda. Panggil kembali dahulu.
            [cancelled] Nomor { $name } sudah dibatalkan. Ambil nomor baru bila masih diperlukan.
            [forgotten] Nomor { $name } sudah berakhir karena lupa diselesaikan. Tidak ada lagi yang perlu ditekan.
            [unserved] Nomor { $name } belum terlayani ketika hari layanan ditutup.
           *[other] Keadaan nomor { $name } tidak mengizinkannya.
        }
        [counter] { $state ->
            [open] Loket { $name } sudah buka.
            [paused] Loket { $name } sedang jeda. Lanjutkan dahulu.
            [closed] Loket { $name } masih tutup. Buka dahulu.
           *[other] Keadaan loket { $name } tidak mengizinkannya.
        }
        [day] { $state ->
            [open] Hari layanan { $name } sudah dibuka.
            [closed] Hari layanan { $name } sudah atau masih ditutup. Penyelia dapat membukanya.
           *[other] Hari layanan { $name } belum dibuka. Penyelia dapat membukanya.
        }
        [intake] { $state ->
            [open] Pengambilan nomor sudah dibuka.
           *[other] Pengambilan nomor sudah ditutup.
        }
       *[other] Keadaannya ({ $state }) tidak mengizinkannya.
    }

refusal-quota-full-title = Nomor sudah habis
refusal-quota-full =
    { $left ->
        [0] { $opens_at ->
            [none] Tanyakan kepada petugas kapan nomor dibuka lagi.
           *[other] Nomor dibuka lagi { $opens_at }.
        } { $quota ->
            [0] Layanan { $service } tidak memberi nomor hari ini.
           *[other] Kuota layanan { $service } hari ini sudah habis ({ $quota } dari { $quota }).
        }
       *[other] Datanglah ke kantor dan pindai kode QR di ruang tunggu: di sana masih ada { $left } dari { $quota } nomor layanan { $service }. Nomor dari jauh sudah habis.
    }
refusal-wait-too-long-title = Antrean sedang terlalu panjang
refusal-wait-too-long = Silakan coba lagi nanti, atau temui satpam. Tunggu untuk layanan { $service } sekarang { $wait_min } menit atau lebih; mulai { $limit_min } menit ponsel dan mesin tidak memberi nomor.
refusal-intake-closed-title = Pengambilan nomor sedang ditutup
refusal-intake-closed =
    { $opens_at ->
        [none] Tanyakan kepada petugas kapan nomor dibuka lagi. Saat ini pengambilan nomor ditutup.
       *[other] Nomor dibuka lagi { $opens_at }. Saat ini pengambilan nomor ditutup.
    }
refusal-already-has-ticket-title = Sudah ada nomor yang berlaku
refusal-already-has-ticket = Pakai nomor yang sudah ada, atau tanyakan kepada petugas. Satu orang memegang satu nomor pada satu waktu.
refusal-too-many-tickets-title = Batas nomor hari ini tercapai
refusal-too-many-tickets = Silakan temui satpam untuk nomor berikutnya. Satu ponsel dapat mengambil { $limit } nomor sehari.
refusal-presence-needed-title = Pindai kode QR di kantor cabang
refusal-presence-needed = Silakan pindai kode QR yang tampak di ruang tunggu, atau temui satpam. Nomor di sini hanya untuk yang sudah datang.

refusal-not-callable-title = Kehadiran belum dikonfirmasi
refusal-not-callable = Minta satpam mengonfirmasi kehadiran pemegang nomor { $number } dahulu. Sebelum itu nomornya belum dapat dipanggil atau dipindahkan.
refusal-counter-not-open-title = Loket belum melayani
refusal-counter-not-open =
    { $state ->
        [paused] Lanjutkan dahulu loket { $counter }; sekarang sedang jeda.
       *[other] Buka dahulu loket { $counter }; sekarang masih tutup.
    }
refusal-counter-full-title = Semua kursi terisi
refusal-counter-full =
    { $capacity ->
        [1] Selesaikan dahulu { $open_tickets }. Loket { $counter } melayani satu orang pada satu waktu.
       *[other] Selesaikan dahulu salah satu: { $open_tickets }. Loket { $counter } melayani { $capacity } orang pada satu waktu.
    }
refusal-counter-busy-title = Masih ada yang dilayani
refusal-counter-busy = Selesaikan atau kembalikan dahulu { $open_tickets }. Nomor itu masih terbuka di loket { $counter }.
refusal-counter-held-title = Loket sedang dipakai
refusal-counter-held = Pilih loket lain, atau minta penyelia melepaskannya. Loket { $counter } sedang dipakai petugas lain.
refusal-counters-held-title = Anda memakai loket lain
refusal-counters-held =
    { $limit ->
        [1] Pindah ke loket { $counter }, atau tutup dahulu loket { $held }. Satu petugas memakai satu loket.
       *[other] Pindah ke loket { $counter }, atau tutup dahulu salah satu: { $held }. Satu petugas memakai paling banyak { $limit } loket.
    }
refusal-not-your-counter-title = Ini bukan loket Anda
refusal-not-your-counter = Ambil dahulu loket { $counter } untuk bekerja di sana. Saat ini Anda tidak memegangnya.
refusal-nobody-waiting-title = Tidak ada yang menunggu
refusal-nobody-waiting = Silakan tunggu sebentar. Belum ada yang menunggu untuk loket { $counter }.
refusal-too-soon-title = Baru saja dipanggil
refusal-too-soon = Panggil ulang { $number } dalam { $wait_s } detik. Beri waktu untuk berjalan ke loket.
refusal-not-called-enough-title = Belum cukup dipanggil
refusal-not-called-enough = Panggil { $number } sekali lagi, atau lewati dengan konfirmasi. Baru dipanggil { $announced } dari { $needed } kali.
refusal-no-rejoins-left-title = Tidak dapat masuk antrean lagi
refusal-no-rejoins-left = Silakan temui satpam atau ambil nomor baru. Nomor { $number } sudah { $limit } kali masuk kembali ke antrean.
refusal-no-defers-left-title = Tidak dapat menunda lagi
refusal-no-defers-left = Silakan bersiap, atau beri tahu satpam. Nomor { $number } sudah ditunda { $limit } kali.
refusal-nobody-behind-title = Belum ada yang di belakang Anda
refusal-nobody-behind = Silakan tetap menunggu; jatah menunda Anda tidak berkurang. Belum ada yang menunggu di belakang { $number }.
refusal-cannot-undo-title = Tidak dapat diurungkan
refusal-cannot-undo =
    { $why ->
        [too_late] Lanjutkan dari keadaan sekarang: waktu untuk mengurungkan { $number } sudah lewat.
        [other_counter] Minta yang melakukannya: langkah terakhir { $number } dilakukan di tempat lain.
        [no_seat] Kosongkan satu kursi dahulu: tidak ada tempat untuk mengembalikan { $number }.
       *[nothing] Lanjutkan dari keadaan sekarang: tidak ada langkah { $number } yang dapat diurungkan.
    }
refusal-still-at-counter-title = Masih di loket
refusal-still-at-counter = Petugas yang mengakhiri nomor { $number }. Bila ia lupa, Anda dapat mengakhirinya sendiri setelah { $after_min } menit.
refusal-has-another-title = Pemegangnya sudah punya nomor lain
refusal-has-another = Pakai nomor { $other }. Pemegang { $number } sudah mengambilnya, dan satu orang memegang satu nomor pada satu waktu.
refusal-day-over-title = Nomor itu milik hari sebelumnya
refusal-day-over = Tidak ada lagi yang perlu ditekan. Hari layanan { $date } sudah ditutup; nomor yang lupa diselesaikan diakhiri dengan sendirinya.
refusal-day-busy-title = Masih ada yang dilayani
refusal-day-busy = Selesaikan atau kembalikan dahulu { $open_tickets }. Setelah itu hari layanan dapat ditutup.
refusal-unknown-outcome-title = Pilih hasil dari daftar
refusal-unknown-outcome = Pilih salah satu: { $allowed }. Hasil “{ $outcome }” tidak ada dalam daftar kantor cabang ini.
refusal-unknown-reason-title = Pilih alasan dari daftar
refusal-unknown-reason = Pilih salah satu: { $allowed }. Alasan “{ $reason }” tidak ada dalam daftar kantor cabang ini.
refusal-still-in-use-title = Masih dipakai hari ini
refusal-still-in-use =
    { $what ->
        [service] Tunggu sampai hari layanan ditutup. Layanan { $name } masih memiliki nomor yang berjalan.
       *[counter] Tutup dahulu loket { $name } dan pindahkan nomornya. Loket itu masih dipakai.
    }
refusal-day-restored-title = Sebagian nomor hari ini mungkin tidak tercatat
refusal-day-restored = Tunggu sebentar, atau temui satpam. Nomor diberikan dan dipanggil lagi setelah satpam atau penyelia menyebutkan nomor terakhir yang sudah diberikan.
