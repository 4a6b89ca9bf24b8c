import CResources
import Foundation
import LoyaltyWorkspace
import TestSupport
import Testing

@Suite("Embedded resources")
struct ResourcesTests {
  static let folder = SharedData.packageRoot.appendingPathComponent("Resources")

  /// The files of the folder by path, hidden ones left out, as the file system has them now.
  static func filesOnDisk() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      let url = folder.appendingPathComponent(path)
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      guard !isFolder.boolValue, !url.lastPathComponent.hasPrefix(".") else { continue }
      files[path] = Array(try Data(contentsOf: url))
    }
    return files
  }

  @Test("the program carries exactly the files of the folder, byte for byte")
  func embedsTheFolder() throws {
    let files = try Self.filesOnDisk()
    #expect(!files.isEmpty)
    #expect(Resources.paths == files.keys.sorted(by: precedes), "run Scripts/list-resources")
    for (path, bytes) in files {
      #expect(Resources.bytes(path) == bytes, "\(path) differs: build again")
    }
  }

  @Test("every file is UTF-8 without control characters, its lines ended by a line feed")
  func holdsPlainText() throws {
    for path in Resources.paths {
      let bytes = try #require(Resources.bytes(path))
      let text = try #require(String(validating: bytes, as: UTF8.self), "\(path)")
      #expect(text.unicodeScalars.allSatisfy { $0.value >= 32 || $0 == "\n" }, "\(path)")
      #expect(text.isEmpty || text.hasSuffix("\n"), "\(path)")
    }
  }

  @Test("the C table ends each file with a NUL that does not count")
  func endsWithNUL() {
    for index in 0..<ladder_resource_count() {
      let file = ladder_resource_at(index)
      #expect(file.bytes[file.length] == 0)
    }
  }

  @Test(
    "a folder holds what begins with its name and a slash",
    arguments: [("demo", true), ("dem", false), ("none", false)])
  func listsFolders(folder: String, isThere: Bool) {
    let paths = Resources.paths(under: folder)
    #expect(paths.isEmpty != isThere)
    #expect(paths.allSatisfy { $0.hasPrefix(folder + "/") })
  }

  @Test("what is not there is nil", arguments: ["", "demo", "demo/none.txt", "/demo/products.txt"])
  func knowsWhatIsMissing(path: String) {
    #expect(Resources.bytes(path) == nil)
    #expect(Resources.text(path) == nil)
  }

  private func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
