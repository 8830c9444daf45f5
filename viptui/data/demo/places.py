"""Word lists for the demonstration: how organizations, people and streets are called, country by country.

Organizations are invented. A word is written ``native|english``; the second part is left out where dropping
the accents is enough. Cities may name their region: ``native|english|region``.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, NamedTuple

from viptui.rules.policy import MarketSegment


class Spelling(NamedTuple):
    """A word in its own script and in US-English characters."""

    native: str
    english: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What names are made of in one country."""

    country: str
    weight: int
    pays_in_dollars: bool
    given: tuple[Spelling, ...]
    family: tuple[Spelling, ...]
    person: str
    """How the two names are put together."""
    cities: tuple[tuple[Spelling, str], ...]
    """City and region."""
    words: tuple[Spelling, ...]
    patterns: dict[MarketSegment, tuple[Spelling, ...]]
    street: str
    postal_code: str
    """Every # becomes a digit."""


def latin(text: str) -> str:
    """``text`` without accents; letters of other scripts are dropped."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return decomposed.encode("ascii", "ignore").decode()


_LETTERS: Final = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"})


def _spelling(text: str) -> Spelling:
    native, _, english = text.strip().partition("|")
    return Spelling(native, english or latin(native))


def _spellings(text: str, separator: str = ",") -> tuple[Spelling, ...]:
    return tuple(_spelling(part) for part in text.split(separator))


def _city(text: str) -> tuple[Spelling, str]:
    native, english, region = (*text.strip().split("|"), "", "")[:3]
    return Spelling(native, english or latin(native)), region


def _place(
    country: str,
    weight: int,
    *,
    given: str,
    family: str,
    cities: str,
    words: str,
    com: str,
    edu: str,
    gov: str,
    street: str,
    postal_code: str = "#####",
    person: str = "{given} {family}",
    pays_in_dollars: bool = False,
) -> Place:
    return Place(
        country=country,
        weight=weight,
        pays_in_dollars=pays_in_dollars,
        given=_spellings(given),
        family=_spellings(family),
        person=person,
        cities=tuple(_city(city) for city in cities.split(",")),
        words=_spellings(words),
        patterns={
            MarketSegment.COMMERCIAL: _spellings(com, ";"),
            MarketSegment.EDUCATION: _spellings(edu, ";"),
            MarketSegment.GOVERNMENT: _spellings(gov, ";"),
        },
        street=street,
        postal_code=postal_code,
    )


PLACES: Final = (
    _place(
        "US", 30, pays_in_dollars=True, street="{n} Maple Avenue",
        given="Grace, Owen, Harper, Miles, Naomi, Caleb, Ruth, Dominic",
        family="Whitfield, Calloway, Brandt, Ellison, Okoye, Tran, Delgado, Marsh",
        cities="Springfield||IL, Dayton||OH, Boise||ID, Tucson||AZ, Duluth||MN, Macon||GA, Salem||OR, Utica||NY",
        words="Bluestem, Harbor Light, Northgate, Copper Kettle, Juniper, Two Rivers, Granite Hill, Prairie Wind, "
        "Cedar Fork, Lantern, Red Barn, Sandpiper, Silver Maple, Otter Creek",
        com="{word} Design Studio; {family} {word} Media LLC; {word} Packaging of {city} Inc.; {family} & {word}",
        edu="{family} {word} High School; {city} {word} College; {word} School District; {word} Academy of {city}",
        gov="City of {word}; {word} County Clerk, {city}; {word} Fire Department, {city}; {family} Library of {word}",
    ),
    _place(
        "GB", 5, street="{n} Mill Lane", postal_code="BX# #AA",
        given="Imogen, Rhys, Fiona, Callum, Priya, Alistair", family="Thackeray, Pryce, Sutherland, Begum, Holloway",
        cities="Leeds, Bristol, Dundee, Swansea, Norwich, Derry",
        words="Kestrel, Oakmoor, Saltmarsh, Heron Bridge, Thornfield",
        com="{family} {word} Print Ltd; {family} & Daughters Ltd, {city}; {word} Interiors plc",
        edu="{word} Grammar School; {word} College {city}; University of {word}",
        gov="{word} Borough Council; {city} {word} Housing Office; {word} Museums Service, {city}",
    ),
    _place(
        "DE", 10, street="Gartenstraße {n}",
        given="Jürgen, Käthe, Matthias, Anneliese, Björn, Sabine",
        family="Möller, Schäfer, Großkopf, Lindner, Weiß, Krüger",
        cities="München|Munich|BY, Köln|Cologne|NW, Düsseldorf||NW, Leipzig||SN, Würzburg||BY, Kiel||SH",
        words="Ährenfeld, Lindenau, Silberbach, Hochmoor, Königsbrunn, Mühlental, Eulenspitz, Süderdeich, Rosenhöhe",
        com="Druckerei {word} {city} GmbH; {family} & Söhne KG, {city}; Werbeagentur {word} {family}; Verlag {word} AG",
        edu="Gymnasium {word}; Hochschule {word} {city}; {family}-Grundschule {word}; Berufskolleg {word} {city}",
        gov="Stadt {word}; Landratsamt {word}; Bürgeramt {word}, {city}; Stadtwerke {word}, {city}",
    ),
    _place(
        "FR", 7, street="{n} rue des Tilleuls",
        given="Hélène, Étienne, Chloé, Gaël, Maëlys, Thierry", family="Lefèvre, Gauthier, Besançon, Moreau, Guérin",
        cities="Lyon, Orléans, Besançon, Nîmes, Saint-Étienne, Rennes",
        words="Valmorel, Châtaigne, Beauséjour, Petit-Pré, Clairefontaine, Roche-Bleue, Hautes-Haies",
        com="Imprimerie {word} SARL, {city}; Atelier {family} {word}; Éditions {family} SA, {city}",
        edu="Lycée {family} de {word}; Université de {word}; École d'art {word} de {city}",
        gov="Mairie de {word}; Préfecture de {word}; Médiathèque {word}, {city}",
    ),
    _place(
        "ES", 5, street="Calle Mayor {n}",
        given="Íñigo, Begoña, Martín, Lucía, Andrés", family="Ibáñez, Muñoz, Carreño, Vidal, Ordóñez",
        cities="Málaga, A Coruña, León, Cádiz, Sevilla|Seville",
        words="Montaña Azul, Peñasco, Olivares, Río Claro",
        com="Gráficas {word} S.L., {city}; Estudio {family} {word}; Diseño {word} de {city} S.A.",
        edu="Instituto {family} {word}; Universidad de {word}; Colegio {word} de {city}",
        gov="Ayuntamiento de {word}; Diputación de {word}; Biblioteca {word}, {city}",
    ),
    _place(
        "PL", 5, street="ul. Lipowa {n}", postal_code="##-###",
        given="Łukasz, Małgorzata, Zofia, Paweł, Agnieszka", family="Wójcik, Dąbrowska|Dabrowska, Żak, Śliwa, Król",
        cities="Łódź|Lodz, Kraków|Krakow, Gdańsk|Gdansk, Poznań|Poznan",
        words="Jaśminowa, Zielone Wzgórze, Brzoza, Źródło, Biała Góra, Wrzosy",
        com="Drukarnia {family} {word} Sp. z o.o.; Studio {word} {city}; Wydawnictwo {word} S.A.",
        edu="Liceum {word}; Uniwersytet {word}; Szkoła Podstawowa {word}, {city}",
        gov="Urząd Miasta {word}; Starostwo {word}; Biblioteka {word}, {city}",
    ),
    _place(
        "SE", 3, street="Björkvägen {n}", postal_code="### ##",
        given="Åsa, Göran, Linnéa, Pär", family="Sjöström, Åkesson, Bergman, Öberg",
        cities="Malmö, Umeå, Göteborg|Gothenburg, Örebro", words="Älvdal, Norrsken, Fågelsång, Granbacken",
        com="{word} Reklam AB; Tryckeri {word} AB", edu="{word} gymnasium; Folkhögskolan {word}, {city}",
        gov="{word} kommun; {word} stadsarkiv, {city}",
    ),
    _place(
        "CZ", 3, street="Lipová {n}", postal_code="### ##",
        given="Jiří, Šárka, Ondřej, Kateřina", family="Dvořák, Růžičková, Černý, Hájek",
        cities="Plzeň|Pilsen, Brno, Olomouc, České Budějovice", words="Vřesoviště, Modrý Kámen, Javorná, Říčka",
        com="Tiskárna {word} s.r.o.; Grafika {word} {city}", edu="Gymnázium {word}; Univerzita {word}",
        gov="Městský úřad {word}; Knihovna {word}, {city}",
    ),
    _place(
        "BR", 4, pays_in_dollars=True, street="Rua das Acácias, {n}", postal_code="#####-###",
        given="João, Conceição, Thaís, Antônio", family="Gonçalves, Araújo, Simões, Brandão",
        cities="São Luís||MA, Florianópolis||SC, Belém||PA, Curitiba||PR", words="Ipê Amarelo, Maré Alta, Serrinha",
        com="Gráfica {word} Ltda.; Agência {word} de {city}", edu="Colégio {word}; Universidade de {word}",
        gov="Prefeitura de {word}; Câmara Municipal de {word}",
    ),
    _place(
        "TR", 4, street="Çınar Sokak No: {n}",
        given="Gülşen, Oğuz, İpek, Çağla|Cagla", family="Yıldırım, Şimşek, Aydın, Öztürk",
        cities="İzmir, Eskişehir, Muğla, Diyarbakır", words="Işık, Gökkuşağı, Çamlıca, Yıldız",
        com="{word} Matbaacılık A.Ş.; {word} Reklam Ajansı", edu="{word} Üniversitesi; {city} {word} Lisesi",
        gov="{word} Belediyesi; {city} {word} İl Kütüphanesi",
    ),
    _place(
        "VN", 3, pays_in_dollars=True, street="Số {n} Đường Hoa Sữa", person="{family} {given}", postal_code="######",
        given="Thị Hạnh, Văn Dũng, Ngọc Ánh, Minh Đức", family="Nguyễn, Trần, Phạm, Đặng",
        cities="Đà Nẵng, Cần Thơ, Huế, Hải Phòng", words="Sông Xanh, Hoa Mai, Bình Minh, Đồng Quê",
        com="Công ty In {word}|{word} Printing Co.; Công ty Thiết kế {word}|{word} Design Co.",
        edu="Trường Đại học {word}|{word} University; Trường Trung học {word} {city}|{word} High School, {city}",
        gov="Ủy ban Nhân dân {word}|People's Committee of {word}; Thư viện {word}|{word} Library",
    ),
    _place(
        "JP", 5, pays_in_dollars=True, street="桜町{n}番地", person="{family} {given}", postal_code="###-####",
        given="直樹|Naoki, 美咲|Misaki, 陽子|Yoko, 健太|Kenta",
        family="藤本|Fujimoto, 小野寺|Onodera, 西村|Nishimura, 早川|Hayakawa",
        cities="金沢市|Kanazawa|石川県, 松山市|Matsuyama|愛媛県, 仙台市|Sendai|宮城県, 長崎市|Nagasaki|長崎県",
        words="青空|Aozora, 若葉|Wakaba, 白鳥|Hakucho, 星野|Hoshino, 緑川|Midorikawa, 朝日|Asahi",
        com="株式会社{word}印刷|{word} Printing K.K.; {word}デザイン事務所|{word} Design Office",
        edu="{word}大学|{word} University; {city}立{word}高等学校|{word} High School, {city}",
        gov="{word}町役場|{word} Town Hall; {city}{word}図書館|{word} Library, {city}",
    ),
    _place(
        "CN", 4, pays_in_dollars=True, street="梧桐路{n}号", person="{family}{given}", postal_code="######",
        given="晓明|Xiaoming, 丽华|Lihua, 建国|Jianguo, 雨桐|Yutong", family="欧阳|Ouyang, 陈|Chen, 赵|Zhao, 林|Lin",
        cities="昆明|Kunming|云南, 苏州|Suzhou|江苏, 厦门|Xiamen|福建, 西安|Xi'an|陕西",
        words="银杏|Yinxing, 青山|Qingshan, 明月|Mingyue, 东湖|Donghu, 春风|Chunfeng, 百合|Baihe",
        com="{word}印刷有限公司|{word} Printing Co., Ltd.; {city}{word}广告公司|{word} Advertising, {city}",
        edu="{word}大学|{word} University; {city}{word}中学|{word} Middle School, {city}",
        gov="{word}区人民政府|{word} District Government; {city}{word}图书馆|{word} Library, {city}",
    ),
    _place(
        "KR", 3, pays_in_dollars=True, street="은행나무로 {n}", person="{family}{given}",
        given="서연|Seoyeon, 민준|Minjun, 지우|Jiwoo", family="남궁|Namgung, 김|Kim, 박|Park",
        cities="전주시|Jeonju, 강릉시|Gangneung, 여수시|Yeosu", words="푸른숲|Pureunsup, 한빛|Hanbit, 새벽|Saebyeok",
        com="{word} 디자인|{word} Design; 주식회사 {word}|{word} Co., Ltd.",
        edu="{word}대학교|{word} University; {city} {word}고등학교|{word} High School, {city}",
        gov="{word}군청|{word} County Office; {city} {word}도서관|{word} Library, {city}",
    ),
    _place(
        "EG", 3, street="شارع النخيل {n}",
        given="ليلى|Layla, يوسف|Youssef, هبة|Heba", family="المنصوري|Mansouri, حداد|Haddad, الشريف|Sherif",
        cities="الإسكندرية|Alexandria, أسوان|Aswan, طنطا|Tanta",
        words="النيل الأزرق|Blue Nile, الياسمين|Yasmin, الأمل|Amal",
        com="شركة {word} للطباعة|{word} Printing Company; استوديو {word}|{word} Studio",
        edu="جامعة {word}|{word} University; مدرسة {word}، {city}|{word} School, {city}",
        gov="بلدية {word}|{word} Municipality; مكتبة {word}، {city}|{word} Library, {city}",
    ),
    _place(
        "IL", 2, pays_in_dollars=True, street="רחוב הזית {n}", postal_code="#######",
        given="נועה|Noa, אורי|Uri, תמר|Tamar", family="לביא|Lavi, ברק|Barak, שגב|Segev",
        cities="חיפה|Haifa, באר שבע|Beersheba, צפת|Safed", words="ארז|Erez, כוכב הצפון|North Star, גלים|Galim",
        com="דפוס {word} בע\"מ|{word} Printing Ltd.; סטודיו {word}|{word} Studio",
        edu="מכללת {word}|{word} College; תיכון {word}, {city}|{word} High School, {city}",
        gov="עיריית {word}|Municipality of {word}; ספריית {word}, {city}|{word} Library, {city}",
    ),
    _place(
        "GR", 2, street="Οδός Ελιάς {n}", postal_code="### ##",
        given="Ελένη|Eleni, Νίκος|Nikos, Δήμητρα|Dimitra", family="Παππάς|Pappas, Βλάχου|Vlachou, Κωστής|Kostis",
        cities="Πάτρα|Patras, Χανιά|Chania, Βόλος|Volos", words="Ανατολή|Anatoli, Γαλάζιο|Galazio, Ελαιώνας|Elaionas",
        com="Εκδόσεις {word}|{word} Publishing; Τυπογραφείο {word}|{word} Printers",
        edu="Λύκειο {word}|{word} Lyceum; Πανεπιστήμιο {word}|University of {word}",
        gov="Δήμος {word}|Municipality of {word}; Βιβλιοθήκη {word}, {city}|{word} Library, {city}",
    ),
    _place(
        "UA", 3, street="вул. Калинова, {n}",
        given="Оксана|Oksana, Тарас|Taras, Ганна|Hanna", family="Шевчук|Shevchuk, Коваль|Koval, Їжак|Yizhak",
        cities="Львів|Lviv, Полтава|Poltava, Чернівці|Chernivtsi",
        words="Світанок|Svitanok, Калина|Kalyna, Зелений Гай|Zelenyi Hai",
        com="Друкарня {word}|{word} Printing House; Студія {word}|{word} Studio",
        edu="Університет {word}|{word} University; Ліцей {word}, {city}|{word} Lyceum, {city}",
        gov="Міська рада {word}|{word} City Council; Бібліотека {word}, {city}|{word} Library, {city}",
    ),
    _place(
        "TH", 2, pays_in_dollars=True, street="{n} ถนนดอกบัว",
        given="สมหญิง|Somying, กิตติ|Kitti", family="ทองดี|Thongdee, ศรีสุข|Srisuk",
        cities="เชียงใหม่|Chiang Mai, ขอนแก่น|Khon Kaen", words="แสงทอง|Saengthong, ดอกบัว|Dokbua, ฟ้าใส|Fahsai",
        com="บริษัท {word} การพิมพ์|{word} Printing Co.; {word} สตูดิโอ|{word} Studio",
        edu="โรงเรียน{word}|{word} School; มหาวิทยาลัย{word}|{word} University",
        gov="เทศบาล{word}|{word} Municipality; หอสมุด{word} {city}|{word} Library, {city}",
    ),
    _place(
        "IN", 3, pays_in_dollars=True, street="{n} नीम मार्ग", postal_code="######",
        given="आरती|Aarti, विक्रम|Vikram, मीरा|Meera", family="देशपांडे|Deshpande, नायर|Nair, राठौर|Rathore",
        cities="जयपुर|Jaipur|RJ, इंदौर|Indore|MP, पटना|Patna|BR", words="सूर्योदय|Suryoday, कमल|Kamal, नवज्योति|Navjyoti",
        com="{word} मुद्रणालय|{word} Press; {word} डिज़ाइन|{word} Design",
        edu="{word} विश्वविद्यालय|{word} University; {word} विद्यालय, {city}|{word} School, {city}",
        gov="{word} नगर निगम|{word} Municipal Corporation; {word} पुस्तकालय, {city}|{word} Library, {city}",
    ),
)  # fmt: skip
"""Every country with its share of the portfolio."""
