import Testing

@testable import TerminalKit

/// Widths from Unicode's East Asian Width, emoji presentation and general category.
private let knownWidths: [(String, Int)] = [
  ("", 0), ("Ann", 3), ("Müller", 6), ("Mu\u{308}ller", 6), ("李小龍", 6), ("한국", 4),
  ("\u{1112}\u{1161}\u{11AB}", 2), ("ﾊﾝ", 2), ("ＡＢ", 4), ("👨‍👩‍👧‍👦", 2), ("❤️", 2), ("❤", 1),
  ("👍🏽", 2), ("🇩🇪", 2), ("1️⃣", 2), ("🏳️‍🌈", 2), ("⌚", 2), ("محمد", 4), ("مُحَمَّد", 4), ("דוד", 3),
  ("שָׁלוֹם", 4), ("กำแพง", 5), ("ที่", 1), ("किताब", 5), ("e\u{301}\u{302}\u{303}", 1), ("…", 1),
  ("█", 1), ("a\u{200B}b", 2), ("\u{301}a", 2), ("\u{A0}", 1), ("Ｚ\u{FE0F}", 2),
]

@Suite struct TextWidthTests {
  @Test(arguments: knownWidths)
  func widthOf(text: String, width: Int) {
    #expect(TextWidth.of(text) == width)
    #expect(TextWidth.clusters(of: text).reduce(0) { $0 + $1.width } == width)
  }

  @Test(arguments: [
    ("\u{1B}[31mred", "�[31mred"), ("\u{1B}]0;title\u{07}x", "�]0;title�x"),
    ("a\u{9B}32m", "a�32m"),
    ("a\nb\r\tc", "a b  c"), ("\u{202E}abc\u{202C}", "�abc�"), ("\u{2066}x\u{2069}", "�x�"),
    ("a\u{200F}b\u{200E}c\u{061C}d", "abcd"), ("x\u{7F}\u{0}", "x��"), ("a\u{2028}b", "a�b"),
    ("soft\u{AD}hyphen\u{FEFF}", "softhyphen"), ("e\u{301}", "é"), ("\u{212B}", "Å"),
    ("\u{E0041}tag", "tag"), ("\u{FFFE}", "�"), ("q\u{307}\u{323}", "q\u{323}\u{307}"),
    ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("thin\u{2009}space", "thin space"),
  ])
  func hostileTextIsShownHarmless(text: String, shown: String) {
    // Compared by scalars: String's own equality does not tell NFC from NFD.
    #expect(Array(TextWidth.displayText(text).unicodeScalars) == Array(shown.unicodeScalars))
  }

  @Test func marksAreCapped() {
    let zalgo = "q" + String(repeating: "\u{301}", count: 500)
    let clusters = TextWidth.clusters(of: zalgo)
    #expect(clusters.count == 1)
    #expect(clusters[0].width == 1)
    #expect(clusters[0].text.unicodeScalars.count <= 1 + Clusters.markLimit)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 4, "abc…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
    ("李小龍", 5, "李小…"), ("李小龍", 4, "李…"), ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 3, "👨‍👩‍👧‍👦…"),
    ("e\u{301}e\u{301}e\u{301}", 2, "é…"), ("a\u{1B}b", 3, "a�b"),
  ])
  func truncationCutsBetweenClusters(text: String, width: Int, expected: String) {
    let cut = TextWidth.truncated(text, to: width)
    #expect(cut == expected)
    #expect(TextWidth.of(cut) <= width)
  }

  /// A joiner stays where it joins: within an emoji and within a cluster of Indic letters.
  @Test(arguments: [
    ("Zero\u{200D}Width", "ZeroWidth"), ("a\u{200D}", "a"), ("a\u{200D}\u{200D}b", "ab"),
    ("👩\u{200D}👧", "👩\u{200D}👧"), ("👩\u{200D}x", "👩x"), ("علی\u{200C}رضا", "علی\u{200C}رضا"),
  ])
  func joinersThatJoinNothingAreLeftOut(text: String, expected: String) {
    var shown = ""
    Clusters.forEach(in: text) { cluster in
      shown += cluster.text
      return true
    }
    #expect(Array(shown.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: [
    (Alignment.leading, "ab   "), (.center, " ab  "), (.trailing, "   ab"),
  ])
  func padding(alignment: Alignment, expected: String) {
    #expect(TextWidth.padded("ab", to: 5, alignment: alignment) == expected)
  }

  @Test(arguments: [
    ("one two three", 7, ["one two", "three"]), ("one  two", 3, ["one", "two"]),
    ("abcdefgh", 3, ["abc", "def", "gh"]), ("a\n\nb", 5, ["a", "", "b"]), ("", 5, [""]),
    ("李小龍先生", 5, ["李小", "龍先", "生"]), ("to 李小龍", 5, ["to 李", "小龍"]), ("  in", 9, ["  in"]),
  ])
  func wrapping(text: String, width: Int, lines: [String]) {
    #expect(TextWrap.lines(text, width: width) == lines)
  }

  @Test func wrappedLinesNeverExceedTheWidth() {
    let text = "Ann bought 李小龍 for 👨‍👩‍👧‍👦 and incomprehensibilities, กำแพง किताब ❤️"
    let letters = text.filter { $0 != " " }
    for width in 2...40 {
      let lines = TextWrap.lines(text, width: width)
      #expect(lines.allSatisfy { TextWidth.of($0) <= width }, "width \(width)")
      #expect(lines.joined().filter { $0 != " " } == letters, "width \(width)")
    }
  }
}
