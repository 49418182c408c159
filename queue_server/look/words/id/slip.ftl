# Nomor di atas kertas, dari satpam atau mesin nomor.
slip-number = Nomor antrean
slip-service = Layanan { $letter }
slip-issued = { $day }, { $clock }
slip-position =
    { $n ->
        [0] Pukul { $clock }: belum ada orang di depan Anda
       *[other] Pukul { $clock }: { $n } orang di depan Anda
    }
slip-turn = Giliran Anda kira-kira pukul { $from }–{ $until }
slip-turn-before = Giliran Anda kira-kira sebelum pukul { $until }
slip-qr = halaman nomor { $number }
slip-scan = Pindai kode ini dengan ponsel untuk melihat giliran Anda.
slip-listen = Tanpa ponsel: perhatikan layar dan suara panggilan.
slip-missed = Terlewat? Lapor ke satpam dengan lembar ini.
