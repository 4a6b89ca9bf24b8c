package import Foundation

/// The real data sets that some tests run on, kept beside the checkout and absent on most machines.
///
/// A test that needs one is marked `.enabled(if: SharedData.isPresent, …)`, so that it is reported as
/// skipped where the folder is missing.
package enum SharedData {
  /// The folder with the data sets: `$LADDER_SHARED_DATA`, else `../shared/data` from the package.
  package static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["LADDER_SHARED_DATA"] {
      return URL(fileURLWithPath: path)
    }
    return packageRoot.deletingLastPathComponent().appendingPathComponent("shared/data")
  }()

  /// The root folder of this package.
  ///
  /// The benchmarks build this file through a link.
  package static let packageRoot: URL = URL(fileURLWithPath: #filePath)
    .resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Whether the data sets are here.
  package static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// What a skipped test says.
  package static let reason = "needs the data sets in \(folder.path)"

  /// The file at a path within the folder.
  package static func url(_ path: String) -> URL { folder.appendingPathComponent(path) }
}
