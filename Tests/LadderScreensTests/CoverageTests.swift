import Foundation
import LoyaltyModel
import Testing
import TerminalKit

@testable import LadderScreens

/// What tests of screens leave out is found here: screens without frames, and keys that nobody
/// presses.
@Suite struct CoverageTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots")

  /// What the frames begin with that sessions of their own compare.
  private static let ofSessions = ["opening", "import-proposed", "import-came", "import-settle"]

  /// The screens that are on their way to somewhere, by the sessions of the frames.
  @Test func everyScreenHasFrames() throws {
    var seen: Set<ScreenID> = [.welcome]
    for place in SnapshotTests.places {
      let session = try Session(SmallProgramme())
      place.keys.forEach { session.press($0) }
      seen.insert(session.app.model.screen)
    }
    #expect(seen == Set(ScreenID.allCases))
  }

  /// Each place is kept at three sizes in both languages and without colour, and without Unicode;
  /// and no frame is kept that nobody compares.
  @Test func everyFrameIsKept() throws {
    let sizes = SnapshotTests.sizes.map { "\($0.width)x\($0.height)" }
    #expect(sizes == ["40x12", "80x24", "120x40"])
    let names = SnapshotTests.places.map(\.name) + ["welcome"]
    let wanted = names.flatMap { name in
      sizes.flatMap { size in ["", "-id", "-colourless"].map { "\(name)-\(size)\($0).txt" } }
        + ["\(name)-ascii.txt"]
    }
    let kept = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { name in !Self.ofSessions.contains { name.hasPrefix($0) } }
    #expect(Set(wanted).subtracting(kept).sorted() == [])
    #expect(Set(kept).subtracting(wanted).sorted() == [])
  }

  /// The sessions that press every key know a way to each screen.
  @Test func everyScreenHasAWay() {
    #expect(Set(BindingTests.ways.keys).union([.welcome]) == Set(ScreenID.allCases))
  }
}
