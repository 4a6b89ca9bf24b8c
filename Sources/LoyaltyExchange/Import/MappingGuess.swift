/// Guesses from the names of columns what they mean, to propose a mapping that people confirm, or to
/// take it where it is certain.
struct MappingGuess {
  /// What the lines are.
  let layout: ImportLayout
  /// What the names suggest; each field and each column at most once.
  private(set) var mapping = ImportMapping()
  /// The fields that several columns could be, or that only a part of a name tells.
  private(set) var doubtful: Set<ImportField> = []

  /// What the names suggest for a file of a layout.
  init(for header: [String], as layout: ImportLayout) {
    self.layout = layout
    let names = header.map(HeaderName.normalized)
    let mappable = ImportField.mappable(in: layout)
    for (field, words) in Self.exact where mappable.contains(field) {
      take(field, where: words.map { word in { $0 == word } }, names)
    }
    for (field, roots) in Self.roots where mappable.contains(field) && mapping[field] == nil {
      let misleading = Self.misleading[field] ?? Self.misleadingElsewhere
      let fits = roots.map { root in
        { (name: String) in name.contains(root) && !misleading.contains(where: name.contains) }
      }
      take(field, where: fits, names)
      if mapping[field] != nil { doubtful.insert(field) }
    }
    partNames(names)
  }

  /// What the names suggest, as the layout that they look most like.
  ///
  /// Customers have a name, an address or a telephone, and nothing that only a sale has.
  init(for header: [String]) {
    let sales = MappingGuess(for: header, as: .sales)
    let people = MappingGuess(for: header, as: .customers)
    let known: [ImportField] = [.name, .firstName, .lastName, .email, .phone]
    let isOfPeople = known.contains { people.mapping[$0] != nil }
    self = isOfPeople && !sales.tellsOfSales ? people : sales
  }

  /// Whether the guess can be taken without asking: all that is needed is there and, like a consent,
  /// in no doubt.
  var isCertain: Bool {
    layout.missing(in: mapping).isEmpty
      && doubtful.isDisjoint(with: layout.required + [.newsletter, .price, .units])
  }

  /// Whether there is a column that a list of customers does not have.
  private var tellsOfSales: Bool {
    let signs: [ImportField] = [.amount, .units, .price, .receipt, .product, .productName]
    return signs.contains { mapping[$0] != nil }
      || mapping[.date] != nil && !doubtful.contains(.date)
  }

  /// Takes the column whose name fits first, each test in turn.
  private mutating func take(
    _ field: ImportField, where tests: [(String) -> Bool], _ names: [String]
  ) {
    let free = names.indices.filter { mapping.field(ofColumn: $0) == nil }
    guard
      let column = tests.lazy.compactMap({ fits in free.first { fits(names[$0]) } }).first
    else { return }
    mapping[field] = column
    let others = free.filter { $0 != column && names[$0] != "" }
    if others.contains(where: { other in tests.contains { $0(names[other]) } }) {
      doubtful.insert(field)
    }
  }

  /// Beside a first name a column called only "name" holds the last one.
  private mutating func partNames(_ names: [String]) {
    guard mapping[.firstName] != nil, mapping[.lastName] == nil, let column = mapping[.name],
      names[column] == "name"
    else { return }
    mapping[.name] = nil
    mapping[.lastName] = column
  }

  /// Whole names; the first that occurs is taken.
  private static let exact: [(ImportField, [String])] = [
    (
      .customer,
      [
        "customer", "customerid", "customerno", "customernumber", "custno", "custid", "cust",
        "client", "clientid", "clientno", "memberid", "member", "loyaltyid", "cardno",
        "kunde", "kundennr", "kundennummer", "kundenid", "kdnr", "debitor", "debitorennr",
        "cliente", "idcliente", "codigocliente", "numeroclient", "codeclient", "idclient",
        "klant", "klantnr", "klantnummer", "klient", "nrklienta", "pelanggan", "idpelanggan",
        "musteri", "musterino", "клиент", "кодклиента", "顧客", "顧客番号", "会員番号", "客户", "客户编号",
        "고객", "고객번호", "العميل", "nopelanggan", "nomorpelanggan",
        "kodepelanggan", "idmember", "nomember", "nomormember", "noanggota", "nomoranggota",
        "membershipno", "membershipnumber", "mitgliedsnummer", "mitgliedsnr", "kartennummer",
      ]
    ),
    (
      .date,
      [
        "date", "orderdate", "invoicedate", "saledate", "transactiondate", "purchasedate",
        "datetime", "day", "datum", "belegdatum", "rechnungsdatum", "kaufdatum", "bestelldatum",
        "fecha", "data", "dataordine", "dateachat", "datecommande", "tanggal", "tarih", "дата",
        "日付", "購入日", "日期", "날짜", "التاريخ", "createdat",
      ]
    ),
    (
      .amount,
      [
        "amount", "total", "totalamount", "netamount", "linetotal", "nettotal", "netsales", "value",
        "sales", "revenue", "spend", "dollars", "betrag", "summe", "umsatz", "nettobetrag",
        "gesamt",
        "importe", "importo", "monto", "montant", "montantnet", "valor", "bedrag", "kwota",
        "jumlah",
        "totalharga", "tutar", "сумма", "金額", "金额", "금액", "المبلغ",
      ]
    ),
    (
      .units,
      [
        "quantity", "qty", "units", "pieces", "menge", "anzahl", "stueck", "cantidad", "quantita",
        "quantite", "quantidade", "aantal", "ilosc", "kuantitas", "adet", "количество", "数量", "수량",
      ]
    ),
    (.price, ["unitprice", "price", "preis", "stueckpreis", "einzelpreis", "prixunitaire"]),
    (
      .receipt,
      [
        "receipt", "receiptno", "receiptnumber", "invoice", "invoiceno", "order", "orderid",
        "orderno", "ordernumber", "transactionid", "bon", "bonnr", "belegnr", "rechnungsnr",
        "factura", "facture", "ticket", "nota", "faktur", "fattura", "paragon", "чек",
      ]
    ),
    (
      .product,
      [
        "product", "sku", "productid", "item", "itemno", "article", "articleno", "artikel",
        "artikelnr", "artikelnummer", "stockcode", "producto", "prodotto", "produit", "produto",
        "produk", "urun", "товар", "商品", "제품",
      ]
    ),
    (
      .productName,
      ["productname", "itemname", "description", "beschreibung", "artikelbezeichnung"]
    ),
    (.category, ["category", "kategorie", "warengruppe", "categoria", "categorie", "kategori"]),
    (.branch, ["branch", "store", "shop", "location", "filiale", "tienda", "magasin", "cabang"]),
    (.channel, ["channel", "kanal", "vertriebskanal", "saleschannel", "canal"]),
    (
      .name,
      [
        "name", "customername", "fullname", "clientname", "kundenname", "nombre", "nom", "nome",
        "naam", "nama", "имя", "氏名", "姓名", "namalengkap", "namapelanggan",
      ]
    ),
    (.firstName, ["firstname", "givenname", "forename", "vorname", "namadepan", "prenom"]),
    (
      .lastName,
      [
        "lastname", "surname", "familyname", "nachname", "familienname", "namabelakang",
        "namakeluarga", "apellido", "cognome",
      ]
    ),
    (
      .email,
      [
        "email", "emailaddress", "mail", "emailadresse", "correo", "courriel", "surel",
        "alamatemail", "alamatsurel",
      ]
    ),
    (
      .phone,
      [
        "phone", "phonenumber", "telephone", "mobile", "telefon", "handy", "telefono",
        "telefonnummer", "mobil", "telepon", "notelepon", "nomortelepon", "notelp", "telp", "nohp",
        "nomorhp", "handphone",
      ]
    ),
    (.city, ["city", "town", "ort", "wohnort", "stadt", "ciudad", "ville", "citta", "kota"]),
    (.country, ["country", "land", "pais", "pays", "paese", "negara"]),
    (.tags, ["tags", "labels", "schlagworte", "etiketten"]),
    (
      .newsletter,
      [
        "newsletter", "newsletterconsent", "newsletteroptin", "newslettersubscription",
        "emailconsent", "emailoptin", "emailmarketing", "emailmarketingconsent",
        "acceptsemailmarketing", "acceptsmarketing", "marketingconsent", "marketingoptin",
        "emailsubscriptionstatus", "newslettereinwilligung", "newsletterabo", "emaileinwilligung",
        "werbeeinwilligung", "emailwerbung", "persetujuannewsletter", "persetujuanemail",
        "persetujuanpemasaran", "langganannewsletter", "buletin",
      ]
    ),
    (
      .orders,
      [
        "orders", "totalorders", "orderscount", "numberoforders", "anzahlbestellungen",
        "jumlahpesanan",
      ]
    ),
  ]

  /// Parts of names, for what has no whole name; the narrow fields come first.
  private static let roots: [(ImportField, [String])] = [
    (.newsletter, ["newsletter"]),
    (.email, ["email"]),
    (.phone, ["phone", "telefon", "mobil", "telepon"]),
    (.city, ["city", "wohnort", "kota"]),
    (.date, ["date", "datum", "fecha", "tanggal", "дата", "日付", "日期"]),
    (.amount, ["amount", "betrag", "total", "umsatz", "montant", "importe", "importo"]),
    (.receipt, ["receipt", "invoice", "beleg", "rechnung"]),
    (.customer, ["customer", "client", "kunde", "klant", "pelanggan", "member", "cust"]),
  ]

  /// What makes a name mean something else than its part says.
  private static let misleadingElsewhere = [
    "birth", "geburt", "lahir", "update", "discount", "tax", "steuer", "name", "spent", "orders",
    "lifetime", "email", "phone", "since", "group", "gruppe",
  ]
  /// The same where the field's own name is among them.
  private static let misleading: [ImportField: [String]] = [
    .newsletter: ["date", "datum", "tanggal", "source"],
    .email: [
      "name", "accept", "marketing", "consent", "optin", "subscri", "newsletter", "einwilligung",
      "werbung", "persetujuan", "status",
    ],
    .phone: ["name", "type", "consent"],
  ]
}
