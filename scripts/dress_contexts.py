"""Invented contexts for `show_dress.py` and the tests of the dress: a day of an invented paper."""

import json
from datetime import datetime, timedelta

from django.utils.safestring import mark_safe

from tajuk.paywall.types import Access, Walled, Why
from tajuk.press import contexts as c
from tajuk.press import dress
from tajuk.terms.language import Language

# A table of invented news reads better in its own lines.
# fmt: off
ORIGIN = "https://nusa.example"
SECTIONS = (
    ("ekonomi", "Ekonomi", "Economy"), ("maritim", "Maritim", "Maritime"), ("pangan", "Pangan", "Food"),
    ("kota", "Kota", "City"), ("teknologi", "Teknologi", "Technology"), ("budaya", "Budaya", "Culture"),
    ("olahraga", "Olahraga", "Sport"),
)
TOPICS = ("Dermaga baru", "Harga cabai", "Trem kota", "Kabel laut", "Panen raya", "Layang-layang", "Pasar malam")
TOPICS_EN = ("New jetty", "Chilli prices", "City tram", "Sea cable", "Main harvest", "Kites", "Night market")

# (section, kicker, headline id, headline en, standfirst id, standfirst en, picture, access)
STORIES = (
    ("maritim", "Pelabuhan", "Hari pertama dermaga baru, 214 perahu sandar tanpa berebut tali",
     "On the new jetty's first day, 214 boats moor without a fight for rope",
     "Tanjung Layar menunggu 26 bulan. Bagi nelayan, ukurannya lebih sederhana: berapa lama ikan menunggu di perahu.",
     "Tanjung Layar waited 26 months. Fishermen measure it more simply: how long the catch waits in the boat.",
     "dermaga-fajar", Access.FREE),
    ("pangan", "", "Cabai keriting turun ke Rp48.500 saat panen dua lembah bertemu",
     "Chillies fall to Rp 48,500 as two valleys harvest at once",
     "Dalam sepekan harga di Pasar Induk Kanal Timur susut hampir 22 persen.",
     "Prices at the Kanal Timur wholesale market have dropped almost 22 per cent in a week.", "pasar-induk", Access.FREE),
    ("ekonomi", "Kredit", "Kredit tani baru terserap sepertiga, bank longgarkan syarat agunan",
     "Farm credit a third used as banks loosen the rules on collateral",
     "Pinjaman sampai Rp25 juta tak lagi menuntut sertifikat tanah.",
     "Loans of up to Rp 25 million no longer ask for a land title.", "bank-desa", Access.PREMIUM),
    ("kota", "Trem", "Hari pertama trem: 18 menit lebih cepat, dua pintu yang macet",
     "The tram's first day: 18 minutes faster, and two doors that stuck",
     "Delapan kereta, 41 ribu penumpang, dan satu pelajaran tentang antre.",
     "Eight trains, 41,000 passengers and a lesson in queueing.", "trem-kota", Access.FREE),
    ("teknologi", "Kabel laut", "Kabel laut Duyung-1 tersambung, Pulau Rampai kembali berkecepatan penuh",
     "Duyung-1 cable reconnected and Pulau Rampai is back at full speed",
     "Hampir dua belas hari setelah putus, 31.600 pelanggan pulih.",
     "Almost twelve days after it broke, 31,600 customers are back online.", "kapal-kabel", Access.FREE),
    ("budaya", "Naskah", "173 lempir lontar Wanasari kini bisa dibaca siapa saja, gratis",
     "Wanasari's 173 palm-leaf folios are now free for anyone to read",
     "Museum membuka 346 pindaian kidung pelayaran dari loteng sebuah rumah.",
     "The museum opens 346 scans of a sailing song found in an attic.", "perpustakaan", Access.REGISTERED),
    ("olahraga", "Dayung", "Empat persepuluh detik: Camar Hitam rebut Lomba Perahu Muara",
     "Four tenths of a second: Camar Hitam take the Muara boat race",
     "Perahu Karang Embun menyalip tuan rumah pada 60 meter terakhir.",
     "The Karang Embun crew passed the hosts over the last 60 metres.", "lomba-perahu", Access.FREE),
    ("maritim", "Cuaca", "Gelombang 3,5 meter, perahu kecil dilarang melintasi Selat Duyung",
     "Waves of 3.5 metres close the Duyung Strait to small boats",
     "Larangan berlaku hingga besok petang.", "The ban holds until tomorrow evening.", "laut-badai", Access.FREE),
    ("ekonomi", "", "Garam petani tembus Rp1.720, pabrik menahan pembelian",
     "Salt passes Rp 1,720 at the pans and factories stop buying",
     "Hujan di tengah kemarau memangkas produksi 40 persen.", "Rain in the dry season has cut output by 40 per cent.",
     "tambak-garam", Access.METERED),
    ("kota", "Kanal", "Mengapa tanah Kanal Timur turun lebih cepat daripada laut naik",
     "Why Kanal Timur is sinking faster than the sea is rising",
     "Dua puluh tiga alat ukur, sepuluh tahun data, dan satu kesimpulan yang tidak enak.",
     "Twenty-three gauges, ten years of data and one uncomfortable conclusion.", "kanal-kota", Access.PREMIUM),
    ("pangan", "Kopi", "Lot 180 kilogram dari Bukit Sewulan laku Rp312.000 sekilo",
     "A 180-kilogram lot from Bukit Sewulan sells for Rp 312,000 a kilo",
     "Empat belas lot terjual habis dalam dua jam.", "Fourteen lots sold out within two hours.", "kebun-kopi", Access.FREE),
    ("teknologi", "", "Di Bukit Sewulan, 312 rumah memasang internetnya sendiri",
     "In Bukit Sewulan, 312 homes put up their own internet",
     "Tujuh belas simpul bertenaga surya, tiga teknisi, iuran Rp45.000.",
     "Seventeen solar nodes, three technicians and a fee of Rp 45,000.", "menara-sinyal", Access.FREE),
    ("budaya", "Festival", "Naga 9,2 meter dan dengung 126 layang-layang di Dataran Kemiri",
     "A dragon of 9.2 metres and the hum of 126 kites over Dataran Kemiri",
     "Tahun ini tidak ada gelasan, tidak ada kabel listrik putus.", "No glass string this year, and no power line down.",
     "layang-layang", Access.FREE),
    ("olahraga", "", "Lari tanpa gelas plastik: 2.300 peserta, 240 kilogram sampah",
     "A race without plastic cups: 2,300 runners, 240 kilograms of rubbish",
     "Tahun lalu 1,9 ton.", "Last year it was 1.9 tonnes.", "lari-pesisir", Access.FREE),
    ("kota", "Pasar", "Pasar Malam Kanal menyala lagi, 140 meter dari tempat lama",
     "The Kanal night market lights up again, 140 metres from its old place",
     "Setelah lima pekan tutup, 186 pedagang kembali menggelar dagangan.",
     "After five weeks dark, 186 traders are back at their stalls.", "pasar-malam", Access.FREE),
    ("ekonomi", "Energi", "Gudang beku bertenaga surya: kapan balik modalnya?",
     "When will a solar cold store pay for itself?", "Setahun berjalan, angkanya cukup untuk dihitung dengan jujur.",
     "A year on there are figures enough for an honest sum.", "panel-surya", Access.FREE),
    ("pangan", "", "Panen raya Wanasari Hulu dimulai, mesin antre di pematang",
     "Harvest begins in Wanasari Hulu and the machines queue on the dykes",
     "Yang langka pekan ini bukan padi, melainkan alat untuk memotongnya.",
     "What is scarce this week is not rice but the means to cut it.", "panen-padi", Access.FREE),
    ("maritim", "", "Galangan terakhir yang membangun kapal tanpa gambar",
     "The last yard that builds ships without drawings", "Sanusi Kaluminta membuat 41 kapal dari ingatan.",
     "Sanusi Kaluminta has built 41 ships from memory.", "galangan-kapal-kayu", Access.FREE),
    ("teknologi", "Gawai", "Bengkel Sambung dan 1.377 barang yang batal jadi sampah",
     "The workshop that kept 1,377 things out of the bin",
     "Dua orang memperbaiki apa yang kata toko tidak bisa diperbaiki.", "Two people mend what shops call beyond repair.",
     "", Access.FREE),
    ("budaya", "Batik", "Motif Ombak Pecah ditiru pabrik, penjualan pembatik turun 34 persen",
     "Factories copy the Broken Wave and batik makers lose a third of their sales",
     "Koperasi Teluk Kenari menuntut namanya, bukan hanya uangnya.",
     "The Teluk Kenari cooperative wants its name back, not only its money.", "", Access.FREE),
    ("olahraga", "Takraw", "Elang Laut juara Liga Takraw Pesisir lewat lima set dan satu salto terakhir",
     "Elang Laut win the coastal takraw league in five sets and a last somersault",
     "Tanjung Layar mengakhiri puasa gelar sembilan tahun.", "Tanjung Layar end nine years without a title.",
     "stadion-malam", Access.FREE),
    ("maritim", "Feri", "Tarif feri malam tidak jadi naik sampai akhir musim barat",
     "Night ferry fares frozen until the west monsoon ends", "Subsidi operasi ditambah Rp11 miliar.",
     "The operating subsidy grows by Rp 11 billion.", "feri-malam", Access.FREE),
)


class Day:
    """Makes contexts in one language at one moment."""

    def __init__(self, language: Language, now: datetime) -> None:
        """`now` is aware and in the paper's time zone."""
        self.language, self.now = language, now
        self.is_id = language is Language.INDONESIAN
        self.prefix = "" if self.is_id else "/en"

    def say(self, indonesian: str, english: str) -> str:
        """The one that is this edition's."""
        return indonesian if self.is_id else english

    def picture(self, name: str, shape: str = "3x2", caption: str = "") -> c.PictureView:
        """A sample picture, as the picture desk would hand it over."""
        base = f"/media/{name}-{shape}"
        ratio = 2 / 3 if shape == "3x2" else 9 / 16
        return c.PictureView(
            src=f"{base}-960.jpg", width=960, height=round(960 * ratio),
            alt=self.say(f"Pemandangan: {name.replace('-', ' ')}", f"A view: {name.replace('-', ' ')}"),
            sources=(c.PictureSource("image/webp", ", ".join(f"{base}-{w}.webp {w}w" for w in (320, 640, 960, 1280))),),
            caption=caption, credit="Tirto Sagaran/Kantor Berita Pesisir via Antarpulau" if caption else "",
        )

    def section(self, slug: str) -> c.Link:
        """A section as stories name it."""
        name = next(self.say(each[1], each[2]) for each in SECTIONS if each[0] == slug)
        return c.Link(name, f"{self.prefix}/{slug}")

    def teaser(self, index: int) -> c.Teaser:
        """One of the invented stories; the further in the list the older."""
        slug, kicker, indonesian, english, first, second, picture, access = STORIES[index % len(STORIES)]
        at = self.now - timedelta(minutes=18 + 55 * index)
        return c.Teaser(
            story_id=index + 1, href=f"{self.prefix}/{slug}/{at:%Y/%m/%d}/{index + 1}/story",
            headline=self.say(indonesian, english), kicker=kicker if self.is_id else "",
            standfirst=self.say(first, second), section=self.section(slug),
            byline=("Ratri Wulandaru", "Bagas Temaram", "Nala Pertiwangsa")[index % 3], published_at=at,
            access=access, picture=self.picture(picture) if picture else None,
            picture_wide=self.picture(picture, "16x9") if picture else None,
        )

    def gallery_teaser(self, index: int) -> c.Teaser:
        """A gallery among the photos."""
        name, indonesian, english = (
            ("festival-lampion", "Seribu lampion di atas kanal", "A thousand lanterns over the canal"),
            ("sawah-terasering", "Sawah yang naik ke langit", "Rice fields that climb to the sky"),
            ("perahu-layar-senja", "Pulang sebelum gelap", "Home before dark"),
            ("gunung-kabut", "Pagi di atas awan Dataran Kemiri", "Morning above the clouds of Dataran Kemiri"),
            ("mercusuar", "Penjaga lampu terakhir", "The last lamp keeper"),
        )[index % 5]
        return c.Teaser(
            story_id=100 + index, href=f"{self.prefix}/photo/{index + 1}/gallery", headline=self.say(indonesian, english),
            kicker="", standfirst=self.say("Foto-foto pekan ini oleh Tirto Sagaran.", "This week's pictures by Tirto Sagaran."),
            section=c.Link(self.say("Foto", "Photos"), f"{self.prefix}/photo"), byline="Tirto Sagaran",
            published_at=self.now - timedelta(hours=9 + 20 * index), access=Access.FREE, picture=self.picture(name),
            picture_wide=self.picture(name, "16x9"), is_gallery=True, count=7 + index,
        )

    def site(self) -> c.SiteView:
        """The paper."""
        sections = tuple(
            c.Link(
                self.say(name, english), f"{self.prefix}/{slug}",
                children=(c.Link(self.say("Pasar", "Markets"), f"{self.prefix}/pasar"),) if slug == "ekonomi" else (),
            )
            for slug, name, english in SECTIONS
        )
        pages = (("about", "Redaksi", "About us"), ("contact", "Kontak", "Contact"),
                 ("guidelines", "Pedoman media siber", "Cyber media guidelines"), ("corrections", "Koreksi", "Corrections"),
                 ("privacy", "Privasi", "Privacy"), ("terms", "Ketentuan", "Terms"))
        return c.SiteView(
            name="Harian Nusa", tagline=self.say("Dari pulau ke pulau, setiap pagi", "From island to island, every morning"),
            address=ORIGIN, language=self.language, home=f"{self.prefix}/", prefix=self.prefix, today=self.now.date(),
            sections=sections,
            hot_topics=tuple(c.Link(name, f"{self.prefix}/topic/{i}") for i, name in enumerate(TOPICS if self.is_id else TOPICS_EN)),
            house_pages=tuple(c.Link(self.say(a, b), f"{self.prefix}/{slug}") for slug, a, b in pages),
            account=c.AccountView(f"{self.prefix}/contact", f"{self.prefix}/account/sign-in", f"{self.prefix}/account/"),
            publisher="PT Nusa Warta Pesisir", email="redaksi@nusa.example",
            google_news_url="https://news.google.com/publications/nusa", whatsapp_channel_url="https://whatsapp.com/channel/nusa",
            feed=c.Link("Harian Nusa", f"{self.prefix}/feeds/all.xml"),
        )

    def head(self, title: str, *, og_type: str = "website") -> c.HeadView:
        """What stands in `<head>`; a hostile text in its JSON-LD."""
        is_article = og_type == "article"
        return c.HeadView(
            title=title, description=self.say("Berita hari ini.", "Today's news."), canonical=f"{ORIGIN}{self.prefix}/x",
            alternates=(("id", f"{ORIGIN}/x"), ("en", f"{ORIGIN}/en/x"), ("x-default", f"{ORIGIN}/x")), og_type=og_type,
            og_picture=self.picture("dermaga-fajar", "16x9"),
            json_ld=(mark_safe(json.dumps({"@context": "https://schema.org", "name": "</script><b>"})),),
            feeds=(c.Link("RSS", f"{self.prefix}/feeds/maritim.xml"),),
            published_at=self.now if is_article else None, updated_at=self.now if is_article else None,
            section="Maritim" if is_article else "", topics=TOPICS[:2] if is_article else (),
            authors=(f"{ORIGIN}/author/ratri",) if is_article else (),
            edition_switch=self.say("/en/x", "/x"), preload_picture=self.picture("dermaga-fajar") if is_article else None,
        )

    def block_list(self, kind: str, title: tuple[str, str], numbers: range | tuple[int, ...], more: str = "") -> c.BlockList:
        """A list of the invented stories."""
        return c.BlockList(
            kind, self.say(*title), tuple(self.teaser(index) for index in numbers),
            more=c.Link(self.say("Semua", "All"), f"{self.prefix}{more}") if more else None,
        )

    def epaper(self) -> c.EpaperCall:
        """The call-out of the day's edition."""
        href = f"{self.prefix}/epaper/{self.now.date().isoformat()}"
        return c.EpaperCall(self.now.date(), href, f"{href}/qr.svg")

    def photos(self, count: int = 4) -> c.BlockList:
        """Galleries."""
        return c.BlockList(
            "photos", self.say("Foto", "Photos"), tuple(self.gallery_teaser(i) for i in range(count)),
            more=c.Link(self.say("Semua foto", "All photos"), f"{self.prefix}/photo"),
        )

    def aside(self) -> c.AsideView:
        """What stands beside stories and lists."""
        return c.AsideView(
            latest=self.block_list("latest", ("Berita terbaru", "Latest"), range(4, 9), "/latest"),
            hot_topics=self.site().hot_topics,
            recommended=c.BlockList(
                "recommended", self.say("Rekomendasi kami", "We recommend"), tuple(self.teaser(i) for i in (9, 10, 17, 12)),
                why=self.say("Paling banyak ditulis pekan ini.", "The most written about this week."),
            ),
            photos=self.photos(2), epaper=self.epaper(),
        )

    def blocks(self) -> tuple[c.BlockView, ...]:
        """A body with every kind of block."""
        picture = self.picture("pasar-ikan", caption=self.say("Keranjang kembung ditimbang di gedung lelang.", "Baskets of mackerel are weighed in the auction hall."))
        return (
            c.ParagraphView(mark_safe(self.say(
                "<p>Perahu <i>Cahaya Rampai</i> milik Salim Ombakrata menempel di dermaga rendah sebelum matahari terbit, dan untuk pertama kali dalam hidupnya sebagai nelayan ia tidak perlu melompati geladak perahu orang lain untuk sampai ke darat. “Tiga puluh satu tahun saya turun lewat perahu tetangga,” katanya.</p>",
                "<p>Salim Ombakrata's boat, the <i>Cahaya Rampai</i>, came alongside the low jetty before sunrise, and for the first time in his life as a fisherman he did not have to jump across another man's deck to reach land. “For thirty-one years I went ashore through the neighbours' boats,” he said.</p>")), dateline="Tanjung Layar", paper="Harian Nusa"),
            c.ParagraphView(mark_safe(self.say(
                '<p>Dermaga baru itu <b>resmi dipakai hari ini</b>. Sampai berita ini diturunkan, <a href="/maritim">buku sandar</a> mencatat 214 perahu, hampir dua kali daya tampung dermaga lama. Panjangnya 240 meter, terbagi dua: sisi dalam untuk kapal di atas 10 GT dan sisi rendah untuk perahu kayu kecil.</p>',
                '<p>The new jetty <b>opened today</b>. By press time <a href="/en/maritim">the berth book</a> held 214 boats, almost twice what the old one could take. It is 240 metres long and in two parts: an inner side for ships of more than 10 GT and a low side for small wooden boats.</p>'))),
            c.HeadingView(self.say("Selisih empat jam", "Four hours' difference")),
            c.QuotationView(self.say("Beton sudah jadi. Sekarang bagian yang sulit: membuat aturan yang dipatuhi semua orang pada jam tiga pagi.", "The concrete is done. Now the hard part: rules that everybody keeps at three in the morning."), "Mahesa Lintangbumi", self.say("Kepala Otoritas Pelabuhan", "head of the port authority")),
            c.BodyPictureView(picture),
            c.ItemsView(mark_safe("<ul><li>214 perahu</li><li>240 meter</li><li>52 menit</li></ul>")),
            c.TableView(("Komoditas", "Pekan lalu", "Sekarang"), (("Kembung A", "31.000", "34.000"), ("Kembung B", "24.500", "25.500"), ("Tongkol", "28.000", "27.500")), self.say("Harga lelang, rupiah per kilogram", "Auction prices, rupiah a kilogram")),
            c.BodyGalleryView((picture, self.picture("dermaga-fajar", caption=self.say("Tali pertama.", "The first rope.")), self.picture("perahu-layar-senja", caption=self.say("Menunggu giliran.", "Waiting their turn."))), self.say("Hari pertama di Tanjung Layar", "First day at Tanjung Layar")),
            c.EmbedView(self.say("Video: perahu pertama merapat", "Video: the first boat moors"), "video.example", "https://video.example/watch/1", "https://video.example/embed/1"),
            c.RelatedStoryView(self.teaser(17)),
            c.BoxView(mark_safe(self.say("<p>Panjang 240 meter; biaya Rp186 miliar; 26 bulan.</p><ul><li>Sisi dalam: 10 GT ke atas</li><li>Sisi rendah: perahu kayu</li></ul>", "<p>240 metres long; Rp 186 billion; 26 months.</p><ul><li>Inner side: 10 GT and more</li><li>Low side: wooden boats</li></ul>")), self.say("Dermaga dalam angka", "The jetty in figures")),
            c.ParagraphView(mark_safe(self.say("<p>Kontraktor belum menjawab pertanyaan tentang retak rambut yang terlihat di dua tiang sisi timur. Otoritas membenarkan retak itu ada dan menyebutnya tidak memengaruhi kekuatan dermaga.</p>", "<p>The contractor has not answered questions about hairline cracks seen in two piles on the east side. The authority confirms that they are there and says the jetty is no weaker for them.</p>"))),
        )

    def story(self, access: Access = Access.FREE) -> c.StoryView:
        """A story with every block of the page."""
        teaser, blocks = self.teaser(0), self.blocks()
        return c.StoryView(
            story_id=1, href=teaser.href, absolute=ORIGIN + teaser.href, section=teaser.section, kicker=teaser.kicker or "Port",
            headline=teaser.headline, standfirst=teaser.standfirst,
            byline=(c.PersonView("Ratri Wulandaru", f"{self.prefix}/author/ratri"), c.PersonView("Tirto Sagaran", f"{self.prefix}/author/tirto")),
            published_at=self.now - timedelta(hours=5), updated_at=self.now - timedelta(hours=1), dateline="Tanjung Layar",
            lead_picture=self.picture("dermaga-fajar", caption=self.say("Perahu pertama merapat di dermaga rendah Tanjung Layar sebelum matahari terbit.", "The first boat at Tanjung Layar's low jetty, before sunrise.")),
            body=dress.body_html(blocks, self.language), preview=dress.body_html(blocks[:2], self.language), access=access,
            sources=(c.SourceView("Kantor Berita Pesisir", self.say("siaran pers", "press release"), self.now.date(), "https://pesisir.example/1"), c.SourceView("Warta Selat", "", self.now.date(), "")),
            corrections=(c.CorrectionView(self.say("Versi sebelumnya menyebut 241 perahu; yang benar 214.", "An earlier version said 241 boats; it is 214."), self.now - timedelta(hours=1)),),
            topics=tuple(c.Link(name, f"{self.prefix}/topic/{i}") for i, name in enumerate((TOPICS if self.is_id else TOPICS_EN)[:3])),
            translation=c.Link(self.say("Read this story in English", "Baca berita ini dalam bahasa Indonesia"), self.say("/en/x", "/x")),
        )


def _story_page(day: Day, access: Access) -> tuple[dress.DressPart, ...]:
    return dress.story_parts(
        day.site(), day.head(f"{day.teaser(0).headline} | Harian Nusa", og_type="article"), day.story(access),
        related=day.block_list("related", ("Artikel terkait", "Related"), (17, 7, 21)),
        other=day.block_list("other", ("Berita lainnya", "Other news"), (3, 12, 5, 13)),
        aside=day.aside(),
        gates=c.Gates(
            c.GateView(Walled(Why.SUBSCRIBE), f"{day.prefix}/contact", f"{day.prefix}/account/sign-in"),
            c.GateView(Walled(Why.SUBSCRIBE), f"{day.prefix}/contact", ""),
        ),
    )


def _front_page(day: Day, *, is_home: bool) -> tuple[dress.DressPart, ...]:
    section = day.site().sections[0]
    # A full day but for one section that has only two stories.
    rows = tuple(
        c.BlockList(
            "section", link.text, tuple(day.teaser((3 + 4 * n + i) % 22) for i in range(2 if n == 3 else 5)),
            more=c.Link(day.say("Buka rubrik", "More"), link.href),
        )
        for n, link in enumerate(day.site().sections)
    )
    front = c.FrontView(
        section=None if is_home else section, description="" if is_home else day.say("Uang, kerja dan pasar di kepulauan.", "Money, work and markets across the islands."),
        lead=day.teaser(0), seconds=tuple(day.teaser(i) for i in range(1, 10)),
        latest=day.block_list("latest", ("Berita terbaru", "Latest"), range(4, 10), "/latest"),
        rows=rows if is_home else rows[:1], photos=day.photos(),
    )
    return dress.front_parts(day.site(), day.head("Harian Nusa"), front, epaper=day.epaper())


def _parts(day: Day) -> dict[str, tuple[dress.DressPart, ...]]:
    site, head, stories = day.site(), day.head("Harian Nusa"), tuple(day.teaser(i) for i in range(22))
    person = c.PersonView("Ratri Wulandaru", "/author/ratri", role=day.say("Wartawan maritim", "Maritime reporter"), bio=day.say("Meliput pelabuhan, nelayan dan laut sejak sepuluh tahun lalu.", "Has covered ports, fishermen and the sea for ten years."), email="ratri@nusa.example", portrait=day.picture("mercusuar"))
    pictures = tuple(day.picture(name, caption=day.say("Cahaya pertama di atas air, dan orang-orang yang menunggunya.", "First light on the water, and those who wait for it.")) for name in ("festival-lampion", "perahu-layar-senja", "sawah-terasering"))
    edition_rows = tuple(
        c.BlockList("section", link.text, tuple(each for each in stories if each.section.text == link.text))
        for link in site.sections
    )
    body = mark_safe(day.say("<p>Harian Nusa memuat ralat, koreksi dan hak jawab bersama beritanya.</p><h2>Cara melapor</h2><p>Tulis kepada redaksi.</p>", "<p>Harian Nusa prints corrections with the story they belong to.</p><h2>How to report</h2><p>Write to us.</p>"))
    return {
        "home": _front_page(day, is_home=True),
        "section": _front_page(day, is_home=False),
        "story": _story_page(day, Access.FREE),
        "gated": _story_page(day, Access.PREMIUM),
        "latest": dress.list_parts(site, head, c.ListView("latest", day.say("Terbaru", "Latest"), "", stories, older="/latest?before=1"), current=f"{day.prefix}/latest", aside=day.aside()),
        "topic": dress.list_parts(site, head, c.ListView("topic", TOPICS[0], day.say("Semua tentang dermaga baru.", "All about the new jetty."), stories[:4], feed=c.Link("RSS", "/feeds/t.xml")), current="", aside=day.aside()),
        "author": dress.list_parts(site, head, c.ListView("author", person.name, "", stories[:5], person=person), current="", aside=day.aside()),
        "gallery": dress.gallery_parts(site, head, c.GalleryView(1, "/photo/1/x", f"{ORIGIN}/photo/1/x", day.gallery_teaser(0).headline, day.gallery_teaser(0).standfirst, "Tirto Sagaran", day.now, pictures), more=day.photos()),
        "photos": dress.photos_parts(site, head, c.PhotoIndexView(day.gallery_teaser(0), tuple(day.gallery_teaser(i) for i in range(1, 5)), older="/photo?before=1")),
        "edition": dress.edition_parts(site, head, c.EditionView(day.now.date(), edition_rows, "/epaper/1", "")),
        "house": dress.house_page_parts(site, head, c.HousePageView("corrections", day.say("Koreksi", "Corrections"), day.say("Yang kami perbaiki, dan kapan.", "What we put right, and when."), body, day.now, tuple((c.Link(day.teaser(i).headline, day.teaser(i).href), day.story().corrections[0]) for i in range(3)))),
        "search": dress.search_parts(site, head, c.SearchView("dermaga <b>", stories[:4], site.prefix + "/latest", older="/search?q=x&page=2", total=1234)),
        "search-none": dress.search_parts(site, head, c.SearchView("zzz", (), site.prefix + "/latest", total=0)),
        "missing": dress.gone_parts(site, head, c.GoneView(404, latest=day.block_list("latest", ("Berita terbaru", "Latest"), range(5), "/latest"))),
        "withdrawn": dress.gone_parts(site, head, c.GoneView(410, "Pabrik es ditutup", day.say("Sumber kami mencabut keterangannya.", "Our source withdrew the statement."), day.now)),
    }


def pages(language: Language, *, now: datetime) -> dict[str, str]:
    """Name → whole document, of every kind of page in one language."""
    day = Day(language, now)
    site = day.site()
    placements = {
        name: dress.placement_part(
            site, c.AdvertisementView(name, "Koperasi Rampai", day.say("Es balok tepat waktu, sampai dermaga", "Block ice on time, at your jetty"), "https://rampai.example/", day.picture("mercusuar", "16x9")),
        )
        for name in dress.PLACEMENTS
    }
    return {
        name: dress.document(parts, language, placements=placements, walled=True)
        for name, parts in _parts(day).items()
    }
