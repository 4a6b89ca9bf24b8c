import LoyaltyModel
import Testing

/// Texts with places for values and forms for numbers.
@Suite struct TextsTests {
  private let texts = Texts(
    .english,
    [
      "plain": .plain("Nothing yet."),
      "places": .plain("{who} took {what} from {who}"),
      "offers": .counted(one: "{n} offer", other: "{n} offers"),
      "open": .plain("a { b"),
    ])

  @Test func fillsPlaces() {
    #expect(texts("places", ["who": "Ann", "what": "tea"]) == "Ann took tea from Ann")
    #expect(texts["plain"] == "Nothing yet.")
  }

  @Test func keepsAPlaceWithoutAValueAndAValueThatLooksLikeAPlace() {
    #expect(texts("places", ["who": "{what}", "what": "x"]) == "{what} took x from {what}")
    #expect(texts("places", ["what": "x"]) == "{who} took x from {who}")
    #expect(texts("open", ["b": "x"]) == "a { b")
  }

  @Test(arguments: [(0, "0 offers"), (1, "1 offer"), (2, "2 offers"), (21, "21 offers")])
  func choosesTheFormForANumber(_ count: Int, _ expected: String) {
    #expect(texts("offers", count: count, ["n": String(count)]) == expected)
  }

  @Test func showsTheKeyOfATextThatIsMissing() {
    #expect(texts["no.such"] == "no.such")
  }

  @Test func namesThePlacesOfAllForms() {
    #expect(texts.entry("places")?.places == ["what", "who"])
    #expect(texts.entry("offers")?.places == ["n"])
  }

  @Test(arguments: [
    ("id_ID.UTF-8", Language.indonesian), ("id", .indonesian), ("in_ID", .indonesian),
    ("en_GB", .english), ("EN", .english), ("de_DE.UTF-8", nil), ("C", nil), ("", nil),
  ])
  func readsTheLanguageOfALocale(_ locale: String, _ expected: Language?) {
    #expect(Language(locale: locale) == expected)
  }
}
