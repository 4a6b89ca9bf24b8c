/// Guesses from the names of columns what they mean, to propose a mapping that people confirm.
enum MappingGuess {
  /// What the names suggest; each field and each column at most once.
  static func mapping(for header: [String]) -> ImportMapping {
    var guess = ImportMapping()
    var taken: Set<Int> = []
    let names = header.map(HeaderName.normalized)
    func take(_ field: ImportField, where fits: (String) -> Bool) {
      guard guess[field] == nil else { return }
      let column = names.indices.first { !taken.contains($0) && fits(names[$0]) }
      guard let column else { return }
      guess[field] = column
      taken.insert(column)
    }
    for (field, words) in exact {
      for word in words { take(field) { $0 == word } }
    }
    for (field, roots) in roots {
      for root in roots {
        take(field) { name in name.contains(root) && !misleading.contains(where: name.contains) }
      }
    }
    return guess
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
        "고객", "고객번호", "العميل",
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
        "naam", "nama", "имя", "氏名", "姓名",
      ]
    ),
    (.email, ["email", "emailaddress", "mail", "emailadresse", "correo", "courriel"]),
    (.phone, ["phone", "phonenumber", "telephone", "mobile", "telefon", "handy", "telefono"]),
    (.city, ["city", "town", "ort", "stadt", "ciudad", "ville", "citta", "kota"]),
    (.country, ["country", "land", "pais", "pays", "paese", "negara"]),
  ]

  /// Parts of names, for what has no whole name; the narrow fields come first.
  private static let roots: [(ImportField, [String])] = [
    (.email, ["email"]),
    (.phone, ["phone", "telefon", "mobil"]),
    (.date, ["date", "datum", "fecha", "tanggal", "дата", "日付", "日期"]),
    (.amount, ["amount", "betrag", "total", "umsatz", "montant", "importe", "importo"]),
    (.receipt, ["receipt", "invoice", "beleg", "rechnung"]),
    (.customer, ["customer", "client", "kunde", "klant", "pelanggan", "member", "cust"]),
  ]

  /// What makes a name mean something else than its part says.
  private static let misleading = [
    "birth", "geburt", "update", "discount", "tax", "steuer", "name",
  ]
}
